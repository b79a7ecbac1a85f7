/** Creates what the topology names in the DynamoDB and SQS that the stack uses, whichever they are. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  type QueueAttributeName,
  SetQueueAttributesCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import {
  deadLetterName,
  type QueueSpec,
  queuedNames,
  queueName,
  tables,
  workDeadLetterName,
  workQueues,
} from '../../topology.ts';
import { ensureTable } from '../aws/tables.ts';
import type { ClientOptions } from './clients.ts';
import type { Resources } from './environment.ts';

export interface CreatedResources extends Resources {
  queueArns: Readonly<Record<string, string>>;
}

/** Dead letters keep their age when they move, so this is as long as SQS allows. */
const deadLetterRetentionDays = 14;

export async function createResources(
  options: ClientOptions & { dynamoDbEndpoint: string; sqs: SQSClient; queue: QueueSpec; namePrefix: string },
): Promise<CreatedResources> {
  const { namePrefix } = options;
  const { sqs } = options;
  const [tableNames, queues, work] = await Promise.all([
    createTables(options),
    Promise.all(
      queuedNames.map(async (entity) => {
        const names = [queueName(entity), deadLetterName(entity)] as const;
        return { of: entity, ...(await createPair(sqs, names, options.queue, namePrefix)) };
      }),
    ),
    Promise.all(
      Object.entries(workQueues).map(async ([work, spec]) => ({
        ...{ of: work, ...(await createPair(sqs, [work, workDeadLetterName(work)], spec, namePrefix)) },
      })),
    ),
  ]);
  const pairs = [...queues, ...work];
  const all = pairs.flatMap(({ queue, deadLetters }) => [queue, deadLetters]);
  return {
    tableNames,
    queueUrls: Object.fromEntries(all.map(({ name, url }) => [name, url])),
    queueArns: Object.fromEntries(all.map(({ name, arn }) => [name, arn])),
    entityQueueUrls: Object.fromEntries(queues.map(({ of, queue }) => [of, queue.url])),
    watchedQueues: Object.fromEntries(
      pairs.map(({ of, queue, deadLetters }) => [of, { url: queue.url, deadLetters: deadLetters.url }]),
    ),
    workQueueUrls: Object.fromEntries(work.map(({ of, queue }) => [of, queue.url])),
  };
}

async function createTables(
  options: ClientOptions & { dynamoDbEndpoint: string; namePrefix: string },
): Promise<Record<string, string>> {
  const { dynamoDbEndpoint: endpoint, region, credentials, namePrefix } = options;
  const client = new DynamoDBClient({ endpoint, region, credentials });
  try {
    const created = Object.entries(tables).map(async ([name, spec]): Promise<[string, string]> => {
      const physical = `${namePrefix}-${name}`;
      await ensureTable(client, physical, spec);
      return [name, physical];
    });
    return Object.fromEntries(await Promise.all(created));
  } finally {
    client.destroy();
  }
}

interface CreatedQueue {
  name: string;
  url: string;
  arn: string;
}

async function createPair(
  sqs: SQSClient,
  [name, deadName]: readonly [name: string, deadName: string],
  spec: QueueSpec,
  prefix: string,
) {
  const VisibilityTimeout = String(spec.visibilitySeconds);
  const deadLetters = await ensureQueue(sqs, deadName, prefix, {
    VisibilityTimeout,
    MessageRetentionPeriod: String(deadLetterRetentionDays * 86_400),
  });
  const queue = await ensureQueue(sqs, name, prefix, {
    VisibilityTimeout,
    MessageRetentionPeriod: String(spec.retentionDays * 86_400),
    RedrivePolicy: JSON.stringify({ deadLetterTargetArn: deadLetters.arn, maxReceiveCount: spec.maxReceiveCount }),
  });
  return { name, queue, deadLetters };
}

/** Attributes are set apart from the creation, which refuses a queue that exists with others. */
async function ensureQueue(
  sqs: SQSClient,
  name: string,
  prefix: string,
  attributes: Partial<Record<QueueAttributeName, string>>,
): Promise<CreatedQueue> {
  const { QueueUrl: url = '' } = await sqs.send(new CreateQueueCommand({ QueueName: `${prefix}-${name}` }));
  await sqs.send(new SetQueueAttributesCommand({ QueueUrl: url, Attributes: attributes }));
  const described = await sqs.send(new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ['QueueArn'] }));
  return { name, url, arn: described.Attributes?.QueueArn ?? '' };
}
