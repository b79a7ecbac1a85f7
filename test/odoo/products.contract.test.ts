/** Products, their variants, categories and taxes. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTarget, type Target } from '../support/odoo-target.ts';
import { faultOf, type Struct, type Wire } from '../support/odoo-wire.ts';

let t: Target;
beforeAll(async () => {
  t = await openTarget();
});
afterAll(() => t.close());

const template = (id: number, ...fields: string[]) => t.odoo.one('product.template', id, fields);
const variant = (id: number, ...fields: string[]) => t.odoo.one('product.product', id, fields);
const first = (value: Wire | undefined) => Number(Array.isArray(value) ? value[0] : 0);

describe('a template and its variant', () => {
  it('are made together, from either side', async () => {
    const made = await t.odoo.create('product.template', {
      name: 'Mug',
      default_code: 'M1',
      weight: 1.256,
      list_price: 9.99999,
    });
    const shown = await template(
      made,
      'product_variant_ids',
      'product_variant_id',
      'product_variant_count',
      'display_name',
    );
    expect(shown).toMatchObject({ product_variant_count: 1, display_name: '[M1] Mug' });
    const id = first(shown.product_variant_id);
    expect(shown.product_variant_ids).toEqual([id]);
    expect(
      await variant(id, 'name', 'default_code', 'weight', 'lst_price', 'list_price', 'display_name', 'type'),
    ).toEqual({
      ...{ id, name: 'Mug', default_code: 'M1', weight: 1.26, lst_price: 9.99999, list_price: 9.99999, type: 'consu' },
      display_name: '[M1] Mug',
    });
    const other = await t.odoo.create('product.product', { name: 'Cup', lst_price: 3, default_code: 'C1' });
    const parent = first((await variant(other, 'product_tmpl_id')).product_tmpl_id);
    expect(await template(parent, 'name', 'list_price', 'default_code')).toMatchObject({
      name: 'Cup',
      list_price: 3,
      default_code: 'C1',
    });
  });

  it('show changes on both sides', async () => {
    const id = await t.odoo.create('product.product', { name: 'Cup', list_price: 3 });
    const parent = first((await variant(id, 'product_tmpl_id')).product_tmpl_id);
    await t.odoo.write('product.product', [id], { name: 'Beaker', lst_price: 4, default_code: 'B1', weight: 2 });
    expect(await template(parent, 'name', 'list_price', 'default_code', 'weight')).toMatchObject({
      ...{ name: 'Beaker', list_price: 4, default_code: 'B1', weight: 2 },
    });
    await t.odoo.write('product.template', [parent], { name: 'Glass', list_price: 5, default_code: 'G1' });
    expect(await variant(id, 'name', 'lst_price', 'default_code')).toMatchObject({
      name: 'Glass',
      lst_price: 5,
      default_code: 'G1',
    });
  });

  it('archive downwards only', async () => {
    const id = await t.odoo.create('product.product', { name: 'Cup' });
    const parent = first((await variant(id, 'product_tmpl_id')).product_tmpl_id);
    await t.odoo.write('product.product', [id], { active: false });
    expect(await template(parent, 'active', 'product_variant_ids')).toMatchObject({
      active: true,
      product_variant_ids: [],
    });
    await t.odoo.write('product.template', [parent], { active: false });
    await t.odoo.write('product.template', [parent], { active: true });
    expect(await variant(id, 'active')).toMatchObject({ active: true });
  });

  it('are deleted together', async () => {
    const id = await t.odoo.create('product.product', { name: 'Cup' });
    const parent = first((await variant(id, 'product_tmpl_id')).product_tmpl_id);
    await t.odoo.call('product.product', 'unlink', [[id]]);
    expect(await t.odoo.call('product.template', 'read', [[parent], ['name']])).toEqual([]);
  });

  it('cannot be deleted once sold', async () => {
    const id = await t.odoo.create('product.product', { name: 'Cup' });
    const partner = await t.odoo.create('res.partner', { name: 'Buyer' });
    await t.odoo.create('sale.order', { partner_id: partner, order_line: [[0, 0, { product_id: id }]] });
    const fault = await faultOf(t.odoo.call('product.product', 'unlink', [[id]]));
    expect(fault.code).toBe(2);
    expect(fault.message).toContain("The troublemaker is: 'Sales Order Line' (sale.order.line)");
    const customer = await faultOf(t.odoo.call('res.partner', 'unlink', [[partner]]));
    expect(customer.message).toContain("Thanks to the following constraint: 'Customer' (partner_id)");
  });

  it('can be loaded with storable goods and services', async () => {
    const columns = ['id', 'name', 'type', 'is_storable', 'list_price', 'sale_ok', 'description_sale', 'barcode'];
    const barcode = t.unique('ean').replace(/\W/g, '');
    const answer = await t.odoo.load('product.template', columns, [
      [t.xid('good'), 'Good', 'consu', '1', '12.5', '1', 'nice', barcode],
      [t.xid('service'), 'Service', 'service', '0', 3, '0', '', ''],
    ]);
    const [good = 0, service = 0] = answer.ids || [];
    expect(
      await template(good, 'type', 'is_storable', 'list_price', 'sale_ok', 'description_sale', 'barcode'),
    ).toMatchObject({
      ...{ type: 'consu', is_storable: true, list_price: 12.5, sale_ok: true, description_sale: 'nice', barcode },
    });
    expect(await template(service, 'type', 'sale_ok', 'description_sale', 'barcode')).toMatchObject({
      ...{ type: 'service', sale_ok: false, description_sale: false, barcode: false },
    });
  });

  it('need a name', async () => {
    const answer = await t.odoo.load('product.template', ['id', 'list_price'], [[t.xid('nameless'), 1]]);
    expect(answer.messages[0]).toMatchObject({ type: 'error', record: 0, field: 'name' });
    expect(answer.messages[0]?.message).toContain(
      "required value for the field 'Name' (name).\nModel: 'Product' (product.template)",
    );
  });
});

describe('looking products up', () => {
  it('prefers the exact reference', async () => {
    const code = t.unique('REF').replace(/\W/g, '');
    const id = await t.odoo.create('product.product', { name: 'Coded', default_code: code });
    await t.odoo.create('product.product', { name: `Named like ${code}` });
    expect(await t.odoo.call('product.product', 'name_search', [code])).toEqual([[id, `[${code}] Coded`]]);
    expect(await t.odoo.call('product.product', 'search', [[['default_code', '=', code]]])).toEqual([id]);
  });

  it('sees fields of the template', async () => {
    const name = t.unique('Deep');
    const id = await t.odoo.create('product.product', { name });
    expect(await t.odoo.call('product.product', 'search', [[['name', '=', name]]])).toEqual([id]);
    expect(await t.odoo.call('product.product', 'search', [[['product_tmpl_id.name', '=', name]]])).toEqual([id]);
  });
});

describe('taxes', () => {
  it('are percentages on top, unless said otherwise', async () => {
    const id = await t.odoo.create('account.tax', { name: t.unique('VAT'), amount: 7.25 });
    expect(
      await t.odoo.one('account.tax', id, ['amount', 'amount_type', 'type_tax_use', 'price_include', 'active']),
    ).toEqual({
      ...{ id, amount: 7.25, amount_type: 'percent', type_tax_use: 'sale', price_include: false, active: true },
    });
  });

  it('have unique names', async () => {
    const vals: Struct = { name: t.unique('Twin'), amount: 1 };
    await t.odoo.create('account.tax', vals);
    const fault = await faultOf(t.odoo.create('account.tax', vals));
    expect([fault.code, fault.message.split('\n')[0]]).toEqual([2, 'Tax names must be unique!']);
  });

  it('of a product change with the country it is sold to', async () => {
    const [exports] = await t.odoo.call<Struct[]>('account.tax', 'search_read', [
      [
        ['type_tax_use', '=', 'sale'],
        ['original_tax_ids', '!=', false],
      ],
      ['original_tax_ids', 'fiscal_position_ids'],
    ]);
    if (!exports) return;
    const product = await t.odoo.create('product.product', {
      name: 'Exported',
      taxes_id: [[6, 0, exports.original_tax_ids ?? []]],
    });
    const abroad = await t.odoo.create('res.partner', { name: 'Abroad', country_id: await t.odoo.idOf('base.fr') });
    const id = await t.odoo.create('sale.order', { partner_id: abroad, order_line: [[0, 0, { product_id: product }]] });
    const { order_line: lines } = await t.odoo.one('sale.order', id, ['order_line']);
    expect((await t.odoo.one('sale.order.line', first(lines), ['tax_ids'])).tax_ids).toEqual([exports.id]);
  });
});

describe('categories', () => {
  it('show their path', async () => {
    const parent = await t.odoo.create('product.category', { name: 'Parent' });
    const child = await t.odoo.create('product.category', { name: 'Child', parent_id: parent });
    expect(await t.odoo.one('product.category', child, ['display_name', 'complete_name'])).toEqual({
      ...{ id: child, display_name: 'Parent / Child', complete_name: 'Parent / Child' },
    });
  });
});
