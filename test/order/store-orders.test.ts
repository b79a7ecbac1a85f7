/** Orders of real stores against the contract, and against the lines that are made of them. */
import { describe, expect, test } from 'vitest';
import { type OrderSnapshot, orderSnapshot } from '../../lib/opencart/snapshots.ts';
import { draftLines } from '../../lib/order/lines.ts';
import { type Decimal, decimal, roundTo, sum } from '../../lib/order/money.ts';
import { mismatchError, reconcile } from '../../lib/order/reconciliation.ts';
import { stores } from '../support/stores.ts';

/** What Odoo makes of the lines: a fixed tax is an amount per piece in the order's currency. */
function grossOf(order: OrderSnapshot, priceDigits: number | undefined): Decimal {
  const lines = draftLines(order, priceDigits).map(({ unitPrice, quantity, taxes }) => {
    const net = unitPrice.times(quantity);
    const tax = taxes.map(({ type, rate }) =>
      type === 'P' ? net.times(rate).div(100) : decimal(rate).times(quantity),
    );
    return net.plus(sum(tax));
  });
  return roundTo(sum(lines), order.currencyDecimals);
}

const totalOf = (order: OrderSnapshot, wanted: (code: string) => boolean): Decimal =>
  sum(order.totals.filter(({ code }) => wanted(code)).map(({ value }) => decimal(value)));

describe.each(stores)('the orders of OpenCart $version', (store) => {
  test.each(store.orders)('#$orderId keeps the contract, without a word that the contract does not know', (input) => {
    expect(orderSnapshot.parse(input)).toMatchObject(input);
  });

  test.each(store.orders)('#$orderId has lines and rows that add up', (input) => {
    const order = orderSnapshot.parse(input);
    const pieces = sum(order.lines.map(({ quantity }) => decimal(quantity)));
    const vouchers = sum(order.vouchers.map(({ amount }) => decimal(amount)));
    const lines = sum(order.lines.map(({ price, quantity }) => decimal(price).times(quantity))).plus(vouchers);
    // The store reckons with prices of more than the four places that it keeps.
    const drift = lines.minus(totalOf(order, (code) => code === 'sub_total')).abs();
    expect(drift.lte(pieces.times('0.00005'))).toBe(true);
    const difference = totalOf(order, (code) => code !== 'total').minus(totalOf(order, (code) => code === 'total'));
    expect(difference.abs().lte(decimal('0.0001').times(order.totals.length))).toBe(true);
  });

  test.each(store.orders)('#$orderId comes to what the shopper paid', (input) => {
    const order = orderSnapshot.parse(input);
    for (const priceDigits of [2, 4, undefined]) {
      expect(mismatchError(order, reconcile(order, grossOf(order, priceDigits), priceDigits))).toBeUndefined();
    }
  });
});
