import type { Client } from './client.ts';
import type { Known } from './known.ts';
import { limitAddresses, limitContacts } from './limit.ts';
import { finish, type Target } from './naive-orders.ts';
import * as make from './records.ts';
import { orderVals } from './vals.ts';

/** New customers with their address, and their orders, each group in one call. */
export async function limitOrders(
  client: Client,
  batch: readonly make.BenchRecord<make.Order>[],
  known: Known,
  target: Target,
): Promise<void> {
  const partners = await limitContacts(
    client,
    batch.map(({ recordId, data }) => ({ key: recordId, customer: data.customer })),
  );
  const addresses = await limitAddresses(
    client,
    batch.map(({ recordId, data }, index) => {
      if (data.shippingAddress === undefined) throw new Error('An order of the bench is shipped.');
      return { key: `${recordId}_a`, address: data.shippingAddress, partner: partners[index] as number };
    }),
    known,
  );
  const orders = await client.createAll(
    'sale.order',
    batch.map(({ data }, index) => {
      const buyer = { partner: partners[index] as number, address: addresses[index] as number };
      return orderVals(data, buyer, known);
    }),
  );
  await client.call('sale.order', 'action_confirm', [orders]);
  await client.call('sale.order', 'write', [orders, { date_order: make.PLACED_AT }]);
  if (target === 'DONE') await finish(client, orders, known);
}
