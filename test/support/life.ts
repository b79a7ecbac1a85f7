/** Orders on their way through the states of Odoo, and what is held of them there. */
import { expect } from 'vitest';
import type { OdooRecord } from '../../lib/odoo/client.ts';
import { type Rig, startRig } from './rig.ts';
import { aCustomer, anEvent, anOrder, aProduct } from './snapshots.ts';

/** Store statuses, one per state in Odoo. */
const statusMapping = { c: 'CONFIRM', p: 'PAID', d: 'DELIVERED', z: 'DONE', x: 'CANCEL' } as const;
export type Status = keyof typeof statusMapping;

/** The rig of the suite. */
export let rig: Rig;

export async function openLifeRig(): Promise<void> {
  rig = await startRig({ windowSeconds: 1 });
  await rig.configure({ statusMapping });
}

const paymentMethod = { code: 'cod.cod', name: 'Cash On Delivery' };

export function order(orderId: string, statusId: Status) {
  const base = anOrder({
    orderId,
    statusId,
    paymentMethod,
    customer: aCustomer({ email: `life.${rig.tag}@example.com` }),
  });
  return anEvent('order', orderId, { ...base, products: { '28': aProduct({ model: `life-${rig.tag}` }) } });
}

export async function held(orderId: string) {
  const origin = `OpenCart ${rig.connection} #${orderId}`;
  const fields = ['state', 'locked', 'invoice_ids', 'picking_ids', 'date_order', 'amount_total'];
  const found = await rig.odoo.searchRead('sale.order', [['origin', '=', origin]], fields);
  expect(found).toHaveLength(1);
  const one = found[0] as OdooRecord;
  const invoices = await rig.odoo.read('account.move', one.invoice_ids as number[], [
    'state',
    'payment_state',
    'amount_total',
    'move_type',
  ]);
  const pickings = await rig.odoo.read('stock.picking', one.picking_ids as number[], ['state']);
  return { ...one, invoices, pickings };
}

export const noErrors = async (orderId: string) =>
  expect((await rig.logs({ entity: 'order', record: orderId, level: 'error' })).logs).toEqual([]);

export const paid = [
  {
    state: 'posted',
    payment_state: expect.stringMatching(/^(paid|in_payment)$/),
    amount_total: 102,
    move_type: 'out_invoice',
  },
];
