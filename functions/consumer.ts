import type { SQSRecord } from 'aws-lambda';
import { groupBy } from '../lib/collections.ts';
import { findEntity, registry } from '../lib/entities/index.ts';
import { consumedEntity } from '../lib/environment.ts';
import { asConnectorError } from '../lib/errors/index.ts';
import { parkUnreadable } from '../lib/queue/dead.ts';
import { deliver, type Retry } from '../lib/queue/deliver.ts';
import { type Delivery, postpone, readMessage } from '../lib/queue/receive.ts';
import { queueStack, rawMessage } from './stack/queue.ts';
import { observer } from './stack/telemetry.ts';

const entity = consumedEntity();
const declaration = findEntity(entity);
if (declaration === undefined) throw new Error(`No entity "${entity}" is declared.`);

/** Syncs one entity's events to Odoo. */
export const handler = queueStack().handler(async ({ Records }) => {
  const deliveries = (await Promise.all(Records.map(readDelivery))).filter((one) => one !== undefined);
  const retries: Retry[] = [];
  for (const [connection, batch] of groupBy(deliveries, ({ message }) => message.connection)) {
    retries.push(...(await deliver(registry, declaration, connection, batch, observer)));
  }
  await postpone(
    entity,
    retries.map(({ delivery, seconds }) => ({ receiptHandle: delivery.receiptHandle, seconds })),
  );
  return { batchItemFailures: retries.map(({ delivery }) => ({ itemIdentifier: delivery.messageId })) };
});

async function readDelivery(record: SQSRecord): Promise<Delivery | undefined> {
  const raw = rawMessage(record);
  try {
    const { messageId, receiptHandle, attributes } = record;
    const receiveCount = Number(attributes.ApproximateReceiveCount);
    return { messageId, receiptHandle, receiveCount, group: raw.group, ...(await readMessage(record.body)) };
  } catch (thrown) {
    const error = asConnectorError(thrown);
    if (error.code !== 'MESSAGE_UNREADABLE') throw thrown;
    await parkUnreadable({ ...raw, entity }, error, observer);
    return undefined;
  }
}
