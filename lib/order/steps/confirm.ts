import type { Value } from '../../odoo/client.ts';
import { loadRecords } from '../../odoo/load.ts';
import type { OrderSnapshot } from '../../opencart/snapshots.ts';
import type { Step } from '../../sync/declare.ts';
import { isQuotation, isReopened, wants } from './wanted.ts';

/** An order that the store has taken back from its cancellation. */
export const reopen: Step<OrderSnapshot> = {
  name: 'reopen',
  due: isReopened,
  async run(orders, { odoo }) {
    await odoo.call('sale.order', 'action_draft', [orders.map((order) => order.odooId)]);
    for (const order of orders) order.odoo.state = 'draft';
  },
};

export const confirm: Step<OrderSnapshot> = {
  name: 'confirm',
  due: ({ odoo, snapshot }, context) => isQuotation(odoo) && wants('CONFIRM', snapshot, context),
  async run(orders, { odoo }) {
    await odoo.call('sale.order', 'action_confirm', [orders.map((order) => order.odooId)]);
    for (const order of orders) {
      order.odoo.state = 'sale';
      order.odoo.date_order = 'now';
    }
  },
};

/** Confirming sets the order's date to now; the shopper ordered earlier. */
export const restoreDate: Step<OrderSnapshot> = {
  name: 'restore-date',
  due: ({ odoo, snapshot }) => odoo.state === 'sale' && odoo.date_order !== odooTime(snapshot.placedAt),
  async run(orders, { odoo }) {
    const rows = orders.map((order): Value[][] => [[order.odooId, odooTime(order.snapshot.placedAt)]]);
    const outcomes = await loadRecords(odoo, 'sale.order', ['.id', 'date_order'], rows);
    for (const outcome of outcomes) if ('error' in outcome) throw outcome.error;
  },
};

/** ISO 8601 in UTC as Odoo writes it. */
export const odooTime = (iso: string): string => iso.slice(0, 19).replace('T', ' ');
