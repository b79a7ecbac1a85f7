/** Ways to deliver, and what they are on an order. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTarget, type Target } from '../support/odoo-target.ts';
import type { Struct } from '../support/odoo-wire.ts';

let t: Target;
let shipping: number;
beforeAll(async () => {
  t = await openTarget();
  shipping = await service('Shipping');
});
afterAll(() => t.close());

const service = (name: string) =>
  t.odoo.create('product.product', { name: t.unique(name), type: 'service', list_price: 4 });

const COLUMNS = ['id', 'name', 'product_id/.id', 'delivery_type', 'fixed_price', 'active'];

async function loadCarrier(name: string, product: number, price = 4.5, active = '1'): Promise<number> {
  const row = [t.xid(name), t.unique(name), product, 'fixed', price, active];
  const { ids, messages } = await t.odoo.load('delivery.carrier', COLUMNS, [row]);
  if (!ids) throw new Error(JSON.stringify(messages));
  return ids[0] ?? 0;
}

describe('a carrier', () => {
  it('is loaded repeatably and found by its name', async () => {
    const product = await service('Parcel');
    const id = await loadCarrier('parcel', product);
    expect(await loadCarrier('parcel', product, 5.5)).toBe(id);
    const fields = ['name', 'product_id', 'delivery_type', 'fixed_price', 'active', 'sequence'];
    expect(await t.odoo.call('delivery.carrier', 'search_read', [[['name', '=', t.unique('parcel')]], fields])).toEqual(
      [
        {
          ...{ id, name: t.unique('parcel'), product_id: [product, t.unique('Parcel')], delivery_type: 'fixed' },
          ...{ fixed_price: 5.5, active: true, sequence: 10 },
        },
      ],
    );
  });

  it('is found archived only when asked for', async () => {
    const id = await loadCarrier('old', shipping, 0, '0');
    const search = (context: Struct) =>
      t.odoo.call('delivery.carrier', 'search', [[['name', '=', t.unique('old')]]], { context });
    expect(await search({})).toEqual([]);
    expect(await search({ active_test: false })).toEqual([id]);
  });

  it('has its price on its product, so carriers of one product share it', async () => {
    const product = await service('Shared');
    const first = await loadCarrier('first', product, 4.5);
    const second = await loadCarrier('second', product, 6);
    expect(await t.odoo.call('delivery.carrier', 'read', [[first, second], ['fixed_price']])).toEqual([
      { id: first, fixed_price: 6 },
      { id: second, fixed_price: 6 },
    ]);
    expect(await t.odoo.one('product.product', product, ['list_price'])).toEqual({ id: product, list_price: 6 });
  });

  it('needs a name and a product, but no price', async () => {
    const load = (fields: string[], row: (string | number)[]) => t.odoo.load('delivery.carrier', fields, [row]);
    const nameless = await load(['id', 'product_id/.id'], [t.xid('nameless'), shipping]);
    expect(nameless.messages).toMatchObject([{ type: 'error', record: 0, field: 'name' }]);
    expect(nameless.messages[0]?.message).toContain(
      "field 'Delivery Method' (name).\nModel: 'Shipping Methods' (delivery.carrier)",
    );
    const bare = await load(['id', 'name'], [t.xid('bare'), 'Bare']);
    expect(bare.messages).toMatchObject([{ type: 'error', record: 0, field: 'product_id' }]);
    const free = await load(['id', 'name', 'product_id/.id'], [t.xid('free'), 'Free', await service('Free')]);
    expect(
      await t.odoo.one('delivery.carrier', (free.ids || [])[0] ?? 0, ['delivery_type', 'fixed_price']),
    ).toMatchObject({
      ...{ delivery_type: 'fixed', fixed_price: 4 },
    });
  });
});

describe('an order', () => {
  const columns = ['id', 'partner_id/.id', 'carrier_id/.id', 'warehouse_id/.id', 'order_line/id'];
  const lineColumns = ['order_line/product_id/.id', 'order_line/price_unit', 'order_line/is_delivery'];

  it('is loaded with its carrier, its warehouse and a line for the delivery', async () => {
    const carrier = await loadCarrier('dhl', shipping);
    const goods = await t.odoo.create('product.product', { name: t.unique('Goods') });
    const partner = await t.odoo.create('res.partner', { name: t.unique('Buyer') });
    const [warehouse = 0] = await t.odoo.call<number[]>('stock.warehouse', 'search', [[]], { limit: 1 });
    const answer = await t.odoo.load(
      'sale.order',
      [...columns, ...lineColumns],
      [
        [t.xid('order'), partner, carrier, warehouse, t.xid('line1'), goods, 9, '0'],
        ['', '', '', '', t.xid('line2'), shipping, 5, '1'],
      ],
    );
    const [id = 0] = answer.ids || [];
    const read = () => t.odoo.one('sale.order', id, ['carrier_id', 'warehouse_id', 'delivery_set']);
    expect(await read()).toEqual({
      ...{
        id,
        carrier_id: [carrier, t.unique('dhl')],
        warehouse_id: [warehouse, expect.any(String)],
        delivery_set: true,
      },
    });
    const lines = [[['order_id', '=', id]], ['is_delivery', 'price_unit']];
    expect(await t.odoo.call('sale.order.line', 'search_read', lines)).toMatchObject([
      { is_delivery: false, price_unit: 9 },
      { is_delivery: true, price_unit: 5 },
    ]);
    await t.odoo.call('sale.order', 'action_confirm', [[id]]);
    const deliveries = [[['sale_id', '=', id]], ['carrier_id']];
    expect(await t.odoo.call('stock.picking', 'search_read', deliveries)).toMatchObject([
      { carrier_id: [carrier, t.unique('dhl')] },
    ]);
    // What is on its way keeps the carrier it left with.
    await t.odoo.load('sale.order', ['id', 'carrier_id/.id'], [[t.xid('order'), '']]);
    expect(await read()).toMatchObject({ carrier_id: false, delivery_set: true });
    expect(await t.odoo.call('stock.picking', 'search_read', deliveries)).toMatchObject([
      { carrier_id: [carrier, t.unique('dhl')] },
    ]);
  });
});
