/** The orders' part of the comparison: found once, with the total the shopper paid, and all else as sold. */
import Big from 'big.js';
import { groupBy } from '../../lib/collections.ts';
import type { Odoo, OdooRecord } from '../../lib/odoo/client.ts';
import { find, idOf, type Tally } from './compare-tally.ts';
import type { Expectation, ExpectedOrder } from './store/expectation.ts';

export interface OrderComparison {
  /** Orders that are there once and right in everything. */
  ordersEqual: number;
  /** Sum of all differences between what was paid and what Odoo says, in hundredths. */
  centsOff: number;
}

interface Known {
  /** Product code by Odoo id. */
  codes: ReadonlyMap<number, string>;
  /** E-mail address by Odoo id. */
  customers: ReadonlyMap<number, string>;
}

const FIELDS = ['origin', 'client_order_ref', 'amount_total', 'state', 'currency_id', 'date_order', 'partner_id'];

export async function compareOrders(
  odoo: Odoo,
  expectation: Expectation,
  tally: Tally,
  known: Known,
): Promise<OrderComparison> {
  const origins = expectation.orders.map(({ origin }) => origin);
  const orders = await find(odoo, 'sale.order', 'origin', origins, FIELDS);
  const ids = orders.map(({ id }) => id);
  const lines = await find(odoo, 'sale.order.line', 'order_id', ids, ['order_id', 'product_id', 'product_uom_qty']);
  const byOrigin = groupBy(orders, (order) => String(order.origin));
  const byOrder = groupBy(lines, (line) => idOf(line.order_id));
  const result = { ordersEqual: 0, centsOff: 0 };
  for (const expected of expectation.orders) {
    const found = byOrigin.get(expected.origin) ?? [];
    const order = tally.one(`order ${expected.orderId}`, found);
    if (order === undefined) continue;
    const off = new Big(String(order.amount_total)).minus(expected.total).times(100).abs().round().toNumber();
    result.centsOff += off;
    if (off !== 0) {
      const { orderId, total, currency } = expected;
      tally.problems.push(`order ${orderId}: amount_total is ${order.amount_total}, paid were ${total} ${currency}`);
    }
    const same = sameOrder(order, expected, tally, known);
    const items = sameItems(byOrder.get(order.id) ?? [], expected, tally, known);
    if (off !== 0 || !same || !items) tally.wrong += 1;
    if (found.length === 1 && off === 0 && same && items) result.ordersEqual += 1;
  }
  return result;
}

function sameOrder(order: OdooRecord, expected: ExpectedOrder, tally: Tally, { customers }: Known): boolean {
  const { orderId, state, currency, placedAt, email } = expected;
  const currencyName = Array.isArray(order.currency_id) ? order.currency_id[1] : '';
  const checks = [
    tally.same(`order ${orderId}: reference`, order.client_order_ref, orderId),
    tally.same(`order ${orderId}: state`, order.state, state),
    tally.same(`order ${orderId}: currency`, currencyName, currency),
    tally.same(`order ${orderId}: date`, order.date_order, placedAt.slice(0, 19).replace('T', ' ')),
    tally.same(`order ${orderId}: customer`, customers.get(Number(idOf(order.partner_id))) ?? 'somebody else', email),
  ];
  return !checks.includes(false);
}

/** Shipping, discounts and rounding are services of the connector's own: here the goods count. */
function sameItems(lines: readonly OdooRecord[], expected: ExpectedOrder, tally: Tally, { codes }: Known): boolean {
  const held: Record<string, number> = {};
  for (const line of lines) {
    const code = codes.get(Number(idOf(line.product_id)));
    if (code !== undefined) held[code] = (held[code] ?? 0) + Number(line.product_uom_qty);
  }
  const sorted = (items: Readonly<Record<string, number>>) => JSON.stringify(Object.entries(items).sort());
  return tally.same(`order ${expected.orderId}: pieces`, sorted(held), sorted(expected.items));
}
