import { GetQueueAttributesCommand, type QueueAttributeName, SQSClient } from '@aws-sdk/client-sqs';
import { awsClient } from '../aws.ts';
import { watchedQueues } from '../environment.ts';

const sqs = new SQSClient(awsClient());

/** What waits in a queue. SQS counts approximately, and for all connections together. */
export interface Depth {
  /** An entity, or `bulk`: pages of runs. */
  name: string;
  waiting: number;
  /** Handed out to a consumer; those it puts off until later are among them. */
  inFlight: number;
  delayed: number;
  /** Given up, and not parked yet. */
  deadLetters: number;
}

export async function queueDepths(): Promise<Depth[]> {
  return Promise.all(
    Object.entries(watchedQueues()).map(async ([name, { url, deadLetters }]): Promise<Depth> => {
      const [own, given] = await Promise.all([countsOf(url), countsOf(deadLetters)]);
      return { name, ...own, deadLetters: given.waiting + given.inFlight + given.delayed };
    }),
  );
}

const names = {
  waiting: 'ApproximateNumberOfMessages',
  inFlight: 'ApproximateNumberOfMessagesNotVisible',
  delayed: 'ApproximateNumberOfMessagesDelayed',
} as const satisfies Record<string, QueueAttributeName>;

async function countsOf(QueueUrl: string): Promise<Record<keyof typeof names, number>> {
  const AttributeNames = Object.values(names);
  const { Attributes = {} } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames }));
  const count = (name: keyof typeof names) => Number(Attributes[names[name]] ?? 0);
  return { waiting: count('waiting'), inFlight: count('inFlight'), delayed: count('delayed') };
}
