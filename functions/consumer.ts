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
    for (const [connection, batch] of groupBy(event.deliveries, ({ message }) => message.connection)) {
      event.retries.push(...(await deliver(registry, declaration, connection, batch, observer)));
    }
    return { batchItemFailures: [] };
  });
