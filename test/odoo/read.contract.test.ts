/** Reading and searching: the shape of values, archived records, domains. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTarget, type Target } from '../support/odoo-target.ts';
import { faultOf, type Struct, type Wire } from '../support/odoo-wire.ts';

let t: Target;
let us: number;
beforeAll(async () => {
  t = await openTarget();
  us = (await t.odoo.idOf('base.us')) ?? 0;
});
afterAll(() => t.close());

async function rawAnswer(model: string, method: string, args: string): Promise<string> {
  const { url, database, password } = t.odoo.target;
  const texts = [database, `int:${t.odoo.uid}`, password, model, method].map((value) =>
    value.startsWith('int:') ? `<int>${value.slice(4)}</int>` : `<string>${value}</string>`,
  );
  const params = [...texts, args, '<struct></struct>'].map((value) => `<param><value>${value}</value></param>`);
  const response = await fetch(`${url}/xmlrpc/2/object`, {
    method: 'POST',
    headers: { 'content-type': 'text/xml' },
    body: `<?xml version="1.0"?><methodCall><methodName>execute_kw</methodName><params>${params.join('')}</params></methodCall>`,
  });
  return (await response.text()).replace(/\s+/g, '');
}

describe('values', () => {
  it('are empty as false, related as [id, name], numbers as numbers', async () => {
    const name = t.unique('Ann');
    const id = await t.odoo.create('res.partner', { name, country_id: us, email: 'Ann@Example.com' });
    const record = await t.odoo.one('res.partner', id, [
      ...['name', 'email', 'phone', 'country_id', 'state_id', 'is_company', 'active', 'type', 'child_ids', 'lang'],
      ...['display_name', 'commercial_partner_id', 'create_date'],
    ]);
    expect(record).toEqual({
      ...{ id, name, email: 'Ann@Example.com', phone: false, country_id: [us, 'United States'], state_id: false },
      ...{ is_company: false, active: true, type: 'contact', child_ids: [], lang: 'en_US', display_name: name },
      ...{ commercial_partner_id: [id, name], create_date: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/) },
    });
  });

  it('tell floats from integers', async () => {
    const id = await t.odoo.create('product.template', { name: t.unique('Cup'), list_price: 5 });
    const list = (values: string) => `<array><data>${values}</data></array>`;
    const args = list(
      `<value>${list(`<value><int>${id}</int></value>`)}</value><value>${list('<value>list_price</value><value>sequence</value>')}</value>`,
    );
    const xml = await rawAnswer('product.template', 'read', args);
    expect(xml).toContain('<name>list_price</name><value><double>5.0</double></value>');
    expect(xml).toMatch(/<name>sequence<\/name><value><int>\d+<\/int><\/value>/);
  });

  it('come in the order of the ids, without what is gone', async () => {
    const [a = 0, b = 0] = await t.odoo.call<number[]>('res.partner', 'create', [[{ name: 'a' }, { name: 'b' }]]);
    const read = await t.odoo.call<Struct[]>('res.partner', 'read', [[b, 2_000_000_000, a], ['name']]);
    expect(read).toEqual([
      { id: b, name: 'b' },
      { id: a, name: 'a' },
    ]);
  });

  it('wrap plain text into HTML where a field holds HTML', async () => {
    const id = await t.odoo.create('res.partner', { name: 'x', comment: 'be quick & quiet' });
    expect(await t.odoo.one('res.partner', id, ['comment'])).toEqual({ id, comment: '<p>be quick &amp; quiet</p>' });
  });

  it('fault on an unknown field', async () => {
    const fault = await faultOf(t.odoo.call('res.partner', 'read', [[1], ['nope']]));
    expect([fault.code, fault.lastLine]).toEqual([1, "ValueError: Invalid field 'nope' on 'res.partner'"]);
  });
});

describe('contacts', () => {
  it('are shown with their company, nameless addresses by their kind', async () => {
    const company = await t.odoo.create('res.partner', { name: t.unique('Acme'), is_company: true });
    const ids = await t.odoo.call<number[]>('res.partner', 'create', [
      [
        { name: 'Bob', parent_id: company },
        { parent_id: company, type: 'delivery', street: 'Dock 1' },
      ],
    ]);
    const names = await t.odoo.call<Struct[]>('res.partner', 'read', [ids, ['display_name']]);
    expect(names.map((each) => each.display_name)).toEqual([
      `${t.unique('Acme')}, Bob`,
      `${t.unique('Acme')}, Delivery`,
    ]);
  });

  it('share one address with their parent, unlike delivery addresses', async () => {
    const parent = await t.odoo.create('res.partner', { name: 'P', street: 'Old', country_id: us });
    const contact = await t.odoo.create('res.partner', { name: 'C', parent_id: parent, street: 'Given' });
    const delivery = await t.odoo.create('res.partner', {
      name: 'D',
      parent_id: parent,
      type: 'delivery',
      street: 'Dock',
    });
    const streets = async () => {
      const rows = await t.odoo.call<Struct[]>('res.partner', 'read', [[parent, contact, delivery], ['street']]);
      return rows.map((row) => row.street);
    };
    expect(await streets()).toEqual(['Old', 'Old', 'Dock']);
    await t.odoo.write('res.partner', [contact], { street: 'Moved' });
    expect(await streets()).toEqual(['Moved', 'Moved', 'Dock']);
    await t.odoo.write('res.partner', [parent], { street: 'Back' });
    expect(await streets()).toEqual(['Back', 'Back', 'Dock']);
  });
});

describe('a company name', () => {
  it('is dropped by whoever belongs to somebody', async () => {
    const parent = await t.odoo.create('res.partner', { name: 'P', company_name: 'Acme' });
    const child = await t.odoo.create('res.partner', {
      name: 'C',
      parent_id: parent,
      type: 'other',
      company_name: 'Acme',
    });
    const rows = await t.odoo.call<Struct[]>('res.partner', 'read', [[parent, child], ['company_name']]);
    expect(rows.map((row) => row.company_name)).toEqual(['Acme', false]);
    await t.odoo.write('res.partner', [child], { company_name: 'Later' });
    expect(await t.odoo.call<Struct[]>('res.partner', 'read', [[child], ['company_name']])).toMatchObject([
      { company_name: 'Later' },
    ]);
    await t.odoo.write('res.partner', [child], { parent_id: parent, company_name: 'Again' });
    expect(await t.odoo.call<Struct[]>('res.partner', 'read', [[child], ['company_name']])).toMatchObject([
      { company_name: false },
    ]);
  });
});

describe('search', () => {
  const made: number[] = [];
  let tag: string;
  beforeAll(async () => {
    tag = t.unique('srch');
    const fr = (await t.odoo.idOf('base.fr')) ?? 0;
    made.push(
      ...(await t.odoo.call<number[]>('res.partner', 'create', [
        [
          { name: 'Zoe', ref: tag, email: 'zoe@example.com', country_id: us, color: 3 },
          { name: 'adam 100%', ref: tag, country_id: fr, color: 1 },
          { name: 'Bea', ref: tag, email: 'BEA@example.com', color: 2, is_company: true },
          { name: 'Gone', ref: tag, active: false },
        ],
      ])),
    );
  });

  const found = async (domain: Wire[], options: Struct = {}) => {
    const ids = await t.odoo.call<number[]>('res.partner', 'search', [[['ref', '=', tag], ...domain]], options);
    return ids.map((id) => made.indexOf(id));
  };

  it.each<[string, Wire[], number[]]>([
    ['equality', [['name', '=', 'Zoe']], [0]],
    ['inequality counts the empty', [['email', '!=', 'zoe@example.com']], [1, 2]],
    ['empty', [['email', '=', false]], [1]],
    ['not empty', [['email', '!=', false]], [0, 2]],
    ['in', [['name', 'in', ['Zoe', 'Bea', 'nobody']]], [0, 2]],
    ['in with false', [['email', 'in', [false, 'zoe@example.com']]], [0, 1]],
    ['not in', [['name', 'not in', ['Zoe']]], [1, 2]],
    ['like', [['name', 'like', 'ea']], [2]],
    ['like minds case', [['email', 'like', 'bea']], []],
    ['ilike', [['email', 'ilike', 'BEA@']], [2]],
    ['=like', [['name', '=like', 'Z%']], [0]],
    ['=ilike', [['email', '=ilike', 'bea@example.com']], [2]],
    ['not ilike counts the empty', [['email', 'not ilike', 'zoe']], [1, 2]],
    ['comparison', [['color', '>=', 2]], [0, 2]],
    ['or', ['|', ['name', '=', 'Zoe'], ['color', '<', 2]], [0, 1]],
    ['not', ['!', ['name', '=', 'Zoe']], [1, 2]],
    ['through a relation', [['country_id.code', '=', 'US']], [0]],
    ['not, through a relation, wants the relation', [['country_id.code', '!=', 'US']], [1]],
    ['relation by name', [['country_id', 'ilike', 'france']], [1]],
    ['boolean', [['is_company', '=', true]], [2]],
    ['boolean false', [['is_company', '=', false]], [0, 1]],
    ['archived', [['active', '=', false]], [3]],
    ['archived and not', [['active', 'in', [true, false]]], [0, 1, 2, 3]],
  ])('%s', async (_what, domain, expected) => {
    expect((await found(domain)).sort()).toEqual(expected);
  });

  it('hides archived records unless told otherwise', async () => {
    expect((await found([])).sort()).toEqual([0, 1, 2]);
    expect((await found([], { context: { active_test: false } })).sort()).toEqual([0, 1, 2, 3]);
  });

  it('orders, limits and skips', async () => {
    expect(await found([], { order: 'color desc' })).toEqual([0, 2, 1]);
    expect(await found([], { order: 'color desc', limit: 1, offset: 1 })).toEqual([2]);
    expect(await found([], { order: 'email, id' })).toEqual([2, 0, 1]);
    expect(await found([], { order: 'email desc, id' })).toEqual([1, 0, 2]);
    expect(await t.odoo.call('res.partner', 'search_count', [[['ref', '=', tag]]])).toBe(3);
  });

  it('reads what it finds', async () => {
    const records = await t.odoo.call<Struct[]>('res.partner', 'search_read', [[['ref', '=', tag]], ['name']], {
      order: 'color',
    });
    expect(records.map((each) => each.name)).toEqual(['adam 100%', 'Bea', 'Zoe']);
  });

  it.each<[string, Wire[], string]>([
    [
      'an unknown field',
      [['nope', '=', 1]],
      "ValueError: Invalid field res.partner.nope in condition ('nope', '=', 1)",
    ],
    ['an unknown operator', [['name', '~', 'x']], "ValueError: Invalid operator in condition ('name', '~', 'x')"],
  ])('faults on %s', async (_what, domain, line) => {
    const fault = await faultOf(t.odoo.call('res.partner', 'search', [domain]));
    expect([fault.code, fault.lastLine]).toEqual([1, line]);
  });
});

describe('countries and states', () => {
  it('are found by name and by code', async () => {
    expect(await t.odoo.call('res.country', 'name_search', ['Fran'])).toEqual([
      [await t.odoo.idOf('base.fr'), 'France'],
    ]);
    expect(await t.odoo.call('res.country', 'name_search', ['FR'], { operator: '=' })).toEqual([
      [await t.odoo.idOf('base.fr'), 'France'],
    ]);
    const california = await t.odoo.idOf('base.state_us_5');
    const states = await t.odoo.call<Struct[]>('res.country.state', 'search_read', [
      [
        ['country_id.code', '=', 'US'],
        ['code', '=', 'CA'],
      ],
      ['display_name'],
    ]);
    expect(states).toEqual([{ id: california, display_name: 'California (US)' }]);
  });

  it('are all there', async () => {
    const count = (model: string) => t.odoo.call<number>(model, 'search_count', [[]]);
    expect(await count('res.country')).toBeGreaterThanOrEqual(250);
    expect(await count('res.country.state')).toBeGreaterThan(1500);
  });
});

describe('fields_get', () => {
  it('answers only what is asked for', async () => {
    const fields = await t.odoo.call('sale.order.line', 'fields_get', [
      ['price_unit', 'tax_ids'],
      ['type', 'relation'],
    ]);
    expect(fields).toEqual({ price_unit: { type: 'float' }, tax_ids: { type: 'many2many', relation: 'account.tax' } });
  });

  it('says how many digits a number keeps', async () => {
    const fields = await t.odoo.call<Record<string, Struct>>('sale.order.line', 'fields_get', [
      ['price_unit', 'product_uom_qty'],
      ['digits'],
    ]);
    expect(fields).toEqual({ price_unit: { digits: false }, product_uom_qty: { digits: [16, 2] } });
  });
});
