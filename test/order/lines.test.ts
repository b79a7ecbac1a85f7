import { describe, expect, test } from 'vitest';
import { type Checkout, orderTotals, type SoldLine } from '../../infra/local/store/totals.ts';
import { type OrderSnapshot, type OrderTotal, orderSnapshot, type TaxRate } from '../../lib/opencart/snapshots.ts';
import { type DraftLine, draftLines } from '../../lib/order/lines.ts';
import { asText } from '../../lib/order/money.ts';
import { grossOf } from '../../lib/order/reconciliation.ts';
import { anOrder, type OrderInput, vat20 } from '../support/snapshots.ts';

const eco: TaxRate = { taxRateId: '87', name: 'Eco', type: 'F', rate: '2.0000' };
const reduced: TaxRate = { taxRateId: '88', name: 'Reduced', type: 'P', rate: '5.5000' };

/** An order of what was in the cart, with the rows that OpenCart writes. */
function orderOf(checkout: Checkout, over: Partial<OrderInput> = {}): OrderSnapshot {
  const lines = checkout.lines.map(({ productId = 'x', price, quantity, taxes }, index) => ({
    ...{ orderProductId: String(index + 1), productId, name: `Thing ${index + 1}`, price, quantity, taxes: [...taxes] },
  }));
  return orderSnapshot.parse(anOrder({ lines, totals: orderTotals(checkout), products: {}, ...over }));
}

const sold = (productId: string, price: string, taxes: readonly TaxRate[], quantity = 1): SoldLine => ({
  ...{ productId, price, taxes, quantity },
});
const flat = (cost: string, taxes: readonly TaxRate[]) => ({ title: 'Flat', cost, taxes });
/** Lines as `kind price taxes`. */
const written = (lines: readonly DraftLine[]) =>
  lines.map(({ product, unitPrice, taxes }) =>
    [
      product.kind === 'service' ? product.service : 'product',
      asText(unitPrice),
      ...taxes.map(({ name }) => name),
    ].join(' '),
  );
const services = (order: OrderSnapshot) =>
  written(draftLines(order, undefined)).filter((line) => !line.startsWith('product'));
const total = (order: OrderSnapshot) => asText(grossOf(draftLines(order, undefined)));

describe('the lines of an order', () => {
  test('stand for every row of the totals that is not made of others', () => {
    const order = orderOf({
      lines: [sold('1', '40.0000', [vat20], 2)],
      shipping: flat('5.0000', [vat20]),
      coupon: { code: 'TENTH', type: 'P', discount: '10.0000' },
      handling: { title: 'Handling', cost: '3.0000', taxes: [vat20] },
      lowOrderFee: { title: 'Low order fee', cost: '1.0000', taxes: [] },
      credit: '20.0000',
      voucher: '10.0000',
    });
    expect(written(draftLines(order, undefined))).toEqual([
      'product 40 VAT (20%)',
      'shipping 5 VAT (20%)',
      'discount -8 VAT (20%)',
      'surcharge 3 VAT (20%)',
      'surcharge 1',
      'discount -20',
      'discount -10',
    ]);
    expect(total(order)).toBe('67');
  });

  test('round unit prices half up to the digits of this Odoo', () => {
    const order = orderOf({ lines: [sold('1', '10.0050', [])] });
    expect(draftLines(order, 2).map((line) => asText(line.unitPrice))).toEqual(['10.01']);
    expect(draftLines(order, undefined).map((line) => asText(line.unitPrice))).toEqual(['10.005']);
  });

  test('have gift vouchers that were bought, without tax', () => {
    const order = orderOf(
      { lines: [sold('1', '40.0000', [vat20])], soldVouchers: ['25.0000'] },
      { vouchers: [{ orderVoucherId: '9', name: '25.00 Gift Certificate for Sam', amount: '25.0000' }] },
    );
    expect(services(order)).toEqual(['voucher 25']);
    expect(total(order)).toBe('73');
  });

  test('make up for a total below zero, which 3.x sets to zero', () => {
    const order = orderOf({ lines: [{ ...sold('1', '10.0000', []), points: 10 }], reward: 15 });
    expect(services(order)).toEqual(['discount -15', 'surcharge 5']);
  });

  test('leave a tax out that comes to less than nothing, as the store does', () => {
    const rebate: TaxRate = { taxRateId: '90', name: 'Rebate', type: 'P', rate: '-3.0000' };
    const order = orderOf({ lines: [sold('1', '100.0000', [vat20, rebate])] });
    expect(written(draftLines(order, undefined))).toEqual(['product 100 VAT (20%)']);
  });

  test('charge no tax on a fee that the store adds after the taxes', () => {
    const order = orderOf({
      lines: [sold('1', '100.0000', [vat20])],
      handling: { title: 'Handling', cost: '3.0000', taxes: [vat20] },
      sorted: ['sub_total', 'tax', 'handling', 'total'],
    });
    expect(services(order)).toEqual(['surcharge 3']);
  });

  test('keep the taxes of shipping if a rate was renamed since', () => {
    const renamed = (row: OrderTotal) => (row.code === 'tax' ? { ...row, title: 'VAT' } : row);
    const order = orderOf({ lines: [sold('1', '100.0000', [vat20])], shipping: flat('5.0000', [vat20]) });
    expect(services({ ...order, totals: order.totals.map(renamed) })).toEqual(['shipping 5 VAT (20%)']);
  });
});

