import { groupBy } from '../lib/collections.ts';
import { findEntity, registry } from '../lib/entities/index.ts';
import { consumedEntity } from '../lib/environment.ts';
import { deliver } from '../lib/queue/deliver.ts';
import { type Delivered, deliveries, queueStack } from './stack/queue.ts';
import { observer } from './stack/telemetry.ts';

const entity = consumedEntity();
const declaration = findEntity(entity);
if (declaration === undefined) throw new Error(`No entity "${entity}" is declared.`);

/** Syncs one entity's events to Odoo. */
export const handler = queueStack<Delivered>()
  .use(deliveries(entity))
  .handler(async (event) => {
    // Side by side: a connection whose Odoo is slow must not keep the others waiting.
    const batches = [...groupBy(event.deliveries, ({ message }) => message.connection)];
    const retries = await Promise.all(
      batches.map(([connection, batch]) => deliver(registry, declaration, connection, batch, observer)),
    );
    event.retries = retries.flat();
    return { batchItemFailures: [] };
  });
