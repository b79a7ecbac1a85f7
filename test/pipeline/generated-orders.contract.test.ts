/**
 * Orders with all that OpenCart can compute, through the whole path: each is confirmed in Odoo at what
 * the shopper paid; every third, and those that cost nothing or less, go on to DONE. `GENERATED_ORDERS`
 * says how many, `GENERATED_SEED` which.
 */
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { paidTotal } from '../../infra/local/store/totals.ts';
import { chunks } from '../../lib/collections.ts';
import type { OdooRecord } from '../../lib/odoo/client.ts';
import { orderSnapshot } from '../../lib/opencart/snapshots.ts';
import { openCartOrder } from '../support/opencart-orders.ts';
import { email, openRig, rig, sku } from '../support/pipeline.ts';
import { aCustomer, anEvent, aProduct, type OrderInput } from '../support/snapshots.ts';

const COUNT = Number(process.env.GENERATED_ORDERS ?? (process.env.ODOO_URL ? 100 : 60));
const SEED = Number(process.env.GENERATED_SEED ?? 20_261_120);
const PER_REQUEST = 25;
const SECONDS_PER_ORDER = 2;

const SETTLED_EVERY = 3;
/** Orders that cost nothing or less are rare: they are looked for among so many more. */
const SEARCHED = 1_000;
const MOST_UNPAID = 12;

beforeAll(async () => {
  await openRig();
  await rig.configure({ statusMapping: { '1': 'CONFIRM', '5': 'DONE' } });
});
afterAll(() => rig?.stop());

function paidFor(order: OrderInput): number {
  const { totals, currencyValue, currencyDecimals } = orderSnapshot.parse(order);
  return Number(paidTotal(totals, currencyValue, currencyDecimals));
}

/** The orders of one store, with ids, a customer and products of their own. */
function generatedOrders(): OrderInput[] {
  const drawn = fc.sample(openCartOrder, { numRuns: COUNT, seed: SEED });
  const more = fc.sample(openCartOrder, { numRuns: SEARCHED, seed: SEED + 1 });
  const unpaid = more.filter((order) => paidFor(order) <= 0).slice(0, MOST_UNPAID);
  return [...drawn, ...unpaid].map((order, index) => {
    const lines = order.lines.map((line) => ({ ...line, model: sku(line.productId) }));
    const products = lines.map(({ productId, model, name }) => [
      productId,
      aProduct({ model, names: [{ languageCode: 'en-gb', name }] }),
    ]);
    const customer = aCustomer({ email: email(`generated${index % 10}`) });
    const own = { orderId: String(index + 1), customer, lines, products: Object.fromEntries(products) };
    const isSettled = index % SETTLED_EVERY === 0 || paidFor(order) <= 0;
    return { ...order, ...own, statusId: isSettled ? '5' : '1' };
  });
}

const originOf = (orderId: string) => `OpenCart ${rig.connection} #${orderId}`;
const paymentMethod = { code: 'cod.cod', name: 'Cash On Delivery' };

test(
  `${COUNT} orders are what their shoppers paid, to the last decimal`,
  async () => {
    const orders = generatedOrders();
    const start = Date.now();
    for (const part of chunks(orders, PER_REQUEST)) {
      await rig.sync(part.map((order) => anEvent('order', order.orderId, { ...order, paymentMethod })));
    }
    const seconds = (Date.now() - start) / 1000;
    const origins = orders.map(({ orderId }) => originOf(orderId));
    const fields = ['origin', 'state', 'amount_total', 'currency_id', 'locked', 'invoice_status', 'invoice_ids'];
    const found = await rig.odoo.searchRead('sale.order', [['origin', 'in', origins]], [...fields, 'delivery_status']);
    const held = Object.fromEntries(
      found.map(({ origin, state, amount_total, currency_id }) => [
        origin,
        `${state} ${Number(amount_total)} ${(currency_id as [number, string])[1]}`,
      ]),
    );
    const paid = orders.map((order) => [originOf(order.orderId), `sale ${paidFor(order)} ${order.currencyCode}`]);
    expect(held).toEqual(Object.fromEntries(paid));
    await expectSettled(
      orders.filter(({ statusId }) => statusId === '5'),
      found,
    );
    await report(
      found.map(({ id }) => id),
      seconds,
    );
  },
  60_000 + COUNT * SECONDS_PER_ORDER * 1_000,
);

/** Each is locked and delivered, and invoiced at what was paid; what is owed is paid. */
async function expectSettled(orders: readonly OrderInput[], found: readonly OdooRecord[]): Promise<void> {
  const byOrigin = new Map(found.map((record) => [record.origin, record]));
  const moveIds = orders.flatMap(({ orderId }) => byOrigin.get(originOf(orderId))?.invoice_ids as number[]);
  const fields = ['state', 'move_type', 'payment_state', 'amount_total', 'amount_residual', 'currency_id'];
  const moves = new Map((await rig.odoo.read('account.move', moveIds, fields)).map((move) => [move.id, move]));
  const held = orders.map(({ orderId }) => {
    const { origin, locked, invoice_status, invoice_ids, delivery_status } = byOrigin.get(
      originOf(orderId),
    ) as OdooRecord;
    const invoices = (invoice_ids as number[]).map((id) => {
      const { state, move_type, payment_state, amount_total, currency_id } = moves.get(id) as OdooRecord;
      // Until the bank's statement has come, Odoo calls it "in payment".
      const payment = payment_state === 'in_payment' ? 'paid' : payment_state;
      return `${move_type} ${state} ${payment} ${Number(amount_total)} ${(currency_id as [number, string])[1]}`;
    });
    return { origin, locked, invoice_status, delivery_status, invoices };
  });
  expect(held).toEqual(
    orders.map((order) => {
      const paid = paidFor(order);
      const document = paid < 0 ? 'out_refund posted not_paid' : 'out_invoice posted paid';
      return {
        ...{ origin: originOf(order.orderId), locked: true, invoice_status: 'invoiced' },
        // Gift vouchers alone are no goods.
        delivery_status: order.lines.length > 0 ? 'full' : false,
        invoices: [`${document} ${Math.abs(paid)} ${order.currencyCode}`],
      };
    }),
  );
  const unpaid = orders.filter((order) => paidFor(order) <= 0).length;
  console.info(`${orders.length} of them done: locked, delivered, invoiced and paid; ${unpaid} with nothing to pay`);
}

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
