/** Texts in several languages. A real Odoo needs German (`de_DE`) active beside English for this. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { faultOf, type Struct, type Wire } from '../support/odoo-wire.ts';
import {
  attributeOf,
  fresh,
  idsOf,
  loadTemplate,
  newXid,
  openOptions,
  t,
  templateValues,
  variantsOf,
} from '../support/options.ts';

beforeAll(openOptions);
afterAll(() => t.close());

const GERMAN = { lang: 'de_DE' };
const ENGLISH = { lang: 'en_US' };

const load = async (model: string, vals: Struct, context: Struct = {}): Promise<number> =>
  idsOf(await t.odoo.load(model, Object.keys(vals), [Object.values(vals)], context))[0] ?? 0;

async function read(model: string, id: number, field: string, context: Struct = {}): Promise<Wire | undefined> {
  const [row] = await t.odoo.call<Struct[]>(model, 'read', [[id], [field]], { context });
  return row?.[field];
}

/** A field in English and in German. */
const both = (model: string, id: number, field = 'name') =>
  Promise.all([read(model, id, field), read(model, id, field, GERMAN)]);

describe('languages', () => {
  it('are those that are active', async () => {
    const rows = await t.odoo.call('res.lang', 'search_read', [[['active', '=', true]], ['code']]);
    expect(rows).toEqual(expect.arrayContaining([expect.objectContaining({ code: 'en_US' })]));
    expect(rows).toEqual(expect.arrayContaining([expect.objectContaining({ code: 'de_DE' })]));
  });

  it('that are not active are refused', async () => {
    const search = [[['id', '=', 1]]];
    const fault = await faultOf(t.odoo.call('product.template', 'search', search, { context: { lang: 'fr_FR' } }));
    expect([fault.code, fault.message]).toEqual([2, 'Invalid language code: fr_FR']);
    const answer = t.odoo.load('product.template', ['id', 'name'], [[newXid(), 'x']], { lang: 'xx_XX' });
    expect((await faultOf(answer)).message).toBe('Invalid language code: xx_XX');
  });

  it('tell which texts they have, category names not among them', async () => {
    const translated = async (model: string, field: string) =>
      (await t.odoo.call<Struct>(model, 'fields_get', [[field], ['translate']]))[field];
    expect(await translated('product.template', 'description_sale')).toEqual({ translate: true });
    expect(await translated('product.template', 'default_code')).toEqual({ translate: false });
    expect(await translated('product.category', 'name')).toEqual({ translate: false });
    const xid = newXid();
    const id = await load('product.category', { id: xid, name: 'Cups' });
    await load('product.category', { id: xid, name: 'Tassen' }, GERMAN);
    expect(await read('product.category', id, 'name', ENGLISH)).toBe('Tassen');
  });
});

describe('a text', () => {
  it('is changed in one language by loading it in that language', async () => {
    const xid = newXid();
    const id = await load('product.template', { id: xid, name: 'Cup', description_sale: 'To drink from' });
    expect(await both('product.template', id)).toEqual(['Cup', 'Cup']);
    const german = { id: xid, name: 'Tasse', description_sale: 'Zum Trinken' };
    expect(await load('product.template', german, GERMAN)).toBe(id);
    expect(await both('product.template', id)).toEqual(['Cup', 'Tasse']);
    expect(await both('product.template', id, 'description_sale')).toEqual(['To drink from', 'Zum Trinken']);
    await load('product.template', { id: xid, name: 'Mug' }, ENGLISH);
    expect(await both('product.template', id)).toEqual(['Mug', 'Tasse']);
    await t.odoo.call('product.template', 'write', [[id], { name: 'Becher' }], { context: GERMAN });
    expect(await both('product.template', id)).toEqual(['Mug', 'Becher']);
  });

  it('that comes first in German is English too, and stays German when English changes', async () => {
    const xid = newXid();
    const id = await load('product.template', { id: xid, name: 'Tasse' }, GERMAN);
    expect(await both('product.template', id)).toEqual(['Tasse', 'Tasse']);
    await load('product.template', { id: xid, name: 'Cup' });
    expect(await both('product.template', id)).toEqual(['Cup', 'Tasse']);
    await load('product.template', { id: xid, description_sale: 'Zum Trinken' }, GERMAN);
    expect(await both('product.template', id, 'description_sale')).toEqual(['Zum Trinken', 'Zum Trinken']);
  });

  it.each([GERMAN, ENGLISH])('that is taken away in one language is gone in all: %o', async (language) => {
    const xid = newXid();
    const id = await load('product.template', { id: xid, name: 'Cup', description_sale: 'To drink from' });
    await load('product.template', { id: xid, description_sale: 'Zum Trinken' }, GERMAN);
    await load('product.template', { id: xid, description_sale: '' }, language);
    expect(await both('product.template', id, 'description_sale')).toEqual([false, false]);
    await load('product.template', { id: xid, description_sale: 'New' });
    expect(await both('product.template', id, 'description_sale')).toEqual(['New', 'New']);
  });

  it('is searched and sorted in the language of the call', async () => {
    const [a, b] = [newXid(), newXid()];
    const [one, two] = [fresh('a'), fresh('b')];
    const first = await load('product.template', { id: a, name: one });
    const second = await load('product.template', { id: b, name: two });
    await load('product.template', { id: a, name: `z${one}` }, GERMAN);
    const search = (name: string, context: Struct) =>
      t.odoo.call('product.template', 'search', [[['name', '=', name]]], { context });
    expect(await search(`z${one}`, GERMAN)).toEqual([first]);
    expect(await search(`z${one}`, ENGLISH)).toEqual([]);
    expect(await search(one, GERMAN)).toEqual([]);
    expect(await search(two, GERMAN)).toEqual([second]);
    const sorted = (context: Struct) =>
      t.odoo.call('product.template', 'search', [[['id', 'in', [first, second]]]], { context, order: 'name' });
    expect(await sorted(ENGLISH)).toEqual([first, second]);
    expect(await sorted(GERMAN)).toEqual([second, first]);
  });
});

