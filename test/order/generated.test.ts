/** The lines of any order that OpenCart can make. Orders are drawn by one seed, so that a run repeats. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type OrderSnapshot, orderSnapshot, type TaxRate } from '../../lib/opencart/snapshots.ts';
import { type DraftLine, draftLines } from '../../lib/order/lines.ts';
import { asText, type Decimal, decimal, odooDecimals, roundPrice, roundTo, sum, zero } from '../../lib/order/money.ts';
import { grossOf, mismatchError, reconcile } from '../../lib/order/reconciliation.ts';
import { openCartOrder } from '../support/opencart-orders.ts';

const anyOrder = openCartOrder.map((order): OrderSnapshot => orderSnapshot.parse(order));
const anyDigits = fc.constantFrom(2, 4, undefined);
const SEED = { seed: 20_261_120, numRuns: 1_000 };

const netOf = ({ unitPrice, quantity }: DraftLine): Decimal => unitPrice.times(quantity);
const taxOf = (net: Decimal, quantity: number, { type, rate }: TaxRate): Decimal =>
  type === 'P' ? net.times(rate).div(100) : decimal(rate).times(quantity);

/** Once for the whole order: the base, and each tax. */
function roundedGlobally(lines: readonly DraftLine[], places: number): Decimal {
  const taxes = new Map<string, Decimal>();
  for (const line of lines) {
    for (const tax of line.taxes) {
      const amount = taxOf(netOf(line), line.quantity, tax);
      taxes.set(tax.taxRateId, amount.plus(taxes.get(tax.taxRateId) ?? 0));
    }
  }
  return sum([sum(lines.map(netOf)), ...taxes.values()].map((each) => roundTo(each, places)));
}

function roundedPerLine(lines: readonly DraftLine[], places: number): Decimal {
  return sum(
    lines.flatMap((line) => {
      const net = roundTo(netOf(line), places);
      return [net, ...line.taxes.map((tax) => roundTo(taxOf(net, line.quantity, tax), places))];
    }),
  );
}

test('come to the store’s total, but for the digits that its tables cut off', () => {
  const check = fc.property(anyOrder, (order) => {
    const total = order.totals.at(-1)?.value ?? '';
    const pieces = order.lines.reduce((count, { quantity }) => count + quantity, 0);
    const tables = decimal('0.0002').times(order.totals.length);
    // Only 4.1 has prices of more places.
    const prices = isExact(order) ? zero : decimal('0.00009').times(pieces);
    const difference = grossOf(draftLines(order, undefined)).minus(decimal(total).times(order.currencyValue)).abs();
    expect(Number(difference)).toBeLessThanOrEqual(Number(tables.plus(prices).times(order.currencyValue)));
  });
  fc.assert(check, SEED);
});

/** Whether `sub_total` is what the lines' prices come to. */
function isExact({ totals, lines, vouchers }: OrderSnapshot): boolean {
  const goods = lines.map(({ price, quantity }) => decimal(price).times(quantity));
  const value = totals.find(({ code }) => code === 'sub_total')?.value ?? '';
  return sum([...goods, ...vouchers.map(({ amount }) => decimal(amount))]).eq(value);
}

test('are accepted by either way in which Odoo rounds, whatever digits its prices have', () => {
  const check = fc.property(
    anyOrder,
    anyDigits,
    fc.constantFrom(roundedGlobally, roundedPerLine),
    (order, digits, rounded) => {
      const total = rounded(draftLines(order, digits), odooDecimals(order.currencyCode));
      expect(mismatchError(order, reconcile(order, total, digits))?.message).toBeUndefined();
    },
  );
  fc.assert(check, SEED);
});

test('come to the row that they are part of', () => {
  const check = fc.property(anyOrder, anyDigits, (order, digits) => {
    const lines = draftLines(order, digits);
    order.totals.forEach(({ code, value }, index) => {
      if (code === 'tax' || code === 'total' || code === 'sub_total') return;
      const own = lines.filter(({ row }) => row === index);
      expect(asText(sum(own.map(netOf)))).toBe(asText(roundPrice(decimal(value).times(order.currencyValue), digits)));
    });
  });
  fc.assert(check, SEED);
});

test('carry no fixed tax if they are negative, nor in another currency', () => {
  const check = fc.property(anyOrder, (order) => {
    for (const { unitPrice, taxes } of draftLines(order, undefined)) {
      if (unitPrice.lt(zero) || order.currencyValue !== '1.00000000') {
        expect(taxes.filter(({ type }) => type === 'F')).toEqual([]);
      }
    }
  });
  fc.assert(check, SEED);
});

test('have keys of their own, the same each time', () => {
  const check = fc.property(anyOrder, anyDigits, (order, digits) => {
    const keys = draftLines(order, digits).map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
    expect(draftLines({ ...order, comment: 'edited' }, digits).map(({ key }) => key)).toEqual(keys);
  });
  fc.assert(check, SEED);
});
