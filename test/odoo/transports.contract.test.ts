/** What is called over JSON-2 is answered, and refused, as over XML-RPC. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Odoo, type OdooCredentials } from '../../lib/odoo/client.ts';
import { chooseTransport } from '../../lib/odoo/transports/choose.ts';
import { json2Transport } from '../../lib/odoo/transports/json2.ts';
import { xmlRpcTransport } from '../../lib/odoo/transports/xmlrpc.ts';
import { openTarget, type Target } from '../support/odoo-target.ts';

let target: Target;
let credentials: OdooCredentials;
let over: { xmlrpc: Odoo; json2: Odoo };
let [order, partner] = [0, 0];
const pace = async () => {};

beforeAll(async () => {
  target = await openTarget();
  credentials = { ...target.credentials, password: await target.apiKey() };
  over = {
    xmlrpc: new Odoo({ credentials, pace, transport: xmlRpcTransport(credentials) }),
    json2: new Odoo({ credentials, pace, transport: json2Transport(credentials) }),
  };
  partner = await target.odoo.create('res.partner', { name: target.unique('Transported') });
  order = await target.odoo.create('sale.order', { partner_id: partner });
});
afterAll(async () => {
  over?.xmlrpc.close();
  over?.json2.close();
  await target?.close();
});

type Ask = (odoo: Odoo) => Promise<unknown>;
const told = async (odoo: Odoo, ask: Ask) =>
  ask(odoo).catch(({ code, message }: { code: string; message: string }) => ({ code, message }));
const both = async (ask: Ask) => [await told(over.xmlrpc, ask), await told(over.json2, ask)];

describe('the same answer', () => {
  test.each<[string, Ask]>([
    ['version', (odoo) => odoo.version()],
    ['who one is', (odoo) => odoo.logIn()],
    ['a search', (odoo) => odoo.searchRead('res.country', [['code', 'in', ['DE', 'US']]], ['code'], { order: 'code' })],
    ['a window of it', (odoo) => odoo.searchRead('res.country', [], ['code'], { limit: 3, order: 'code desc' })],
    ['a count', (odoo) => odoo.call('res.country', 'search_count', [[['code', '=', 'DE']]])],
    ['a record', (odoo) => odoo.read('sale.order', [order], ['name', 'state', 'partner_id', 'date_order', 'origin'])],
    ['one that is gone', (odoo) => odoo.read('res.partner', [99_999_999], ['name'])],
    ['what a field is', (odoo) => odoo.call('sale.order.line', 'fields_get', [['price_unit'], ['type', 'digits']])],
    ['a right', (odoo) => odoo.call('sale.order', 'check_access_rights', ['create'], { raise_exception: false })],
    ['a write', (odoo) => odoo.call('res.partner', 'write', [[partner], { comment: 'x\u0000y \ud800 ü €' }])],
    ['what was written', (odoo) => odoo.read('res.partner', [partner], ['comment'])],
    ['a language', (odoo) => odoo.read('res.country', [1], ['name'], { lang: 'en_US' })],
  ])('%s', async (_, ask) => {
    const [xmlrpc, json2] = await both(ask);
    expect(json2).toEqual(xmlrpc);
    expect(xmlrpc).not.toHaveProperty('code', expect.stringContaining('ODOO'));
  });

  test('of load, new and again', async () => {
    const rows = [target.xid('a'), target.xid('b')].map((id) => [id, target.unique('Loaded')]);
    const [xmlrpc, json2] = await both((odoo) => odoo.call('res.partner', 'load', [['id', 'name'], rows]));
    expect(json2).toEqual(xmlrpc);
    expect(xmlrpc).toMatchObject({ ids: [expect.any(Number), expect.any(Number)] });
  });

  test('of a load that is refused', async () => {
    const rows = [[target.xid('c'), '']];
    const [xmlrpc, json2] = await both((odoo) => odoo.call('res.partner', 'load', [['id', 'name'], rows]));
    expect(json2).toEqual(xmlrpc);
    expect(xmlrpc).toMatchObject({ ids: false, messages: [{ type: 'error' }] });
  });

  test('of one that is made, and of several', async () => {
    const values = { name: target.unique('Made') };
    expect(await over.json2.call('res.partner', 'create', [values])).toEqual(expect.any(Number));
    expect(await over.json2.call('res.partner', 'create', [[values, values]])).toEqual([
      ...[expect.any(Number), expect.any(Number)],
    ]);
  });

  test('of an order on its way, where XML-RPC cannot say that nothing is returned', async () => {
    const product = await target.odoo.create('product.product', { name: target.unique('Service'), type: 'service' });
    for (const odoo of [over.xmlrpc, over.json2]) {
      const line = [0, 0, { product_id: product, product_uom_qty: 1, price_unit: 5 }] as const;
      const id = Number(await odoo.call('sale.order', 'create', [{ partner_id: partner, order_line: [line] }]));
      expect(await odoo.call('sale.order', 'action_confirm', [[id]])).toBe(true);
      expect(await odoo.call('sale.order', 'action_lock', [[id]])).toBeNull();
      expect(await odoo.call('sale.order', 'action_unlock', [[id]])).toBeNull();
      expect(await odoo.read('sale.order', [id], ['state', 'locked'])).toEqual([{ id, state: 'sale', locked: false }]);
    }
  });
});

describe('the same refusal', () => {
  test.each<[string, string, Ask]>([
    ['a model that there is not', 'ODOO_MODEL_UNKNOWN', (odoo) => odoo.call('no.model', 'read', [[1], ['name']])],
    ['a method that there is not', 'ODOO_MODEL_UNKNOWN', (odoo) => odoo.call('res.partner', 'no_method', [[1]])],
    ['a private method', 'ODOO_ACCESS', (odoo) => odoo.call('res.partner', '_compute_x', [[1]])],
    ['a field that there is not', 'ODOO_FIELD_UNKNOWN', (odoo) => odoo.read('res.partner', [1], ['no_field'])],
    ['a search by one', 'ODOO_FIELD_UNKNOWN', (odoo) => odoo.searchRead('res.partner', [['no_field', '=', 1]], ['id'])],
    ['a value that is none', 'ODOO_FAULT', (odoo) => odoo.call('res.partner', 'write', [[partner], { type: 'sofa' }])],
    ['a record that is gone', 'ODOO_RECORD_GONE', (odoo) => odoo.call('sale.order', 'action_confirm', [[99_999_999]])],
    ['what is not allowed', 'ODOO_ACCESS', (odoo) => odoo.call('res.users', 'create', [{ name: 'x', login: 'x' }])],
    ['what makes no sense', 'ODOO_REFUSED', (odoo) => odoo.call('sale.order', 'create', [{ note: 'x' }])],
  ])('of %s is %s', async (_, code, ask) => {
    const [xmlrpc, json2] = await both(ask);
    expect(json2).toEqual(xmlrpc);
    expect(xmlrpc).toMatchObject({ code, message: expect.not.stringContaining('Traceback') });
  });

  test.each([
    ['a wrong key', 'ODOO_AUTH', { password: '0'.repeat(40) }],
    ['a database that there is not', 'ODOO_DATABASE', { database: 'nowhere' }],
  ])('of %s is %s', async (_, code, wrong) => {
    for (const open of [xmlRpcTransport, json2Transport]) {
      const off = { ...credentials, ...wrong };
      const odoo = new Odoo({ credentials: off, pace, transport: open(off) });
      expect(await told(odoo, () => odoo.logIn())).toMatchObject({ code });
      expect(await odoo.hasDatabase()).toBe(code !== 'ODOO_DATABASE');
      odoo.close();
    }
  });
});

describe('which way is taken', () => {
  const nameOf = async (password: string, choice: 'auto' | 'xmlrpc' | 'json2') => {
    const transport = await chooseTransport({ ...credentials, password }, { choice, pace });
    transport.close();
    return transport.name;
  };

  test('JSON-2 with a key, XML-RPC with a password, else as the settings say', async () => {
    expect(await nameOf(credentials.password, 'auto')).toBe('JSON-2');
    expect(await nameOf(target.credentials.password, 'auto')).toBe('XML-RPC');
    expect(await nameOf(credentials.password, 'xmlrpc')).toBe('XML-RPC');
    expect(await nameOf(target.credentials.password, 'json2')).toBe('JSON-2');
  });
});