describe('a reduction', () => {
  const lines = [sold('1', '60.0000', [vat20, eco]), sold('2', '30.0000', [reduced]), sold('3', '10.0000', [])];
  const tenth = { code: 'TENTH', type: 'P', discount: '10.0000' } as const;

  test('of everything is split in proportion, never over fixed taxes', () => {
    const order = orderOf({ lines, coupon: tenth });
    expect(services(order)).toEqual(['discount -6 VAT (20%)', 'discount -3 Reduced', 'discount -1']);
  });

  test('of one product is on that product', () => {
    const order = orderOf({ lines, coupon: { ...tenth, productIds: ['2'] } });
    expect(services(order)).toEqual(['discount -3 Reduced']);
  });

  test('of a product without tax lowers no tax', () => {
    const order = orderOf({ lines, coupon: { ...tenth, productIds: ['3'] } });
    expect(services(order)).toEqual(['discount -1']);
  });

  test('that makes shipping free takes off its tax', () => {
    const coupon = { ...tenth, productIds: ['3'], freeShipping: true };
    const order = orderOf({ lines, shipping: flat('5.0000', [vat20]), coupon });
    expect(services(order)).toEqual(['shipping 5 VAT (20%)', 'discount -5 VAT (20%)', 'discount -1']);
  });

  test('keeps its own lines beside another', () => {
    const pointed = lines.map((line) => ({ ...line, points: line.productId === '1' ? 100 : 0 }));
    const order = orderOf({ lines: pointed, reward: 50, coupon: { ...tenth, productIds: ['2'] } });
    const rows = draftLines(order, undefined).map(({ row, unitPrice }) => [row, asText(unitPrice)]);
    const sums = [1, 2].map((row) =>
      rows.filter(([own]) => own === row).reduce((sum, [, price]) => sum + Number(price), 0),
    );
    expect(order.totals.slice(1, 3).map(({ value }) => Number(value))).toEqual(sums);
    expect(total(order)).toBe(asText(grossOf(draftLines(order, undefined)).plus(0)));
    expect(Number(total(order))).toBe(Number(order.totals.at(-1)?.value));
  });

  test('after the taxes lowers none', () => {
    const order = orderOf({ lines, coupon: tenth, sorted: ['sub_total', 'tax', 'coupon', 'total'] });
    expect(services(order)).toEqual(['discount -10']);
  });

  test('that OpenCart clipped to what was left lowers the taxes by all of it', () => {
    const order = orderOf({
      lines: [{ ...sold('1', '100.0000', [vat20]), points: 10 }, sold('2', '50.0000', [reduced])],
      reward: 6,
      coupon: { code: 'MOST', type: 'P', discount: '80.0000' },
      sorted: ['sub_total', 'reward', 'coupon', 'tax', 'total'],
    });
    expect(Number(total(order))).toBe(Number(order.totals.at(-1)?.value));
  });

  test('that no split explains stays in proportion, for the totals to differ', () => {
    const order = orderOf({ lines: lines.slice(0, 2), coupon: tenth });
    const wrong = order.totals.map((row) => (row.title === 'Reduced' ? { ...row, value: '0.9000' } : row));
    expect(services({ ...order, totals: wrong })).toEqual(['discount -6 VAT (20%)', 'discount -3 Reduced']);
  });
});

describe('a fixed tax', () => {
  const lines = [sold('1', '10.0000', [vat20, eco], 3)];

  test('is a tax where Odoo counts it as the store did', () => {
    const order = orderOf({ lines, shipping: flat('5.0000', [eco]) });
    expect(written(draftLines(order, undefined))).toEqual(['product 10 VAT (20%) Eco', 'shipping 5 Eco']);
    expect(total(order)).toBe('49');
  });

  test('is a line where the store counted it once per line, as 4.1.0.4 does', () => {
    const order = orderOf({ lines, release: '4.1.0.4' });
    expect(written(draftLines(order, undefined))).toEqual(['product 10 VAT (20%)', 'tax 2']);
  });

  test('is a line in a currency that it would have to be converted to', () => {
    const order = orderOf({ lines }, { currencyCode: 'USD', currencyValue: '1.08450000' });
    expect(written(draftLines(order, undefined))).toEqual(['product 10.845 VAT (20%)', 'tax 6.507']);
  });

  test('of shipping that costs nothing is charged all the same', () => {
    const order = orderOf({ lines, shipping: flat('0.0000', [eco]) });
    expect(services(order)).toEqual(['shipping 0 Eco']);
  });

  test('that shares its name with a percentage is told from it', () => {
    const namesake = { ...eco, name: vat20.name };
    const order = orderOf({ lines: [sold('1', '10.0000', [vat20, namesake], 3)], release: '4.1.0.4' });
    expect(written(draftLines(order, undefined))).toEqual(['product 10 VAT (20%)', 'tax 2']);
  });
});
