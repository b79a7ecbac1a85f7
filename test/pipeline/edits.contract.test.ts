/** Orders that are edited in the store after Odoo has confirmed them. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { chosen } from '../support/choices.ts';
import { email, linesOf, openRig, orderInOdoo, orderOf, partners, rig } from '../support/pipeline.ts';
import { aShirt, orderFor, size } from '../support/shirts.ts';
import { aCustomer, anAddress, anEvent, type OrderInput } from '../support/snapshots.ts';

const statusMapping = { '2': 'CONFIRM', '3': 'DELIVERED', '5': 'PAID', '7': 'CANCEL' } as const;

beforeAll(openRig);
afterAll(() => rig?.stop());
beforeEach(() => rig.configure({ statusMapping }));

/** What is parked is tried again meanwhile, and told again each time. */
const errors = async (orderId: string) => {
  const { logs } = await rig.logs({ entity: 'order', record: orderId, level: 'error' });
  return [...new Set(logs.map(({ code }) => code))];
};
const lastError = async (orderId: string) =>
  (await rig.logs({ entity: 'order', record: orderId, level: 'error' })).logs[0]?.message;
const idOf = (value: unknown) => (value as [number, string])[0];

/** An order of kettles at 40.00 with 20 % tax. */
function kettles(orderId: string, quantity: number, over: Partial<OrderInput> = {}): OrderInput {
  const order = orderOf(orderId, { orderId, statusId: '2' });
  return {
    ...order,
    lines: order.lines.map((line) => ({ ...line, quantity })),
    totals: [
      { code: 'sub_total', title: 'Sub-Total', value: `${40 * quantity}.0000` },
      { code: 'tax', title: 'VAT (20%)', value: `${8 * quantity}.0000` },
      { code: 'total', title: 'Total', value: `${48 * quantity}.0000` },
    ],
    ...over,
  };
}
const sync = (order: OrderInput) => rig.sync([anEvent('order', order.orderId, order)]);