describe('options', () => {
  it('are translated wherever they are shown', async () => {
    const [size, small = 0, large = 0] = await attributeOf('always', ['small', 'large']);
    await t.odoo.call('product.attribute', 'write', [[size], { name: 'Größe' }], { context: GERMAN });
    await t.odoo.call('product.attribute.value', 'write', [[small], { name: 'klein' }], { context: GERMAN });
    expect(await read('product.attribute.value', small, 'display_name', GERMAN)).toBe('Größe: klein');
    const id = await loadTemplate(newXid(), { name: 'Shirt' }, [['', size, [small, large]]]);
    await t.odoo.call('product.template', 'write', [[id], { name: 'Hemd' }], { context: GERMAN });
    const [variant] = await variantsOf(id);
    expect(await both('product.product', variant?.id ?? 0, 'display_name')).toEqual(['Shirt (small)', 'Hemd (klein)']);
    const value = (await templateValues(id)).small?.id ?? 0;
    expect(await both('product.template.attribute.value', value)).toEqual(['small', 'klein']);
  });
});

describe('a customer', () => {
  const contact = (xid: string, lang: string) =>
    t.odoo.load('res.partner', ['id', 'name', 'lang'], [[xid, 'Buyer', lang]]);

  it('speaks an active language, by code or by name', async () => {
    const xid = newXid();
    const [id = 0] = idsOf(await contact(xid, 'de_DE'));
    expect(await read('res.partner', id, 'lang')).toBe('de_DE');
    await contact(xid, 'English (US)');
    expect(await read('res.partner', id, 'lang')).toBe('en_US');
    expect((await contact(xid, 'fr_FR')).messages).toMatchObject([
      { type: 'error', field: 'lang', message: "Value 'fr_FR' not found in selection field 'Language'" },
    ]);
  });

  it('reads the lines of an order in that language, whoever made it', async () => {
    const xid = newXid();
    const product = await load('product.template', { id: xid, name: 'Cup', description_sale: 'To drink from' });
    await load('product.template', { id: xid, name: 'Tasse', description_sale: 'Zum Trinken' }, GERMAN);
    const [variant] = await variantsOf(product);
    const lineName = async (lang: string, context: Struct) => {
      const [partner = 0] = idsOf(await contact(newXid(), lang));
      const vals = { partner_id: partner, order_line: [[0, 0, { product_id: variant?.id ?? 0 }]] };
      const id = await t.odoo.call<number>('sale.order', 'create', [vals], { context });
      const lines = (await read('sale.order', id, 'order_line')) as number[];
      return read('sale.order.line', lines[0] ?? 0, 'name');
    };
    expect(await lineName('de_DE', ENGLISH)).toBe('Tasse\nZum Trinken');
    expect(await lineName('en_US', GERMAN)).toBe('Cup\nTo drink from');
  });

  it('may have a tax number that nobody checks, and a company', async () => {
    const vals = { id: newXid(), name: 'Buyer', company_name: 'ACME', vat: 'nonsense' };
    const id = await load('res.partner', vals);
    expect(await t.odoo.one('res.partner', id, ['company_name', 'vat', 'is_company'])).toEqual({
      ...{ id, company_name: 'ACME', vat: 'nonsense', is_company: false },
    });
  });
});
