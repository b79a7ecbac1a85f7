/** What the suites about stock share: counted goods, a place for them, and short words for counting and ordering. */
import { openTarget, type Target } from './odoo-target.ts';
import { faultOf, type Struct, type Wire } from './odoo-wire.ts';

/** The Odoo of the suite. */
export let t: Target;
/** Where the stock of the first warehouse lies. */
export let shelf: number;
export let warehouse: number;
let partner: number;

export async function openStock(): Promise<void> {
  t = await openTarget();
  const [first = {}] = await t.odoo.call<Struct[]>('stock.warehouse', 'search_read', [[], ['lot_stock_id']], {
    limit: 1,
  });
  warehouse = Number(first.id);
  shelf = Number((first.lot_stock_id as Wire[])[0]);
  partner = await t.odoo.create('res.partner', { name: t.unique('Buyer') });
}

let made = 0;
/** New goods, counted unless told otherwise. */
export const goods = (vals: Struct = { is_storable: true }): Promise<number> =>
  t.odoo.create('product.product', { name: t.unique(`Goods ${++made}`), taxes_id: [[6, 0, []]], ...vals });

/** Tells how much lies on the shelf; it counts once it is applied. */
export function count(...counts: [product: number, quantity: number][]): Promise<number[]> {
  const vals = counts.map(([product, quantity]) => ({
    ...{ product_id: product, location_id: shelf, inventory_quantity: quantity },
  }));
  return t.odoo.call('stock.quant', 'create', [vals], { context: { inventory_mode: true } });
}

/** Done or a question: the method returns nothing, which XML-RPC cannot carry. */
export async function apply(quants: number[]): Promise<Wire> {
  const answer = t.odoo.call<Wire>('stock.quant', 'action_apply_inventory', [quants]);
  const fault = await faultOf(answer).catch(() => undefined);
  return fault ? fault.lastLine : answer;
}

export const DONE = 'TypeError: cannot marshal None unless allow_none is enabled';

export const stock = async (...counts: [product: number, quantity: number][]): Promise<number[]> => {
  const quants = await count(...counts);
  await apply(quants);
  return quants;
};

/** On hand, leaving, coming, left after both, free to promise. */
export async function quantities(product: number, context: Struct = { location: shelf }): Promise<Wire[]> {
  const fields = ['qty_available', 'outgoing_qty', 'incoming_qty', 'virtual_available', 'free_qty'];
  const [row = {}] = await t.odoo.call<Struct[]>('product.product', 'read', [[product], fields], { context });
  return fields.map((field) => row[field] ?? null);
}

/** Orders and confirms: the order and its delivery. */
export async function order(
  ...lines: [product: number, quantity: number][]
): Promise<{ id: number; delivery: number }> {
  const id = await t.odoo.create('sale.order', {
    partner_id: partner,
    order_line: lines.map(([product, quantity]) => [0, 0, { product_id: product, product_uom_qty: quantity }]),
  });
  await t.odoo.call('sale.order', 'action_confirm', [[id]]);
  const { picking_ids: deliveries } = await t.odoo.one('sale.order', id, ['picking_ids']);
  return { id, delivery: (deliveries as number[])[0] ?? 0 };
}

export const validate = (delivery: number): Promise<Wire> =>
  t.odoo.call('stock.picking', 'button_validate', [[delivery]], { context: { skip_backorder: true, skip_sms: true } });

/** What the moves of a delivery got of what they need. */
export async function reserved(delivery: number): Promise<Wire[]> {
  const domain = [['picking_id', '=', delivery]];
  const rows = await t.odoo.call<Struct[]>('stock.move', 'search_read', [domain, ['quantity', 'state']], {
    order: 'id',
  });
  return rows.map((row) => [row.quantity ?? 0, row.state ?? false]);
}
