import { GetQueueAttributesCommand, type QueueAttributeName, SQSClient } from '@aws-sdk/client-sqs';
import { deadLetterUrls, queueUrls } from '../environment.ts';

const sqs = new SQSClient({});

/** What waits in the queue of an entity. SQS counts approximately, and for all connections together. */
export interface Depth {
  entity: string;
  waiting: number;
  /** Handed out to a consumer; those it puts off until later are among them. */
  inFlight: number;
  delayed: number;
  /** Given up, and not parked yet. */
  deadLetters: number;
}

export async function queueDepths(): Promise<Depth[]> {
  const dead = deadLetterUrls();
  return Promise.all(
    Object.entries(queueUrls()).map(async ([entity, url]): Promise<Depth> => {
      const [own, given] = await Promise.all([countsOf(url), countsOf(dead[entity])]);
      return { entity, ...own, deadLetters: given.waiting + given.inFlight + given.delayed };
    }),
  );
}

const names = {
  waiting: 'ApproximateNumberOfMessages',
  inFlight: 'ApproximateNumberOfMessagesNotVisible',
  delayed: 'ApproximateNumberOfMessagesDelayed',
} as const satisfies Record<string, QueueAttributeName>;

async function countsOf(QueueUrl: string | undefined): Promise<Record<keyof typeof names, number>> {
  const AttributeNames = Object.values(names);
  const { Attributes = {} } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames }));
  const count = (name: keyof typeof names) => Number(Attributes[names[name]] ?? 0);
  return { waiting: count('waiting'), inFlight: count('inFlight'), delayed: count('delayed') };
}
