import type { Client } from './client.ts';
import type { Known } from './known.ts';
import { findOrCreate, naiveAddress } from './naive.ts';
import * as make from './records.ts';
import { contactVals, orderVals } from './vals.ts';

export type Target = 'CONFIRM' | 'DONE';

/** Customer, address, a search for each product, the order with its lines, and on to its state. */
export async function naiveOrder(
  client: Client,
  { data }: make.BenchRecord<make.Order>,
  known: Known,
  target: Target,
): Promise<void> {
  const partner = await findOrCreate(client, 'res.partner', { email: data.customer.email }, contactVals(data.customer));
  if (data.shippingAddress === undefined) throw new Error('An order of the bench is shipped.');
  const address = await naiveAddress(client, data.shippingAddress, partner, known);
  for (const { model = '' } of data.lines) await client.search('product.product', [['default_code', '=', model]]);
  const [found] = await client.search('sale.order', [['client_order_ref', '=', data.orderId]]);
  const order = found?.id ?? (await client.create('sale.order', orderVals(data, { partner, address }, known)));
  await client.call('sale.order', 'action_confirm', [[order]]);
  // Confirming sets it to now.
  await client.call('sale.order', 'write', [[order], { date_order: make.PLACED_AT }]);
  if (target === 'DONE') await finish(client, [order], known);
}

/** Invoiced, paid, delivered and locked. */
export async function finish(client: Client, orders: readonly number[], { journal }: Known): Promise<void> {
  const wizard = await client.create('sale.advance.payment.inv', {
    ...{ advance_payment_method: 'delivered', consolidated_billing: false, sale_order_ids: [[6, 0, orders]] },
  });
  await client.call('sale.advance.payment.inv', 'create_invoices', [[wizard]]);
  const found = await client.search('sale.order', [['id', 'in', orders]], ['invoice_ids']);
  const invoices = found.flatMap(({ invoice_ids }) => invoice_ids as number[]);
  await client.call('account.move', 'action_post', [invoices]);
  const today = new Date().toISOString().slice(0, 10);
  const register = await client.create(
    'account.payment.register',
    { journal_id: journal, payment_date: today, group_payment: false },
    { active_model: 'account.move', active_ids: invoices },
  );
  await client.call('account.payment.register', 'action_create_payments', [[register]]);

  const ofOrders = [['picking_id.sale_id', 'in', orders]] as const;
  const moves = await client.search('stock.move', ofOrders, ['product_uom_qty', 'picking_id']);
  const rows = moves.map(({ id, product_uom_qty }) => [id, Number(product_uom_qty), '1']);
  await client.load('stock.move', ['.id', 'quantity', 'picked'], rows);
  const pickings = [...new Set(moves.map(({ picking_id }) => (picking_id as [number, string])[0]))];
  const context = { skip_backorder: true, skip_sms: true };
  await client.call('stock.picking', 'button_validate', [pickings], context);
  await client.call('sale.order', 'action_lock', [orders]);
}
