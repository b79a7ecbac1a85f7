/** Records of Odoo to pick from, against the sandbox or a real Odoo. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Role } from '../../lib/access/token.ts';
import type { Pick } from '../../lib/lookups/kinds.ts';
import type { Value } from '../../lib/odoo/client.ts';
import { api } from '../support/api.ts';
import { type Rig, startRig } from '../support/rig.ts';

let rig: Rig;

beforeAll(async () => {
  rig = await startRig();
});
afterAll(() => rig?.stop());

const look = (kind: string, query: Record<string, string> = {}, role: Role = 'manager') =>
  api<{ records: Pick[]; isMore: boolean; code?: string; detail?: string }>(rig, 'GET', `/v1/odoo/${kind}`, {
    ...{ role, query },
  });
const records = async (kind: string, q: string) => (await look(kind, { q })).body.records;
const create = async (model: string, vals: Record<string, Value>) =>
  [await rig.odoo.call(model, 'create', [vals])].flat()[0] as number;

describe('GET /v1/odoo/{kind}', () => {
  test('finds products by name and by code, whatever the case, with code and price', async () => {
    const name = `Blue Teapot ${rig.tag}`;
    const id = await create('product.product', { name, default_code: `TEA-${rig.tag}`, list_price: 12.5 });
    for (const q of [`blue teapot ${rig.tag}`, `tea-${rig.tag}`.toUpperCase()]) {
      const [found] = await records('products', q);
      expect(found).toMatchObject({ id, told: { code: `TEA-${rig.tag}`, price: '12.5' } });
      expect(found?.name).toContain(name);
    }
    // The entity is the template; the kind `products` is what is sold.
    const [sold] = await rig.odoo.searchRead('product.product', [['id', '=', id]], ['product_tmpl_id']);
    const [byEntity] = await records('product', `TEA-${rig.tag}`);
    expect(sold?.product_tmpl_id).toMatchObject([byEntity?.id, expect.any(String)]);
  });

  test('finds customers, and masks their e-mail addresses', async () => {
    const email = `grace.${rig.tag}@example.com`;
    const id = await create('res.partner', { name: `Grace ${rig.tag}`, email, city: 'Berlin' });
    const answer = await look('customers', { q: `GRACE ${rig.tag}` });
    expect(answer.body.records).toMatchObject([{ id, name: `Grace ${rig.tag}`, told: { city: 'Berlin' } }]);
    expect(answer.text).not.toContain(email);
    expect(answer.body.records[0]?.told.email).toContain('@');
    expect((await records('customer', email)).map((one) => one.id)).toEqual([id]);
  });

  test.each([...(['customers', 'customer', 'addresses', 'address', 'orders', 'order'] as const)])(
    'of %s is for managers: it names people, also those that never were in the store',
    async (kind) => {
      const email = `ada.${rig.tag}@example.com`;
      await create('res.partner', { name: `Ada ${rig.tag}`, email });
      const answer = await look(kind, { q: email }, 'viewer');
      expect(answer).toMatchObject({ status: 403, body: { code: 'TOKEN_REFUSED' } });
      expect(answer.text).not.toContain('Ada');
    },
  );

  test.each(['products', 'taxes', 'journals', 'warehouses', 'locations'])('of %s is for viewers, too', async (kind) => {
    expect((await look(kind, { limit: '1' }, 'viewer')).status).toBe(200);
  });

  test('finds contact persons of a company as customers, as an e-mail address does, and no addresses', async () => {
    const email = `person.${rig.tag}@example.com`;
    const company = await create('res.partner', { name: `Company ${rig.tag}`, is_company: true });
    const person = await create('res.partner', { name: `Person ${rig.tag}`, email, parent_id: company });
    const delivery = { name: `Ramp ${rig.tag}`, email, parent_id: company, type: 'delivery' };
    const address = await create('res.partner', delivery);
    expect(await records('customer', email)).toMatchObject([{ id: person, name: expect.stringContaining('Company') }]);
    expect((await records('address', `Ramp ${rig.tag}`)).map((one) => one.id)).toEqual([address]);
    expect((await records('customer', `Company ${rig.tag}`)).map((one) => one.id)).toContain(company);
  });

  test('finds a record by its id', async () => {
    const id = await create('res.partner', { name: `By number ${rig.tag}` });
    expect((await records('customers', String(id))).map((one) => one.id)).toContain(id);
    expect((await look('customers', { q: '99999999999999' })).body.records).toEqual([]);
  });

  test.each([
    ...['products', 'product-templates', 'customers', 'addresses', 'categories', 'attributes', 'attribute-values'],
    ...['taxes', 'currencies', 'carriers', 'journals', 'warehouses', 'locations', 'pricelists', 'languages', 'orders'],
    ...['option', 'option-value', 'tax', 'currency', 'carrier', 'payment-method', 'category', 'variant', 'order'],
    ...['address', 'customer', 'product'],
  ])('answers %s, and a page says whether there is more', async (kind) => {
    const { status, body } = await look(kind, { limit: '2' });
    expect(status).toBe(200);
    expect(body.records.length).toBeLessThanOrEqual(2);
    for (const { id, name } of body.records) expect([typeof id, typeof name]).toEqual(['number', 'string']);
  });

  test('tells what distinguishes: the rate of a tax, the kind of a journal, the code of a warehouse', async () => {
    const name = `Levy ${rig.tag}`;
    await create('account.tax', { name, amount: 7, type_tax_use: 'sale' });
    expect(await records('taxes', name)).toMatchObject([{ name, told: { amount: '7', kind: 'percent' } }]);
    const [warehouse] = await records('warehouses', '');
    expect(warehouse?.told.code).toMatch(/\w/);
    const [journal] = await records('journals', '');
    expect(['bank', 'cash']).toContain(journal?.told.kind);
    expect(await records('languages', 'en_US')).toMatchObject([{ told: { code: 'en_US' } }]);
    expect((await records('currencies', 'eur')).map((one) => one.name)).toContain('EUR');
  });

  test('says that there is more', async () => {
    await create('product.category', { name: `More A ${rig.tag}` });
    await create('product.category', { name: `More B ${rig.tag}` });
    const q = `${rig.tag}`;
    expect((await look('categories', { q, limit: '1' })).body).toMatchObject({ isMore: true, records: [{}] });
    expect((await look('categories', { q, limit: '2' })).body).toMatchObject({ isMore: false });
  });

  test.each([
    ['a kind that does not exist', 'planets', {}, 404, 'NOT_FOUND'],
    ['a name of the language itself', 'constructor', {}, 404, 'NOT_FOUND'],
    ['a limit that is too high', 'taxes', { limit: '101' }, 400, 'QUERY_INVALID'],
  ])('refuses %s', async (_, kind, query, status, code) => {
    expect(await look(kind, query as Record<string, string>)).toMatchObject({ status, body: { code } });
  });

  test('says what Odoo refuses', async () => {
    const { version } = (await api<{ version: number }>(rig, 'GET', '/v1/settings')).body;
    await api(rig, 'PATCH', '/v1/settings', { body: { version, settings: { odooDatabase: 'nowhere' } } });
    expect(await look('taxes')).toMatchObject({ status: 502, body: { code: 'ODOO_DATABASE' } });
  });
});
