import type { Behaviour } from '../behaviour.ts';
import { UserError } from '../faults.ts';
import type { Orm } from '../orm.ts';
import { floatRound } from '../rounding.ts';
import { fieldOf } from '../schema.ts';
import { asIds, type Row, truthy, type Vals, type Value } from '../types.ts';
import { lineDescription, lineSurcharge, shortDescription } from './line-description.ts';
import { computeLine, computeOrder } from './order-amounts.ts';
import { lineProgress } from './order-status.ts';
import { procure, refuseBelowDelivered } from './procurement.ts';

/** What a locked order does not let go of. */
const PROTECTED = ['discount', 'name', 'price_unit', 'product_id', 'product_uom_id', 'product_uom_qty', 'tax_ids'];

const ofOrder = (name: string) => (orm: Orm, row: Row) => orm.row('sale.order', row.order_id)?.[name] ?? false;

export const orderLine: Behaviour = {
  order: 'order_id, sequence, id',
  searchNames: ['name'],
  cascade: ['order_id'],
  displayName(orm, row) {
    const order = orm.row('sale.order', row.order_id);
    const customer = orm.row('res.partner', order?.partner_id);
    return `${order?.name ?? ''} - ${shortDescription(orm, row)} (${customer?.ref || customer?.name || ''})`;
  },
  computed: {
    state: ofOrder('state'),
    currency_id: ofOrder('currency_id'),
    company_id: ofOrder('company_id'),
    order_partner_id: ofOrder('partner_id'),
    salesman_id: ofOrder('user_id'),
    product_template_id: (orm, row) => orm.row('product.product', row.product_id)?.product_tmpl_id ?? false,
    ...lineProgress,
  },
  complete(orm, vals) {
    const derived = fromProduct(orm, vals);
    const filled: Vals = { ...derived, ...vals };
    return { ...filled, technical_price_unit: filled.price_unit ?? 0 };
  },
  created(orm, ids, given) {
    // What customers wrote is part of the name, and is there only now.
    ids.forEach((id, index) => {
      const vals = given[index] ?? {};
      const row = orm.row('sale.order.line', id);
      if (row && truthy(row.product_id) && !('name' in vals) && 'product_custom_attribute_value_ids' in vals) {
        orm.patch('sale.order.line', id, { name: lineDescription(orm, row) });
      }
    });
    recompute(orm, ids, []);
    procure(orm, orm.rows('sale.order.line', ids));
  },
  beforeWrite(orm, rows, vals) {
    const locked = rows.some((row) => truthy(orm.row('sale.order', row.order_id)?.locked));
    const touched = PROTECTED.filter((name) => name in vals);
    if (locked && touched.length > 0) {
      const labels = touched.map((name) => fieldOf('sale.order.line', name)?.string ?? name);
      throw new UserError(`It is forbidden to modify the following fields in a locked order:\n${labels.join('\n')}`);
    }
    if ('product_uom_qty' in vals) {
      for (const row of rows) refuseBelowDelivered(orm, row, Number(vals.product_uom_qty) || 0);
    }
    return vals;
  },
  written(orm, before, vals) {
    for (const row of before) follow(orm, row, vals);
    recompute(
      orm,
      before.map((row) => row.id),
      before,
    );
    if ('product_uom_qty' in vals) {
      procure(
        orm,
        orm.rows(
          'sale.order.line',
          before.map((row) => row.id),
        ),
      );
    }
  },
  beforeUnlink(orm, rows) {
    if (!rows.some((row) => orm.row('sale.order', row.order_id)?.state === 'sale' && !truthy(row.display_type))) return;
    throw new UserError(
      "Once a sales order is confirmed, you can't remove one of its lines (we need to track if something gets invoiced " +
        'or delivered).\n                Set the quantity to 0 instead.',
    );
  },
  unlinked(orm, rows) {
    for (const id of new Set(rows.map((row) => Number(row.order_id)))) computeOrder(orm, id);
  },
};

/** What a line takes from its product when it is not told. */
function fromProduct(orm: Orm, vals: Vals): Vals {
  const product = orm.row('product.product', vals.product_id);
  if (!product) return { price_unit: 0, tax_ids: [] };
  const value = (name: string) => orm.value('product.product', product, name);
  return {
    name: lineDescription(orm, vals),
    product_uom_id: value('uom_id'),
    price_unit: Number(value('lst_price')) + lineSurcharge(orm, vals),
    tax_ids: mapTaxes(orm, orm.row('sale.order', vals.order_id), asIds(value('taxes_id'))),
  };
}

/** A fiscal position replaces the taxes that others name as their originals. */
function mapTaxes(orm: Orm, order: Row | undefined, taxes: number[]): Value {
  const position = order?.fiscal_position_id;
  if (typeof position !== 'number') return taxes;
  const substitutes = [...orm.store.rows('account.tax')].filter((tax) =>
    asIds(tax.fiscal_position_ids).includes(position),
  );
  const mapped = taxes.flatMap((id) => {
    const replacing = substitutes.filter((tax) => asIds(tax.original_tax_ids).includes(id)).map((tax) => tax.id);
    return replacing.length > 0 ? replacing : [id];
  });
  return [...new Set(mapped)];
}

/** After a write: what depends on the product or the quantity, unless it was written too. */
function follow(orm: Orm, before: Row, vals: Vals): void {
  const row = orm.row('sale.order.line', before.id);
  if (!row) return;
  // Naming a field is enough: Odoo does not look whether the value is another one.
  const written = (name: string) => name in vals;
  const derived = fromProduct(orm, row);
  const patch: Vals = {};
  if (written('product_id')) {
    for (const name of ['name', 'product_uom_id', 'tax_ids'])
      if (!(name in vals)) patch[name] = derived[name] ?? row[name] ?? false;
  }
  const repriced = ['product_id', 'product_uom_id', 'product_uom_qty'].some(written);
  // A quantity written alone resets the price, unless the price was once written by hand.
  if (repriced && !('price_unit' in vals) && !hasManualPrice(orm, before)) {
    patch.price_unit = derived.price_unit ?? 0;
    patch.technical_price_unit = patch.price_unit;
  }
  orm.patch('sale.order.line', row.id, patch);
}

function hasManualPrice(orm: Orm, row: Row): boolean {
  const currency = orm.row('res.currency', orm.row('sale.order', row.order_id)?.currency_id);
  const round = (value: Value | undefined) => floatRound(Number(value) || 0, Number(currency?.rounding) || 0.01);
  return round(row.technical_price_unit) !== round(row.price_unit);
}

function recompute(orm: Orm, ids: number[], before: Row[]): void {
  const orders = new Set(before.map((row) => Number(row.order_id)));
  for (const id of ids) {
    computeLine(orm, id);
    orders.add(Number(orm.row('sale.order.line', id)?.order_id));
  }
  for (const id of orders) computeOrder(orm, id);
}
