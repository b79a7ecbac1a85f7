/** Orders that cost the shopper nothing, or less: paid by store credit, given away, with points for more than they cost. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { OdooRecord } from '../../lib/odoo/client.ts';
import { syncTogether } from '../support/direct.ts';
import { linesOf, openRig, orderInOdoo, orderOf, rig } from '../support/pipeline.ts';
import { anEvent, anOrder, type OrderInput } from '../support/snapshots.ts';

const statusMapping = { c: 'CONFIRM', p: 'PAID', z: 'DONE', x: 'CANCEL' } as const;
type Status = keyof typeof statusMapping;

beforeAll(async () => {
  await openRig();
  await rig.configure({ statusMapping });
});
afterAll(() => rig?.stop());

type Rows = OrderInput['totals'];

/** Two kettles with shipping and tax: 102.00, all of it or more taken off again. */
const takenOff = (...rows: Rows) => ({
  totals: [...anOrder().totals.slice(0, -1), ...rows],
});
const paidByCredit = takenOff(
  { code: 'credit', title: 'Store Credit', value: '-102.0000' },
  { code: 'total', title: 'Total', value: '0.0000' },
);
/** Up to 4.1, points that were chosen before things were taken from the cart take off more than there is. */
const overPaid = takenOff(
  { code: 'reward', title: 'Reward Points (900)', value: '-110.0000' },
  { code: 'total', title: 'Total', value: '-8.0000' },
);
const givenAway = {
  lines: anOrder().lines.map((line) => ({ ...line, price: '0.0000' })),
  totals: [
    { code: 'sub_total', title: 'Sub-Total', value: '0.0000' },
    { code: 'shipping', title: 'Free Shipping', value: '0.0000' },
    { code: 'total', title: 'Total', value: '0.0000' },
  ],
};

/** @returns the calls it took */
async function send(orderId: string, statusId: Status, over: Partial<OrderInput>): Promise<string[]> {
  const order = orderOf(`free${orderId}`);
  const lines = order.lines.map((line) => ({ ...line, ...over.lines?.[0], productId: line.productId }));
  const calls = await rig.sync([anEvent('order', orderId, { ...order, ...over, lines, orderId, statusId })]);
  expect((await rig.logs({ entity: 'order', record: orderId, level: 'error' })).logs).toEqual([]);
  return calls;
}

/** The order with its invoices and credit notes and its transfers. */
async function held(orderId: string) {
  const { id } = await orderInOdoo(orderId);
  const fields = ['state', 'locked', 'amount_total', 'invoice_status', 'invoice_ids', 'picking_ids'];
  const [order] = (await rig.odoo.read('sale.order', [id], fields)) as [OdooRecord];
  const moves = ['state', 'move_type', 'payment_state', 'amount_total', 'amount_residual'];
  return {
    ...order,
    invoices: await rig.odoo.read('account.move', order.invoice_ids as number[], moves),
    pickings: await rig.odoo.read('stock.picking', order.picking_ids as number[], ['state']),
  };
}

describe.each([
  ['that store credit pays in full', '1', paidByCredit],
  ['of which everything is given away', '2', givenAway],
])('an order %s', (_, id, over) => {
  const settled = { move_type: 'out_invoice', state: 'posted', payment_state: 'paid', amount_total: 0 };

  test('is invoiced at nothing, without a payment, and delivered and locked', async () => {
    await send(id, 'z', over);
    expect(await held(id)).toMatchObject({
      ...{ state: 'sale', locked: true, amount_total: 0, invoice_status: 'invoiced' },
      ...{ invoices: [settled], pickings: [{ state: 'done' }] },
    });
    expect(await send(id, 'z', over)).toEqual([]);
  });

  test('is paid once it is invoiced, and ends cancelled with nothing owed', async () => {
    const paid = `${id}0`;
    await send(paid, 'p', over);
    expect(await held(paid)).toMatchObject({ state: 'sale', locked: false, invoices: [settled] });
    await send(paid, 'x', over);
    const { invoices, ...order } = await held(paid);
    expect(order).toMatchObject({ state: 'cancel' });
    expect(invoices.filter(({ state, amount_residual }) => state === 'posted' && amount_residual !== 0)).toEqual([]);
  });
});

test('an order at nothing that was edited before its mapping stood has its lines once', async () => {
  const base = orderOf('twice', { ...givenAway, orderId: '40', statusId: 'c' });
  const [{ productId } = { productId: '' }] = orderOf('twice').lines;
  const order = { ...base, lines: givenAway.lines.map((line) => ({ ...line, productId })) };
  await syncTogether([anEvent('order', '40', order)], (call) => {
    if (call === 'sale.order.load') throw new Error('The function was killed.');
  });
  expect(await orderInOdoo('40')).toMatchObject({ state: 'draft' });
  // OpenCart numbers the lines anew at every edit.
  const lines = order.lines.map((line) => ({ ...line, orderProductId: `9${line.orderProductId}` }));
  await rig.sync([anEvent('order', '40', { ...order, lines })]);
  const { id, ...found } = await orderInOdoo('40');
  expect(found).toMatchObject({ state: 'sale', amount_total: 0 });
  expect((await linesOf(id)).map((line) => line.product_uom_qty)).toEqual([2]);
});

describe('an order that takes off more than it costs', () => {
  test('becomes a credit note that is left open: nobody has paid the shopper', async () => {
    await send('3', 'z', overPaid);
    expect(await held('3')).toMatchObject({
      ...{ state: 'sale', locked: true, amount_total: -8, invoice_status: 'invoiced' },
      invoices: [{ move_type: 'out_refund', state: 'posted', payment_state: 'not_paid', amount_total: 8 }],
      pickings: [{ state: 'done' }],
    });
  });

  test('ends cancelled with nothing owed', async () => {
    await send('30', 'p', overPaid);
    await send('30', 'x', overPaid);
    const { invoices, ...order } = await held('30');
    expect(order).toMatchObject({ state: 'cancel' });
    expect(invoices).toMatchObject([{ state: 'cancel' }]);
  });
});
