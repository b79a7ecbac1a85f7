import type { Behaviour } from '../behaviour.ts';
import { UserError } from '../faults.ts';
import type { Orm } from '../orm.ts';
import { sortIds } from '../search.ts';
import { lineAmounts, orderAmounts } from '../tax-engine.ts';
import { asIds, type Row, truthy, type Vals, type Value, type Wire } from '../types.ts';
import { createInvoice } from './invoice.ts';
import { linesOf, roundingOf, taxed } from './order-amounts.ts';
import { quantityToInvoice } from './order-status.ts';

const NOTHING =
  'Cannot create an invoice. No items are available to invoice.\n\n' +
  'To resolve this issue, please ensure that:\n' +
  '   • The products have been delivered before attempting to invoice them.\n' +
  '   • The invoicing policy of the product is configured correctly.\n\n' +
  'If you want to invoice based on ordered quantities instead:\n' +
  "   • For consumable or storable products, open the product, go to the 'General Information' tab and change the " +
  "'Invoicing Policy' from 'Delivered Quantities' to 'Ordered Quantities'.\n" +
  "   • For services (and other products), change the 'Invoicing Policy' to 'Prepaid/Fixed Price'.\n";

/** The wizard that turns confirmed orders into draft invoices. */
export const invoicingWizard: Behaviour = {
  complete: (orm, vals) => ({
    ...{ advance_payment_method: 'delivered', consolidated_billing: true, deduct_down_payments: true },
    sale_order_ids: orm.context.active_model === 'sale.order' ? asIds(orm.context.active_ids) : [],
    ...vals,
  }),
  methods: {
    create_invoices(orm, ids): Wire {
      const [wizard] = orm.rows('sale.advance.payment.inv', ids.slice(0, 1));
      if (!wizard) throw new UserError(NOTHING);
      const orders = orm.rows('sale.order', sortIds(orm, 'sale.order', asIds(wizard.sale_order_ids), undefined));
      const invoices = invoiceOrders(orm, orders, truthy(wizard.consolidated_billing));
      return viewInvoices(orders, invoices);
    },
  },
};

/** One invoice per order or, consolidated, per customer and currency. */
function invoiceOrders(orm: Orm, orders: Row[], consolidated: boolean): number[] {
  const groups = new Map<string, { order: Row; lines: Row[] }[]>();
  for (const order of orders) {
    const lines = invoiceable(orm, order);
    if (!lines.some((line) => !truthy(line.display_type))) continue;
    const alike = [order.partner_invoice_id, order.partner_shipping_id, order.currency_id, order.fiscal_position_id];
    const key = consolidated ? JSON.stringify(alike) : String(order.id);
    groups.set(key, [...(groups.get(key) ?? []), { order, lines }]);
  }
  if (groups.size === 0) throw new UserError(NOTHING);
  return [...groups.values()].map((group) => invoiceGroup(orm, group));
}

/** Notes go along; headings only with what stands below them. */
function invoiceable(orm: Orm, order: Row): Row[] {
  const found: Row[] = [];
  let heading: Row | undefined;
  for (const line of linesOf(orm, order.id)) {
    if (line.display_type === 'line_section' || line.display_type === 'line_subsection') heading = line;
    else if (line.display_type === 'line_note' || quantityToInvoice(orm, line) !== 0) {
      if (heading) found.push(heading);
      heading = undefined;
      found.push(line);
    }
  }
  return found;
}

function invoiceGroup(orm: Orm, group: { order: Row; lines: Row[] }[]): number {
  const lines = group.flatMap((each) => each.lines);
  const texts = (field: string) => [...new Set(group.map(({ order }) => order[field]).filter(truthy))].join(', ');
  const order = group[0]?.order as Row;
  const priced = lines.filter((line) => !truthy(line.display_type));
  const step = roundingOf(orm, order);
  const amounts = (sign: number) =>
    orderAmounts(
      priced.map((line) => ({ ...taxed(orm, line), quantity: sign * quantityToInvoice(orm, line) })),
      step,
      orm.session.taxRounding,
    );
  // An invoice over less than nothing is a credit note.
  const sign = amounts(1).total < 0 ? -1 : 1;
  const { untaxed, tax, total } = amounts(sign);
  const vals: Vals = {
    ...{ move_type: sign < 0 ? 'out_refund' : 'out_invoice', currency_id: order.currency_id ?? false },
    ...{ amount_untaxed: untaxed, amount_tax: tax, amount_total: total, amount_residual: total },
    ...{ invoice_origin: texts('name'), ref: texts('client_order_ref') || false, narration: order.note ?? false },
    ...{ partner_id: order.partner_invoice_id ?? false, partner_shipping_id: order.partner_shipping_id ?? false },
    ...{ fiscal_position_id: order.fiscal_position_id ?? false, invoice_user_id: order.user_id ?? false },
  };
  return createInvoice(
    orm,
    vals,
    lines.map((line) => invoiceLineOf(orm, line, sign, step)),
  );
}

function invoiceLineOf(orm: Orm, line: Row, sign: number, step: number): Vals {
  const display = line.display_type || 'product';
  const shared: Vals = { name: line.name ?? false, display_type: display, sale_line_ids: [line.id] };
  if (display !== 'product') return shared;
  const quantity = sign * quantityToInvoice(orm, line);
  const amounts = lineAmounts({ ...taxed(orm, line), quantity }, step, orm.session.taxRounding);
  return {
    ...shared,
    ...{ product_id: line.product_id ?? false, product_uom_id: line.product_uom_id ?? false, quantity },
    ...{ price_unit: line.price_unit ?? 0, discount: line.discount ?? 0, tax_ids: line.tax_ids ?? [] },
    ...{ price_subtotal: amounts.subtotal, price_total: amounts.total },
  };
}

/**
 * What the web client is to show next. For a single order Odoo adds its payment terms, and where there are none that
 * is a None which XML-RPC cannot carry.
 */
function viewInvoices(orders: Row[], invoices: number[]): Wire {
  const [order] = orders;
  if (orders.length === 1 && !truthy(order?.payment_term_id)) return null;
  const action = {
    ...{ name: 'Invoices', type: 'ir.actions.act_window', res_model: 'account.move' },
    context: { default_move_type: 'out_invoice' },
  };
  const [only = 0] = invoices;
  const domain: Value = [['id', 'in', invoices]];
  return invoices.length === 1 ? { ...action, res_id: only } : { ...action, res_id: 0, domain: domain as Wire };
}
