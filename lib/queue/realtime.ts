/**
 * What the settings leave to a run instead of syncing it as it comes. Orders have two switches: `order` for
 * those that Odoo does not have yet, `order-status` for what becomes of those that it has. What somebody asked
 * for is synced, whatever is switched off.
 */
import { ConnectorError } from '../errors/index.ts';
import type { ConnectionSettings } from '../store/connections.ts';
import { type Mapping, readMappings, recordName } from '../store/mappings.ts';
import { settingsOf } from './odoo.ts';
import type { Delivery } from './receive.ts';

type Realtime = ConnectionSettings['realtime'];

const ORDER = 'order';
const STATUS = 'order-status';
const isOn = (realtime: Realtime, entity: string): boolean => realtime[entity] !== false;

/** @returns what is switched off; nothing where there are no settings yet */
export async function realtimeOf(connection: string): Promise<Realtime> {
  try {
    return (await settingsOf(connection)).realtime;
  } catch (error) {
    if (error instanceof ConnectorError && error.code === 'CONNECTION_UNCONFIGURED') return {};
    throw error;
  }
}

/** Whether events of an entity are taken at all. */
export function takesEvents(realtime: Realtime, entity: string): boolean {
  // The switch of statuses is about orders; that a status has another name costs Odoo nothing.
  if (entity === STATUS) return true;
  return isOn(realtime, entity) || (entity === ORDER && isOn(realtime, STATUS));
}

/**
 * The deliveries that are to be synced now. Of orders that Odoo does not have those are left out that wait for a
 * run, and orders that it has keep the state they have there.
 */
export async function dueNow(connection: string, entity: string, deliveries: readonly Delivery[]): Promise<Delivery[]> {
  const realtime = entity === ORDER ? await realtimeOf(connection) : {};
  const [orders, statuses] = [isOn(realtime, ORDER), isOn(realtime, STATUS)];
  if (orders && statuses) return [...deliveries];
  const keys = deliveries.map(({ message }) => ({ entity, recordId: message.event.recordId }));
  const mappings = await readMappings(connection, keys);
  return deliveries.flatMap((delivery) => {
    const mapping = mappings.get(recordName({ entity, recordId: delivery.message.event.recordId }));
    // What failed was accepted when it came; it is synced whole when its turn comes.
    if (delivery.message.event.asked === true || mapping?.failure !== undefined) return [delivery];
    if (mapping?.odooId === undefined) return orders ? [delivery] : [];
    return statuses ? [delivery] : [withoutStatus(delivery, mapping)];
  });
}

/** OpenCart counts statuses from 1; one that is not mapped asks Odoo for no state. */
const NO_STATUS = '0';

function withoutStatus(delivery: Delivery, { hash: done }: Mapping): Delivery {
  // One that was never brought to its state is still new.
  if (done === undefined) return delivery;
  const { event } = delivery.message;
  // Without the store's hash: a sweep must find out that the record is not as the store has it.
  const { hash: _, ...held } = { ...event, data: { ...event.data, statusId: NO_STATUS } };
  return { ...delivery, message: { ...delivery.message, event: held } };
}
