/**
 * A proxy before Odoo gives up (504) while the call waits for a free worker: the connector asks again, and the first
 * call is carried out all the same, when everything is done already. Nothing must come of it.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type StandIn, startProxy } from '../../infra/local/chaos/proxy.ts';
import { type LogLine, type Rig, startRig } from '../support/rig.ts';
import { complete, openExporter } from '../support/runs.ts';
import { aCustomer, anEvent, anOrder, aProduct } from '../support/snapshots.ts';

const statusMapping = { c: 'CONFIRM', p: 'PAID', d: 'DELIVERED', z: 'DONE', x: 'CANCEL' } as const;
type Status = keyof typeof statusMapping;

/** Longer than the first tries wait by themselves. */
const WORKER_SECONDS = 4;

let proxy: StandIn;
let rig: Rig;
/** What names the call that is to be late; then that call, until it is carried out. */
let awaited: readonly string[] | undefined;
let late: Buffer | undefined;

/** Older Odoos have other words: `action_lock|action_done`. */
const names = (body: Buffer, text: string) => text.split('|').some((word) => body.includes(`${word}</string>`));

const timeout = { status: 504, type: 'text/html', body: '<h1>504 Gateway Time-out</h1>' };

beforeAll(async () => {
  rig = await startRig({ env: { LONGEST_RETRY_SECONDS: '1', ODOO_WORKER_SECONDS: String(WORKER_SECONDS) } });
  const { url } = rig.credentials;
  proxy = await startProxy({
    target: () => url,
    before: (body) => {
      if (awaited?.every((text) => names(body, text)) !== true) return undefined;
      awaited = undefined;
      late = body;
      return { name: 'late', passed: 0, gets: timeout };
    },
  });
  await rig.configure(settings());
});
afterAll(async () => {
  await rig?.stop();
  await proxy?.stop();
});

const settings = () => ({ odooUrl: proxy.url, statusMapping, transport: 'xmlrpc' as const });

async function carryOut(): Promise<void> {
  expect(late).toBeDefined();
  const body = new Uint8Array(late as Buffer);
  late = undefined;
  const url = new URL('/xmlrpc/2/object', rig.credentials.url);
  const answer = await fetch(url, { method: 'POST', headers: { 'content-type': 'text/xml' }, body });
  // Odoo may refuse by now what it is told; it has to be told all the same.
  expect(answer.status).toBe(200);
  expect(await answer.text()).toContain('<methodResponse>');
}

const emailOf = (orderId: string) => `late${orderId}.${rig.tag}@example.com`;

function order(orderId: string, statusId: Status) {
  const base = anOrder({
    ...{ orderId, statusId, paymentMethod: { code: 'cod.cod', name: 'Cash On Delivery' } },
    customer: aCustomer({ email: emailOf(orderId) }),
  });
  return anEvent('order', orderId, { ...base, products: { '28': aProduct({ model: `late-${rig.tag}` }) } });
}

/** All that Odoo holds of an order: documents, money and goods. */
async function books(orderId: string) {
  const all = (model: string, field: string, value: string, fields: string[]) =>
    rig.odoo.searchRead(model, [[field, '=', value]], fields);
  const origin = `OpenCart ${rig.connection} #${orderId}`;
  const email = emailOf(orderId);
  return {
    orders: await all('sale.order', 'origin', origin, ['state', 'locked', 'amount_total']),
    lines: await all('sale.order.line', 'order_id.origin', origin, ['product_uom_qty', 'price_total']),
    contacts: await all('res.partner', 'email', email, ['name']),
    moves: await all('account.move', 'partner_id.commercial_partner_id.email', email, [
      'move_type',
      'state',
      'payment_state',
      'amount_total',
    ]),
    payments: await all('account.payment', 'partner_id.commercial_partner_id.email', email, [
      'payment_type',
      'amount',
      'state',
    ]),
    transfers: await all('stock.picking', 'sale_id.origin', origin, ['state']),
  };
}

