/** What the suites of the whole path share: a rig, names of its own, and a look into Odoo. */
import { expect } from 'vitest';
import type { OlderVersion } from '../../infra/local/sandbox/versions/recorded.ts';
import { type Rig, startRig } from './rig.ts';
import { aCustomer, anEvent, anOrder, aProduct, type OrderInput } from './snapshots.ts';

/** The rig of the suite. */
export let rig: Rig;

export async function openRig(): Promise<void> {
  rig = await startRig();
}

/** The same where nothing is tried again but what a test sends. */
export async function openStillRig(): Promise<void> {
  rig = await startRig({ env: { FIRST_TRIAL_SECONDS: '86400' } });
}

/** The same on a sandbox that plays this version. */
export async function openRigOf(version: OlderVersion): Promise<void> {
  rig = await startRig({ sandbox: { version } });
}

export const email = (name: string) => `${name}.${rig.tag}@example.com`;
export const sku = (name: string) => `${name}-${rig.tag}`;

export const partners = (address: string) =>
  rig.odoo.searchRead(
    'res.partner',
    [
      ['email_normalized', '=', address.toLowerCase()],
      ['type', '=', 'contact'],
    ],
    ['name', 'phone', 'child_ids'],
  );
export const products = (code: string) =>
  rig.odoo.searchRead('product.product', [['default_code', '=', code]], ['name', 'list_price', 'active'], {
    archived: true,
  });
export const contact = async (id: number) =>
  (await rig.odoo.read('res.partner', [id], ['street', 'zip', 'active', 'parent_id']))[0] as Record<string, unknown>;

export async function guestOrder(orderId: string, address: string, over: object = {}) {
  const order = anOrder({ orderId, customer: aCustomer({ email: address }), ...over });
  const products = { '28': aProduct({ model: sku('kettle') }) };
  await rig.sync([anEvent('order', orderId, { ...order, products })]);
  const origin = `OpenCart ${rig.connection} #${orderId}`;
  const fields = ['partner_id', 'partner_shipping_id', 'partner_invoice_id'];
  const [found] = await rig.odoo.searchRead('sale.order', [['origin', '=', origin]], fields);
  const idOf = (value: unknown) => (value as [number, string])[0];
  return {
    partner: idOf(found?.partner_id),
    shipping: idOf(found?.partner_shipping_id),
    invoice: idOf(found?.partner_invoice_id),
  };
}

export async function orderInOdoo(orderId: string) {
  const origin = `OpenCart ${rig.connection} #${orderId}`;
  const fields = [
    'state',
    'amount_total',
    'amount_tax',
    'date_order',
    'partner_id',
    'partner_invoice_id',
    'partner_shipping_id',
    'order_line',
    'currency_id',
    'client_order_ref',
  ];
  const found = await rig.odoo.searchRead('sale.order', [['origin', '=', origin]], fields);
  expect(found).toHaveLength(1);
  return found[0] as Record<string, unknown> & { id: number };
}

export async function linesOf(orderId: number) {
  const fields = ['name', 'product_uom_qty', 'price_unit', 'tax_ids', 'price_total', 'product_id'];
  return rig.odoo.searchRead('sale.order.line', [['order_id', '=', orderId]], fields, { order: 'sequence, id' });
}

export function orderOf(name: string, over: Partial<OrderInput> = {}): OrderInput {
  const base = anOrder({ customer: aCustomer({ email: email(name) }) });
  const product = aProduct({ model: sku(name) });
  return {
    ...base,
    products: { [`p${name}`]: product },
    lines: base.lines.map((line) => ({ ...line, productId: `p${name}`, model: sku(name) })),
    ...over,
  };
}
