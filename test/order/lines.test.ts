import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type OrderSnapshot, orderSnapshot, type TaxRate } from '../../lib/opencart/snapshots.ts';
import { draftLines } from '../../lib/order/lines.ts';
import { asText, type Decimal, decimal, sum } from '../../lib/order/money.ts';
import { mismatchError, orderTarget, reconcile } from '../../lib/order/reconciliation.ts';
import { anOrder, vat20 } from '../support/snapshots.ts';

const eco: TaxRate = { taxRateId: '87', name: 'Eco', type: 'F', rate: '2.0000' };
const reduced: TaxRate = { taxRateId: '88', name: 'Reduced', type: 'P', rate: '5.5000' };
const parse = (order: unknown): OrderSnapshot => orderSnapshot.parse(order);

/** What the lines come to, unrounded, if each tax is added as its kind says. */
function grossOf(order: OrderSnapshot): Decimal {
  return sum(
    draftLines(order, undefined).map((line) => {
      const net = line.unitPrice.times(line.quantity);
      const taxes = line.taxes.map((tax) =>
        tax.type === 'P' ? net.times(tax.rate).div(100) : decimal(tax.rate).times(line.quantity),
      );
      return net.plus(sum(taxes));
    }),
  );
}

describe('the lines of an order', () => {
  test('stand for every row of the totals that is not made of others', () => {
    const order = parse(
      anOrder({
        totals: [
          { code: 'sub_total', title: 'Sub-Total', value: '80.0000' },
          { code: 'shipping', title: 'Flat', value: '5.0000', taxes: [vat20] },
          { code: 'handling', title: 'Handling', value: '3.0000', taxes: [vat20] },
          { code: 'coupon', title: 'Coupon', value: '-8.0000' },
          { code: 'voucher', title: 'Voucher', value: '-10.0000' },
          { code: 'tax', title: 'VAT', value: '16.0000' },
          { code: 'total', title: 'Total', value: '86.0000' },
        ],
      }),
    );
    const lines = draftLines(order, undefined).map(({ product, unitPrice, taxes }) => [
      product.kind === 'service' ? product.service : 'product',
      asText(unitPrice),
      taxes.length,
    ]);
    expect(lines).toEqual([
      ['product', '40', 1],
      ['shipping', '5', 1],
      ['surcharge', '3', 1],
      ['discount', '-8', 1],
      ['discount', '-10', 0],
    ]);
    expect(asText(grossOf(order))).toBe('86');
  });

  test('split a coupon over the tax rates of the products, never over fixed taxes', () => {
    const line = { productId: '1', name: 'A', model: 'a', quantity: 1 };
    const order = parse(
      anOrder({
        lines: [
          { ...line, orderProductId: '1', price: '60.0000', taxes: [vat20, eco] },
          { ...line, orderProductId: '2', price: '30.0000', taxes: [reduced] },
          { ...line, orderProductId: '3', price: '10.0000', taxes: [] },
        ],
        totals: [
          { code: 'coupon', title: 'Coupon', value: '-10.0000' },
          { code: 'total', title: 'Total', value: '0' },
        ],
      }),
    );
    const discounts = draftLines(order, undefined).filter((one) => one.source === 'coupon');
    expect(discounts.map(({ unitPrice, taxes }) => [asText(unitPrice), taxes.map((tax) => tax.name)])).toEqual([
      ['-6', ['VAT (20%)']],
      ['-3', ['Reduced']],
      ['-1', []],
    ]);
  });

  test('round unit prices half up to the digits of this Odoo', () => {
    const order = parse(anOrder({ lines: [{ ...anOrder().lines[0], price: '10.0050' } as never] }));
    expect(draftLines(order, 2).map((line) => asText(line.unitPrice))[0]).toBe('10.01');
    expect(draftLines(order, undefined).map((line) => asText(line.unitPrice))[0]).toBe('10.005');
  });

  test('keep the keys of unchanged lines when the order is edited', () => {
    const order = parse(anOrder());
    const keys = draftLines(order, 2).map((line) => line.key);
    expect(new Set(keys).size).toBe(keys.length);
    expect(draftLines(parse(anOrder({ comment: 'edited' })), 2).map((line) => line.key)).toEqual(keys);
  });
});

const cents = (max: number) =>
  fc.integer({ min: 0, max: max * 10_000 }).map((value) => asText(decimal(value).div(10_000)));
const rates = [vat20, reduced, { ...vat20, taxRateId: '89', name: 'Odd', rate: '7.2500' }];

/** An order with its totals as OpenCart computes them: unrounded tax per line and rate, a coupon in proportion. */
const anyOrder = fc
  .record({
    lines: fc.array(
      fc.record({ price: cents(2_000), quantity: fc.integer({ min: 1, max: 999 }), taxes: fc.subarray(rates) }),
      { minLength: 1, maxLength: 20 },
    ),
    coupon: fc.integer({ min: 0, max: 90 }),
    shipping: cents(50),
    shippingTaxes: fc.subarray(rates),
    currencyValue: fc.constantFrom('1.00000000', '1.08450000', '0.78460002', '163.25000000'),
    currencyDecimals: fc.constantFrom(0, 2, 3),
  })
  .map(({ lines, coupon, shipping, shippingTaxes, ...currency }) => {
    const net = lines.map((line) => decimal(line.price).times(line.quantity));
    const left = decimal(100 - coupon).div(100);
    const taxOf = (base: Decimal, taxes: readonly TaxRate[]) => sum(taxes.map((tax) => base.times(tax.rate).div(100)));
    const tax = sum(lines.map((line, index) => taxOf((net[index] as Decimal).times(left), line.taxes))).plus(
      taxOf(decimal(shipping), shippingTaxes),
    );
    const subTotal = sum(net);
    const reduction = subTotal.times(coupon).div(100);
    const row = (code: string, value: Decimal, taxes: TaxRate[] = []) => ({
      code,
      title: code,
      value: asText(value.round(4)),
      taxes,
    });
    return parse(
      anOrder({
        ...currency,
        lines: lines.map((line, index) => ({
          ...line,
          orderProductId: `${index}`,
          productId: `${index}`,
          name: 'x',
          model: 'x',
        })),
        totals: [
          row('sub_total', subTotal),
          row('shipping', decimal(shipping), shippingTaxes),
          row('coupon', reduction.times(-1)),
          row('tax', tax),
          row('total', subTotal.minus(reduction).plus(shipping).plus(tax)),
        ],
      }),
    );
  });

describe('any order with percentage taxes, coupon and shipping', () => {
  test('comes to the store’s total before anything is rounded', () => {
    fc.assert(
      fc.property(anyOrder, (order) => {
        const difference = grossOf(order).minus(orderTarget(order)).abs();
        // The store rounds the total for display, and kept its rows with four places.
        const half = decimal(10).pow(-order.currencyDecimals).div(2);
        const places = decimal('0.001').times(order.currencyValue);
        expect(difference.lte(half.plus(places))).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  test('is accepted when Odoo is off by roundings, and refused when it is off by more', () => {
    fc.assert(
      fc.property(anyOrder, fc.constantFrom(2, 4, undefined), (order, digits) => {
        const target = orderTarget(order);
        expect(mismatchError(order, reconcile(order, target, digits))).toBeUndefined();
        const { limit } = reconcile(order, target, digits);
        const beyond = target.plus(limit).plus(1);
        expect(mismatchError(order, reconcile(order, beyond, digits))?.code).toBe('TOTAL_MISMATCH');
      }),
    );
  });
});