describe('a confirmed order', () => {
  test('that is to be paid in another currency is parked: Odoo’s cannot be', async () => {
    await sync(kettles('e1', 2));
    await sync(kettles('e1', 2, { currencyCode: 'USD', currencyValue: '1.50000000' }));
    expect(await errors('e1')).toEqual(['ORDER_LOCKED']);
    expect(await lastError('e1')).toContain('the currency USD instead of EUR');
    expect(await orderInOdoo('e1')).toMatchObject({ amount_total: 96 });
  });

  test('that turns out to be somebody else’s is parked, and a quotation becomes theirs', async () => {
    const right = { customer: aCustomer({ email: email('e2right') }) };
    await sync(kettles('e2', 2, { statusId: '1' }));
    await sync(kettles('e2', 2, { statusId: '1', ...right }));
    const [customer] = await partners(email('e2right'));
    expect(idOf((await orderInOdoo('e2')).partner_id)).toBe(customer?.id);
    await sync(kettles('e2', 2, right));
    await sync(kettles('e2', 2, { customer: aCustomer({ email: email('e2other') }) }));
    // Whoever they are: the log names nobody.
    expect(await lastError('e2')).toContain('another customer than contact');
    expect(await lastError('e2')).not.toContain('example.com');
  });

  test('that was given a discount in Odoo costs what the shopper paid once the store edits it', async () => {
    await sync(kettles('e13', 2));
    const [line] = await linesOf((await orderInOdoo('e13')).id);
    await rig.odoo.call('sale.order.line', 'write', [[line?.id as number], { discount: 25 }]);
    await sync(kettles('e13', 3));
    expect(await errors('e13')).toEqual([]);
    expect(await orderInOdoo('e13')).toMatchObject({ amount_total: 144 });
  });

  test('that shall go to another address is sent there, and its transfers too', async () => {
    const elsewhere = (address1: string) => ({ shippingAddress: anAddress({ address1 }) });
    await sync(kettles('e3', 2));
    await sync(kettles('e3', 2, elsewhere('99 Other Rd')));
    const order = await orderInOdoo('e3');
    const transfers = () => rig.odoo.searchRead('stock.picking', [['sale_id', '=', order.id]], ['partner_id']);
    expect(await transfers()).toMatchObject([{ partner_id: order.partner_shipping_id }]);
    const [address] = await rig.odoo.read('res.partner', [idOf(order.partner_shipping_id)], ['street']);
    expect(address).toMatchObject({ street: '99 Other Rd' });
    // What has left goes nowhere else any more.
    await sync(kettles('e3', 2, { ...elsewhere('99 Other Rd'), statusId: '3' }));
    await sync(kettles('e3', 2, { ...elsewhere('1 Late Rd'), statusId: '3' }));
    expect(await transfers()).toMatchObject([{ partner_id: order.partner_shipping_id }]);
    expect(await errors('e3')).toEqual([]);
  });

  test('that becomes free of tax is changed, and once it is invoiced it is parked', async () => {
    const untaxed = (orderId: string, statusId: string) => {
      const order = kettles(orderId, 2, { statusId });
      const lines = order.lines.map((line) => ({ ...line, taxes: [] }));
      const totals = order.totals.filter(({ code }) => code !== 'tax');
      return { ...order, lines, totals: totals.map((row) => ({ ...row, value: '80.0000' })) };
    };
    await sync(kettles('e15', 2));
    await sync(untaxed('e15', '2'));
    expect(await errors('e15')).toEqual([]);
    expect(await orderInOdoo('e15')).toMatchObject({ amount_total: 80, amount_tax: 0 });

    await sync(kettles('e16', 2, { statusId: '5' }));
    await sync(untaxed('e16', '3'));
    expect(await errors('e16')).toEqual(['ORDER_LOCKED']);
    expect(await lastError('e16')).toContain('other taxes on 2 ×');
    expect(await orderInOdoo('e16')).toMatchObject({ amount_total: 96 });
  });

  test('whose product is no longer in the store, or now has options, keeps its line', async () => {
    const shirt = aShirt('e4', [size()]);
    const sold = (over: Partial<OrderInput>) =>
      orderFor('e4', 'e4', shirt, [chosen(size(), 'L')], '42.5000', { statusId: '2', ...over });
    await sync(sold({}));
    const [before] = await linesOf((await orderInOdoo('e4')).id);
    await sync(sold({ products: {}, comment: 'Ring twice' }));
    expect(await linesOf((await orderInOdoo('e4')).id)).toMatchObject([
      { id: before?.id, product_id: before?.product_id },
    ]);

    const plain = kettles('e5', 2);
    await sync(plain);
    const [first] = await linesOf((await orderInOdoo('e5')).id);
    const products = { pe5: aShirt('e5', [size()]) };
    await sync({ ...kettles('e5', 3), products });
    await sync({ ...kettles('e5', 3), products, comment: 'Ring twice' });
    const left = (await linesOf((await orderInOdoo('e5')).id)).filter((line) => line.product_uom_qty !== 0);
    expect(left).toMatchObject([{ id: first?.id, product_id: first?.product_id, product_uom_qty: 3 }]);
    expect([...(await errors('e4')), ...(await errors('e5'))]).toEqual([]);
  });

  test('whose lines are Odoo’s business keeps them, and is parked if they come to something else', async () => {
    await rig.configure({ statusMapping, fieldsOfOdoo: { order: ['order_line'] } });
    for (const statusId of ['1', '2']) {
      await sync(kettles('e6', 2, { statusId }));
      await sync(kettles('e6', 2, { statusId, comment: `Status ${statusId}` }));
      expect(await linesOf((await orderInOdoo('e6')).id)).toMatchObject([{ product_uom_qty: 2 }]);
    }
    expect(await errors('e6')).toEqual([]);
    await sync(kettles('e6', 3));
    expect(await errors('e6')).toEqual(['TOTAL_MISMATCH']);
    expect(await linesOf((await orderInOdoo('e6')).id)).toMatchObject([{ product_uom_qty: 2 }]);
  });
});

describe('an order that was parked for its total', () => {
  test('is written when the store changes it into one of Odoo’s total, but of something else', async () => {
    const wrong = kettles('e14', 2, { totals: [{ code: 'total', title: 'Total', value: '1.0000' }] });
    await sync(wrong);
    expect(await errors('e14')).toEqual(['TOTAL_MISMATCH']);
    await sync(kettles('e14', 2, { comment: 'Ring twice' }));
    const { id, state } = await orderInOdoo('e14');
    expect(state).toBe('sale');
    const [{ note } = { note: '' }] = await rig.odoo.read('sale.order', [id], ['note']);
    expect(note).toContain('Ring twice');
  });
});

