import { afterAll, beforeAll, expect, test } from 'vitest';
import { type StandIn, startProxy } from '../../infra/local/chaos/proxy.ts';
import { type Rig, startRig } from '../support/rig.ts';
import { aCustomer, anEvent, anOrder, aProduct } from '../support/snapshots.ts';

const statusMapping = { c: 'CONFIRM', z: 'DONE' } as const;
const paymentMethod = { code: 'cod.cod', name: 'Cash On Delivery' };
const ORDERS = 50;

let rig: Rig;
let proxy: StandIn;
/** Calls of the kind that are with Odoo, or wait for their like. */
let held: (() => void)[] = [];
let most = 0;
let holds: RegExp | undefined;
let breaks: RegExp | undefined;

beforeAll(async () => {
  rig = await startRig({ windowSeconds: 4 });
  const { url } = rig.credentials;
  proxy = await startProxy({
    target: () => url,
    before: async (body) => {
      const call = body.toString();
      if (breaks?.test(call) === true) {
        breaks = undefined;
        return { name: 'unavailable', passed: 0, gets: { status: 502, type: 'text/html', body: '' } };
      }
      if (holds?.test(call) === true) await together();
      return undefined;
    },
  });
  await rig.configure({ odooUrl: proxy.url, transport: 'xmlrpc', callsAtOnce: 2, statusMapping });
  await rig.sync([order('1', 'c')]);
});
afterAll(async () => {
  await rig?.stop();
  await proxy?.stop();
});

/** Holds a call until another of its kind is there: one after the other they would never come. */
function together(): Promise<void> {
  return new Promise((resolve) => {
    held.push(resolve);
    most = Math.max(most, held.length);
    if (held.length < 2) return;
    for (const release of held) release();
    held = [];
  });
}

function order(orderId: string, statusId: keyof typeof statusMapping) {
  const customer = aCustomer({ email: `once.${orderId}.${rig.tag}@example.com` });
  const base = anOrder({ orderId, statusId, paymentMethod, customer });
  return anEvent('order', orderId, { ...base, products: { '28': aProduct({ model: `once-${rig.tag}` }) } });
}

const orders = (first: number, statusId: keyof typeof statusMapping) =>
  Array.from({ length: ORDERS }, (_, index) => order(String(first + index), statusId));

async function inOdoo(first: number) {
  const origins = Array.from({ length: ORDERS }, (_, index) => `OpenCart ${rig.connection} #${first + index}`);
  return rig.odoo.searchRead('sale.order', [['origin', 'in', origins]], ['state', 'locked', 'invoice_status']);
}

const call = (model: string, method: string) =>
  new RegExp(`<string>${model}</string></value></param><param><value><string>${method}<`);

test.each([
  ['written', 'load', 100],
  ['confirmed', 'action_confirm', 200],
])('orders are %s two calls at a time', async (_, method, first) => {
  [holds, most] = [call('sale.order', method), 0];
  const calls = await rig.sync(orders(first, 'c'));
  holds = undefined;
  expect(most).toBe(2);
  expect(calls.filter((name) => name === 'sale.order.action_confirm')).toHaveLength(2);
  expect((await inOdoo(first)).filter(({ state }) => state === 'sale')).toHaveLength(ORDERS);
});

test('a call that fails takes along none of the other one, and nothing comes twice', async () => {
  breaks = call('sale.order', 'load');
  await rig.sync(orders(300, 'c'));
  expect(breaks).toBeUndefined();
  const found = await inOdoo(300);
  expect(found).toHaveLength(ORDERS);
  expect(found.filter(({ state }) => state === 'sale')).toHaveLength(ORDERS);
});

test('fifty orders reach DONE; invoices are posted one call after the other', async () => {
  const calls = await rig.sync(orders(400, 'z'));
  expect(calls.filter((name) => name === 'account.move.action_post')).toHaveLength(1);
  const done = { state: 'sale', locked: true, invoice_status: 'invoiced' };
  expect((await inOdoo(400)).map(({ id, ...state }) => state)).toEqual(new Array(ORDERS).fill(done));
});
