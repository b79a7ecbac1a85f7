import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import * as z from 'zod';
import { awsClient } from '../aws.ts';
import { workQueueUrl } from '../environment.ts';
import { ConnectorError } from '../errors/index.ts';
import { connectionName } from '../store/connections.ts';
import type { Run } from '../store/runs.ts';

/** What waits in the queue `bulk`: a page that is due. What is on it never travels; it is fetched by its cursor. */
export const pageMessage = z.object({
  version: z.literal(1),
  connection: connectionName,
  run: z.string().min(1),
  page: z.int().min(0),
});
export type PageMessage = z.output<typeof pageMessage>;

/** @throws ConnectorError MESSAGE_UNREADABLE */
export function readPageMessage(body: string): PageMessage {
  const parsed = pageMessage.safeParse(jsonOrNothing(body));
  if (parsed.success) return parsed.data;
  throw new ConnectorError('MESSAGE_UNREADABLE', 'The message in the queue "bulk" names no page of a run.');
}

const sqs = new SQSClient(awsClient());

/**
 * Sends the page of a run that is due. To send one twice does no harm: only one of the two can be counted.
 * Trying again later is a new message, so that the number of deliveries tells how often one was killed.
 */
export async function sendPage(
  { connection, id, page }: Pick<Run, 'connection' | 'id' | 'page'>,
  afterSeconds = 0,
): Promise<void> {
  const message: PageMessage = { version: 1, connection, run: id, page };
  await sqs.send(
    new SendMessageCommand({
      QueueUrl: workQueueUrl('bulk'),
      MessageBody: JSON.stringify(message),
      MessageGroupId: connection,
      DelaySeconds: afterSeconds,
    }),
  );
}

function jsonOrNothing(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