test.each<{ call: readonly string[]; before?: Status[]; to: Status }>([
  { call: ['res.partner', 'load'], to: 'c' },
  { call: ['sale.order', 'load'], to: 'c' },
  { call: ['action_confirm'], to: 'c' },
  { call: ['create_invoices'], to: 'p' },
  { call: ['action_post'], to: 'p' },
  { call: ['action_create_payments'], to: 'p' },
  { call: ['button_validate'], to: 'd' },
  { call: ['action_lock|action_done'], to: 'z' },
  { call: ['action_unlock'], before: ['z'], to: 'x' },
  { call: ['refund_moves|reverse_moves'], before: ['z'], to: 'x' },
  { call: ['action_post'], before: ['z'], to: 'x' },
  { call: ['action_create_payments'], before: ['z'], to: 'x' },
  { call: ['create_returns'], before: ['z'], to: 'x' },
  { call: ['button_validate'], before: ['z'], to: 'x' },
  { call: ['action_cancel'], before: ['z'], to: 'x' },
  { call: ['action_draft'], before: ['c', 'x'], to: 'c' },
])('$call on the way from $before to $to', async ({ call, before = [], to }) => {
  const orderId = [...call, ...before, to].join('').replaceAll(/\W/g, '');
  for (const status of before) await rig.sync([order(orderId, status)]);
  awaited = call;
  await rig.sync([order(orderId, to)]);
  expect((await rig.logs({ entity: 'order', record: orderId, level: 'error' })).logs).toEqual([]);
  const held = await books(orderId);
  await carryOut();
  const after = await books(orderId);
  // Known: Odoo 16 unlocks by writing that it is sold, whatever has become of it.
  const is16 = call.includes('action_unlock') && (await rig.odoo.version()).startsWith('16');
  expect(after).toEqual(is16 ? { ...held, orders: [{ ...held.orders[0], state: 'sale' }] } : held);
});

/** What Odoo has on hand of a product. */
async function onHand(model: string): Promise<number[]> {
  const found = [
    ['product_id.default_code', '=', model],
    ['location_id.usage', '=', 'internal'],
  ] as const;
  return (await rig.odoo.searchRead('stock.quant', found, ['quantity'])).map(({ quantity }) => Number(quantity));
}

test('a count of what is on the shelf', async () => {
  await rig.configure({ ...settings(), stockPolicy: 'always' });
  const model = `shelf-${rig.tag}`;
  awaited = ['stock.quant', 'create'];
  await rig.sync([anEvent('product', model, aProduct({ model, sku: '', quantity: 7 }))]);
  expect(await onHand(model)).toEqual([7]);
  await carryOut();
  expect(await onHand(model)).toEqual([7]);
});

describe('who got no answer to what must not come twice', () => {
  const isPayment = (line: LogLine) => line.method === 'action_create_payments';
  const time = (line: LogLine | undefined) => Date.parse(String(line?.timestamp));
  const ways: Record<string, (event: ReturnType<typeof order>) => Promise<unknown>> = {
    event: (event) => rig.sync([event]),
    async run({ recordId, data }) {
      const exporter = await openExporter(rig, {}, settings());
      exporter.records = { order: new Map([[recordId, data]]) };
      await complete(rig, { entity: 'order', mode: 'full' });
    },
  };

  test.each(Object.keys(ways))('asks again when no worker can be at it any more, as of a %s', async (way) => {
    const orderId = `patient${way}`;
    const before = rig.lines.length;
    awaited = ['action_create_payments'];
    await ways[way]?.(order(orderId, 'p'));
    const [first, second, ...more] = rig.lines.slice(before).filter(isPayment);
    expect(more).toEqual([]);
    expect(time(second) - time(first)).toBeGreaterThan(WORKER_SECONDS * 1_000);
    await carryOut();
    expect((await books(orderId)).payments).toHaveLength(1);
  });
});
