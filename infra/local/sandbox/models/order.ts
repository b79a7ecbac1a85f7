import type { Behaviour } from '../behaviour.ts';
import { UserError } from '../faults.ts';
import { COMPANY, now, type Orm } from '../orm.ts';
import { type Row, truthy, type Vals, type Value } from '../types.ts';
import { cancelInvoices } from './invoice.ts';
import { computeLine, computeOrder, linesOf } from './order-amounts.ts';
import { invoicesOf, orderProgress, pickingsOf } from './order-status.ts';
import { addressOf } from './partner.ts';
import { cancelMoves, movesOfPicking } from './picking-state.ts';
import { procureOrder } from './procurement.ts';

const VALIDITY_DAYS = 30;

export const order: Behaviour = {
  order: 'date_order desc, id desc',
  searchNames: ['name'],
  computed: {
    country_code: (orm) => orm.row('res.country', orm.row('res.company', COMPANY)?.country_id)?.code ?? false,
    tax_calculation_rounding_method: (orm) => orm.session.taxRounding,
    tax_country_id: (orm) => orm.row('res.company', COMPANY)?.country_id ?? false,
    access_url: (_orm, row) => `/my/orders/${row.id}`,
    type_name: (_orm, row) => (row.state === 'sale' ? 'Sales Order' : 'Quotation'),
    delivery_set: (orm, row) => linesOf(orm, row.id).some((line) => truthy(line.is_delivery)),
    ...orderProgress,
  },
  complete(orm, vals) {
    const filled = { ...generalDefaults(orm), ...partnerDefaults(orm, vals), ...vals };
    if (filled.name === 'New') filled.name = `S${String(orm.store.next('sale.order.name')).padStart(5, '0')}`;
    if (!truthy(filled.date_order)) filled.date_order = now();
    return { ...filled, currency_id: currencyOf(orm, filled) };
  },
  created(orm, ids) {
    for (const id of ids) computeOrder(orm, id);
  },
  beforeWrite(orm, rows, vals) {
    if ('pricelist_id' in vals && rows.some((row) => row.state === 'sale')) {
      throw new UserError('You cannot change the pricelist of a confirmed order !');
    }
    return 'partner_id' in vals ? { ...partnerDefaults(orm, vals), ...vals } : vals;
  },
  written(orm, before, vals) {
    for (const { id } of before) {
      const row = orm.row('sale.order', id);
      if (!row) continue;
      if ('pricelist_id' in vals || 'partner_id' in vals)
        orm.patch('sale.order', id, { currency_id: currencyOf(orm, row) });
      for (const line of linesOf(orm, id)) if ('pricelist_id' in vals) computeLine(orm, line.id);
      computeOrder(orm, id);
    }
  },
  beforeUnlink(_orm, rows) {
    if (rows.every((row) => row.state === 'draft' || row.state === 'cancel')) return;
    throw new UserError('You can not delete a sent quotation or a confirmed sales order. You must first cancel it.');
  },
  methods: {
    action_confirm(orm, ids) {
      const rows = orm.rows('sale.order', ids);
      if (rows.some((row) => row.state !== 'draft' && row.state !== 'sent')) {
        throw new UserError('Some orders are not in a state requiring confirmation.');
      }
      if (
        rows.some((row) => linesOf(orm, row.id).some((line) => !truthy(line.display_type) && !truthy(line.product_id)))
      ) {
        throw new UserError('Some order lines are missing a product, you need to correct them before going further.');
      }
      setState(orm, rows, { state: 'sale', date_order: now() });
      for (const { id } of rows) procureOrder(orm, id);
      return true;
    },
    action_cancel(orm, ids) {
      const rows = orm.rows('sale.order', ids);
      if (rows.some((row) => truthy(row.locked))) {
        throw new UserError('You cannot cancel a locked order. Please unlock it first.');
      }
      setState(orm, rows, { state: 'cancel' });
      for (const { id } of rows) dropOpen(orm, id);
      return true;
    },
    action_draft(orm, ids) {
      const rows = orm.rows('sale.order', ids).filter((row) => row.state === 'cancel' || row.state === 'sent');
      setState(orm, rows, { state: 'draft' });
      return true;
    },
    action_quotation_sent(orm, ids) {
      const rows = orm.rows('sale.order', ids);
      if (rows.some((row) => row.state !== 'draft'))
        throw new UserError('Only draft orders can be marked as sent directly.');
      setState(orm, rows, { state: 'sent' });
      return null;
    },
    action_lock(orm, ids) {
      setState(orm, orm.rows('sale.order', ids), { locked: true });
      return null;
    },
    action_unlock(orm, ids) {
      setState(orm, orm.rows('sale.order', ids), { locked: false });
      return null;
    },
  },
};

/** Open deliveries and draft invoices go with their order; what was shipped or posted stays. */
function dropOpen(orm: Orm, id: number): void {
  for (const picking of pickingsOf(orm, id)) cancelMoves(orm, movesOfPicking(orm, picking.id));
  const drafts = invoicesOf(orm, id).filter((invoice) => orm.row('account.move', invoice)?.state === 'draft');
  cancelInvoices(orm, drafts);
}

function setState(orm: Orm, rows: Row[], vals: Vals): void {
  const ids = rows.map((row) => row.id);
  if (ids.length > 0) orm.write('sale.order', ids, vals);
}

function generalDefaults(orm: Orm): Vals {
  const validity = new Date(Date.now() + VALIDITY_DAYS * 86_400_000).toISOString().slice(0, 10);
  return {
    ...{ date_order: now(), validity_date: validity, user_id: orm.uid, team_id: 1, warehouse_id: 1 },
    ...{ require_signature: true, require_payment: false, prepayment_percent: 1, currency_rate: 1 },
    ...{ amount_untaxed: 0, amount_tax: 0, amount_total: 0 },
  };
}

/** What Odoo derives from the customer when it is not given. */
function partnerDefaults(orm: Orm, vals: Vals): Vals {
  const id = Number(vals.partner_id) || 0;
  const row = orm.row('res.partner', id);
  if (!row) return {};
  const shipping = Number(vals.partner_shipping_id) || addressOf(orm, id, 'delivery');
  return {
    partner_invoice_id: addressOf(orm, id, 'invoice'),
    partner_shipping_id: shipping,
    fiscal_position_id: fiscalPosition(orm, row, orm.row('res.partner', shipping) ?? row),
    pricelist_id: orm.search('product.pricelist', [], { limit: 1 })[0] ?? false,
  };
}

/** The first automatic fiscal position for the country of delivery; none for a customer without a country. */
function fiscalPosition(orm: Orm, customer: Row, delivery: Row): Value {
  if (!truthy(customer.country_id)) return false;
  const positions = orm.rows(
    'account.fiscal.position',
    orm.search('account.fiscal.position', [], { order: 'sequence, id' }),
  );
  const fits = (row: Row) => !truthy(row.country_id) || row.country_id === delivery.country_id;
  return positions.find((row) => truthy(row.auto_apply) && fits(row))?.id ?? false;
}

/** Only the pricelist decides an order's currency. */
function currencyOf(orm: Orm, vals: Vals): Value {
  const pricelist = orm.row('product.pricelist', vals.pricelist_id);
  return pricelist?.currency_id ?? orm.row('res.company', COMPANY)?.currency_id ?? false;
}
