/**
 * Orders with all that OpenCart can compute, through the whole path: each is confirmed in Odoo at what
 * the shopper paid. `GENERATED_ORDERS` says how many, `GENERATED_SEED` which.
 */
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { paidTotal } from '../../infra/local/store/totals.ts';
import { chunks } from '../../lib/collections.ts';
import { orderSnapshot } from '../../lib/opencart/snapshots.ts';
import { openCartOrder } from '../support/opencart-orders.ts';
import { email, openRig, rig, sku } from '../support/pipeline.ts';
import { aCustomer, anEvent, aProduct, type OrderInput } from '../support/snapshots.ts';

const COUNT = Number(process.env.GENERATED_ORDERS ?? (process.env.ODOO_URL ? 100 : 60));
const SEED = Number(process.env.GENERATED_SEED ?? 20_261_120);
const PER_REQUEST = 25;
const SECONDS_PER_ORDER = 2;

beforeAll(openRig, 60_000);
afterAll(() => rig?.stop());

/** The orders of one store, with ids, a customer and products of their own. */
function generatedOrders(): OrderInput[] {
  return fc.sample(openCartOrder, { numRuns: COUNT, seed: SEED }).map((order, index) => {
    const lines = order.lines.map((line) => ({ ...line, model: sku(line.productId) }));
    const products = lines.map(({ productId, model, name }) => [
      productId,
      aProduct({ model, names: [{ languageCode: 'en-gb', name }] }),
    ]);
    const customer = aCustomer({ email: email(`generated${index % 10}`) });
    return { ...order, orderId: String(index + 1), customer, lines, products: Object.fromEntries(products) };
  });
}

const originOf = (orderId: string) => `OpenCart ${rig.connection} #${orderId}`;

test(
  `${COUNT} orders are what their shoppers paid, to the last decimal`,
  async () => {
    const orders = generatedOrders();
    const start = Date.now();
    for (const part of chunks(orders, PER_REQUEST)) {
      await rig.sync(part.map((order) => anEvent('order', order.orderId, order)));
    }
    const seconds = (Date.now() - start) / 1000;
    const origins = orders.map(({ orderId }) => originOf(orderId));
    const fields = ['origin', 'state', 'amount_total', 'currency_id'];
    const found = await rig.odoo.searchRead('sale.order', [['origin', 'in', origins]], fields);
    const held = Object.fromEntries(
      found.map(({ origin, state, amount_total, currency_id }) => [
        origin,
        `${state} ${Number(amount_total)} ${(currency_id as [number, string])[1]}`,
      ]),
    );
    expect(held).toEqual(
      Object.fromEntries(
        orders.map((order) => {
          const { totals, currencyValue, currencyDecimals, currencyCode } = orderSnapshot.parse(order);
          const paid = Number(paidTotal(totals, currencyValue, currencyDecimals));
          return [originOf(order.orderId), `sale ${paid} ${currencyCode}`];
        }),
      ),
    );
    await report(
      found.map(({ id }) => id),
      seconds,
    );
  },
  60_000 + COUNT * SECONDS_PER_ORDER * 1_000,
);

/** What it took: said rather than asserted, as it is no promise. */
async function report(ids: number[], seconds: number): Promise<void> {
  const roundings = await rig.odoo.searchRead(
    'sale.order.line',
    [
      ['order_id', 'in', ids],
      ['name', '=', 'Rounding'],
    ],
    ['price_unit', 'currency_id'],
  );
  const largest = new Map<string, number>();
  for (const { price_unit, currency_id } of roundings) {
    const [, currency] = currency_id as [number, string];
    largest.set(currency, Math.max(largest.get(currency) ?? 0, Math.abs(Number(price_unit))));
  }
  const most = [...largest].map(([currency, price]) => `${price} ${currency}`).join(', ');
  console.info(
    `${ids.length} orders in ${seconds.toFixed(1)} s; ${roundings.length} with a rounding line, at most ${most}`,
  );
}
