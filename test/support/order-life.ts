/** What the suites about an order's life share: a shop to order from, and short words for the calls. */
import { openTarget, type Target } from './odoo-target.ts';
import { faultOf, type Struct, type Wire } from './odoo-wire.ts';

/** The Odoo of the suite. */
export let t: Target;
/** The customer of all orders. */
export let partner: number;
/** Goods, goods that are counted, and a service. */
export let lamp: number;
export let chair: number;
export let shipping: number;
/** Before a suite: the Odoo to talk to, a customer and products of its own. */
export async function openShop(): Promise<void> {
  t = await openTarget();
  partner = await t.odoo.create('res.partner', { name: t.unique('Buyer') });
  const product = (name: string, vals: Struct) =>
    t.odoo.create('product.product', { name: t.unique(name), taxes_id: [[6, 0, []]], ...vals });
  lamp = await product('Lamp', {});
  chair = await product('Chair', { is_storable: true });
  shipping = await product('Shipping', { type: 'service' });
}

export const call = <T = Wire>(model: string, method: string, ids: number[], context: Struct = {}) =>
  t.odoo.call<T>(model, method, [ids], { context });
export const order = (id: number, ...fields: string[]) => t.odoo.one('sale.order', id, fields);
export const ids = async (id: number, field: string) => (await order(id, field))[field] as number[];
export const outcome = async (work: Promise<unknown>) => {
  const fault = await faultOf(work);
  return [fault.code, fault.code === 1 ? fault.lastLine : fault.message];
};

/** A confirmed order: 2 lamps at 10.00 and shipping at 4.00, or other lines. */
export async function confirmed(lines?: Struct[]): Promise<number> {
  const usual = [
    { product_id: lamp, product_uom_qty: 2, price_unit: 10 },
    { product_id: shipping, price_unit: 4 },
  ];
  const id = await t.odoo.create('sale.order', {
    ...{ partner_id: partner, client_order_ref: 'WEB-1' },
    order_line: (lines ?? usual).map((line) => [0, 0, line]),
  });
  await call('sale.order', 'action_confirm', [id]);
  return id;
}

/** The fault of a method that returns nothing: it comes after the commit. */
export const speechless = [1, 'TypeError: cannot marshal None unless allow_none is enabled'];
