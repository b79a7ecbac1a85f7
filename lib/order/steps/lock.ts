import type { OrderSnapshot } from '../../opencart/snapshots.ts';
import type { Step } from '../../sync/declare.ts';
import { wants } from './wanted.ts';

/** DONE: nobody changes the order any more. */
export const lock: Step<OrderSnapshot> = {
  name: 'lock',
  due: ({ odoo, snapshot }, context) =>
    odoo.state === 'sale' && odoo.locked !== true && wants('DONE', snapshot, context),
  async run(orders, { odoo }) {
    await odoo.call('sale.order', 'action_lock', [orders.map((order) => order.odooId)]);
    for (const order of orders) order.odoo.locked = true;
  },
};
