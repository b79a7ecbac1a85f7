import { describe, expect, test } from 'vitest';
import { type OrderSnapshot, orderSnapshot } from '../../lib/opencart/snapshots.ts';
import { asText, decimal } from '../../lib/order/money.ts';
import { mismatchError, orderTarget, reconcile } from '../../lib/order/reconciliation.ts';
import { anOrder, type OrderInput, vat20 } from '../support/snapshots.ts';

const line = { orderProductId: '1', productId: '28', name: 'Kettle', quantity: 1, price: '40.0000', taxes: [] };

const orderWith = (over: Partial<OrderInput>): OrderSnapshot =>
  orderSnapshot.parse(
    anOrder({
      lines: [line],
      totals: [
        { code: 'sub_total', title: 'Sub-Total', value: '40.0000' },
        { code: 'total', title: 'Total', value: '40.0000' },
      ],
      ...over,
    }),
  );

const limitOf = (order: OrderSnapshot, digits?: number) => reconcile(order, orderTarget(order), digits).limit;

describe('what rounding explains', () => {
  test('is a cent for one line without tax: half by the store, half by Odoo', () => {
    expect(limitOf(orderWith({}))).toBe('0.01');
  });

  test('is half a cent more for each line and each tax', () => {
    expect(limitOf(orderWith({ lines: [{ ...line, taxes: [vat20] }] }))).toBe('0.01');
    expect(limitOf(orderWith({ lines: [1, 2, 3].map((id) => ({ ...line, orderProductId: String(id) })) }))).toBe(
      '0.02',
    );
  });

  test('is counted in units of the currency', () => {
    expect(limitOf(orderWith({ currencyCode: 'JPY', currencyDecimals: 0 }))).toBe('1');
    expect(limitOf(orderWith({ currencyCode: 'KWD', currencyDecimals: 3 }))).toBe('0.001');
  });

  test('is half a euro where the store shows no cents, though Odoo has them', () => {
    expect(limitOf(orderWith({ currencyDecimals: 0 }))).toBe('0.5');
  });

  test('has what is lost by the digits of the prices, and no more', () => {
    const goods = (price: string) => orderWith({ lines: [{ ...line, quantity: 999, price }] });
    expect(limitOf(goods('0.0800'), 2)).toBe('0.01');
    // 999 x 0.0033
    expect(limitOf(goods('0.0833'), 2)).toBe('3.3');
  });

  test('has the four places of the tables where they are worth something', () => {
    const order = orderWith({ currencyCode: 'IDR', currencyValue: '17000.00000000', currencyDecimals: 0 });
    // Two rows of 3 x 0.00005 x 17000, and half a rupiah.
    expect(limitOf(order)).toBe('5.6');
  });
});

describe('a difference', () => {
  test('of no more than that is accepted, a cent more is refused', () => {
    const order = orderWith({});
    const off = (by: string) => mismatchError(order, reconcile(order, orderTarget(order).plus(decimal(by)), undefined));
    expect(off('0.01')).toBeUndefined();
    expect(off('0.02')?.code).toBe('TOTAL_MISMATCH');
    expect(off('-0.02')?.code).toBe('TOTAL_MISMATCH');
  });

  test('is said with every row, the lines made of it and what Odoo makes of them', () => {
    const order = orderSnapshot.parse(anOrder());
    const found = reconcile(order, decimal('202'), undefined);
    expect(found.rows.map(({ code, store, odoo, lines }) => [code, store, odoo, ...lines])).toEqual([
      ['sub_total', '80', '80', 'line_1'],
      ['shipping', '5', '5', 'total_shipping_1'],
      ['tax', '17', '17'],
      ['total', '102', '202'],
    ]);
    expect([found.difference, asText(orderTarget(order))]).toEqual(['-100', '102']);
  });
});