describe('an invoiced order with a rounding line', () => {
  const rounded = (over: Partial<OrderInput>) =>
    kettles('e7', 2, {
      statusId: '5',
      paymentMethod: { code: 'e7', name: `Cowries ${rig.tag}` },
      totals: [
        { code: 'sub_total', title: 'Sub-Total', value: '80.0000' },
        { code: 'tax', title: 'VAT (20%)', value: '16.0100' },
        { code: 'total', title: 'Total', value: '96.0100' },
      ],
      ...over,
    });

  test('can still be given another address', async () => {
    await sync(rounded({}));
    await sync(rounded({ shippingAddress: anAddress({ address1: '99 Other Rd' }) }));
    expect(await errors('e7')).toEqual([]);
    const order = await orderInOdoo('e7');
    expect(order).toMatchObject({ amount_total: 96.01 });
    expect(order.partner_shipping_id).not.toEqual(order.partner_invoice_id);
  });
});

describe('an order that is locked', () => {
  test('takes what is no matter of money, such as a comment or an address, and stays as it is otherwise', async () => {
    const elsewhere = { comment: 'Leave it at the door', shippingAddress: anAddress({ address1: '7 Other Road' }) };
    await sync(kettles('e11', 2));
    await rig.odoo.call('sale.order', 'action_lock', [[(await orderInOdoo('e11')).id]]);
    await sync(kettles('e11', 2, elsewhere));
    expect(await errors('e11')).toEqual([]);
    const { id, amount_total, partner_shipping_id, partner_invoice_id } = await orderInOdoo('e11');
    expect(amount_total).toBe(96);
    expect(partner_shipping_id).not.toEqual(partner_invoice_id);
    const [{ note } = { note: '' }] = await rig.odoo.read('sale.order', [id], ['note']);
    expect(note).toContain('Leave it at the door');
    await sync(kettles('e11', 3, elsewhere));
    expect(await errors('e11')).toEqual(['ORDER_LOCKED']);
    expect(await lastError('e11')).toContain('is locked in Odoo. The store now has: 3 ×');
  });
});

describe('an order that is cancelled', () => {
  test('although its last edit was refused, is cancelled', async () => {
    await sync(kettles('e8', 2));
    await rig.odoo.call('sale.order', 'action_lock', [[(await orderInOdoo('e8')).id]]);
    await sync(kettles('e8', 3));
    expect(await errors('e8')).toEqual(['ORDER_LOCKED']);
    await sync(kettles('e8', 3, { statusId: '7' }));
    expect(await orderInOdoo('e8')).toMatchObject({ state: 'cancel', amount_total: 96 });
    expect(await errors('e8')).toEqual(['ORDER_LOCKED']);
  });

  test('although its total was wrong, is cancelled', async () => {
    const wrong = (statusId: string) =>
      kettles('e9', 2, { statusId, totals: [{ code: 'total', title: 'Total', value: '1.0000' }] });
    await sync(wrong('2'));
    expect(await errors('e9')).toEqual(['TOTAL_MISMATCH']);
    await sync(wrong('7'));
    expect(await orderInOdoo('e9')).toMatchObject({ state: 'cancel' });
  });

  test('and edited at the same time has what was edited when the store takes it back', async () => {
    const elsewhere = { shippingAddress: anAddress({ address1: '9 Taken Back Rd' }) };
    await sync(kettles('e12', 2));
    await sync(kettles('e12', 2, { ...elsewhere, statusId: '7' }));
    await sync(kettles('e12', 2, elsewhere));
    expect(await errors('e12')).toEqual([]);
    const order = await orderInOdoo('e12');
    expect(order).toMatchObject({ state: 'sale', amount_total: 96 });
    const [address] = await rig.odoo.read('res.partner', [idOf(order.partner_shipping_id)], ['street']);
    expect(address).toMatchObject({ street: '9 Taken Back Rd' });
  });

  test('and taken back with other lines of the same total is parked: Odoo lets nobody change its lines', async () => {
    const dearer = (statusId: string) => {
      const order = kettles('e13', 2, { statusId });
      return {
        ...order,
        lines: order.lines.map((line) => ({ ...line, quantity: 1, price: '80.0000' })),
      };
    };
    await sync(kettles('e13', 2));
    await sync(dearer('7'));
    await sync(dearer('2'));
    expect(await errors('e13')).toEqual(['ORDER_LOCKED']);
    expect(await orderInOdoo('e13')).toMatchObject({ state: 'cancel' });
  });

  test('and edited at the same time after its delivery, is cancelled and its goods come back', async () => {
    await sync(kettles('e10', 2, { statusId: '3' }));
    await sync(kettles('e10', 1, { statusId: '7' }));
    const { id } = await orderInOdoo('e10');
    const transfers = await rig.odoo.searchRead('stock.picking', [['sale_id', '=', id]], ['state']);
    expect(transfers).toMatchObject([{ state: 'done' }, { state: 'done' }]);
    expect(await errors('e10')).toEqual([]);
  });
});
