import { groupBy } from '../../collections.ts';
import { idOf } from '../../odoo/ids.ts';
import type { OrderSnapshot } from '../../opencart/snapshots.ts';
import type { Step } from '../../sync/declare.ts';
import { openTransfers } from './deliver.ts';

/** A confirmed order that was given another address: what is not on its way yet goes there. Odoo only warns. */
export const redirect: Step<OrderSnapshot> = {
  name: 'redirect',
  due: ({ odoo, written, omitted }) => odoo.state === 'sale' && written && !omitted.includes('partner_shipping_id'),
  async run(orders, { odoo }) {
    const addresses = new Map(orders.map((order) => [order.odooId, idOf(order.odoo.partner_shipping_id)]));
    const wrong = (await openTransfers(odoo, orders))
      .map(({ id, sale_id, partner_id }) => ({
        id,
        held: idOf(partner_id),
        to: addresses.get(idOf(sale_id) as number),
      }))
      .filter(({ held, to }) => held !== undefined && to !== undefined && held !== to);
    for (const [to, some] of groupBy(wrong, (transfer) => transfer.to as number)) {
      await odoo.call('stock.picking', 'write', [some.map(({ id }) => id), { partner_id: to }]);
    }
  },
};
