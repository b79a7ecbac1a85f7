import type { Orm } from '../orm.ts';
import { lineAmounts, orderAmounts, type TaxedLine } from '../tax-engine.ts';
import { asIds, type Row, truthy } from '../types.ts';

export const linesOf = (orm: Orm, order: number): Row[] => {
  const ids = [...(orm.store.lookup('sale.order.line', 'order_id', order) ?? [])].sort((a, b) => a - b);
  const rows = orm.rows('sale.order.line', ids);
  return rows.sort((a, b) => Number(a.sequence) - Number(b.sequence) || a.id - b.id);
};

/** What amounts are rounded to: the currency of the order, which its pricelist decides. */
export function roundingOf(orm: Orm, order: Row | undefined): number {
  return Number(orm.row('res.currency', order?.currency_id)?.rounding) || 0.01;
}

/** A line as the tax engine takes it. */
export function taxed(orm: Orm, line: Row): TaxedLine {
  return {
    quantity: Number(line.product_uom_qty) || 0,
    priceUnit: Number(line.price_unit) || 0,
    discount: Number(line.discount) || 0,
    taxes: orm.rows('account.tax', asIds(line.tax_ids)).map((tax) => ({
      ...{ id: tax.id, sequence: Number(tax.sequence), type: String(tax.amount_type), amount: Number(tax.amount) },
      ...{ includeBase: truthy(tax.include_base_amount), baseAffected: truthy(tax.is_base_affected) },
    })),
  };
}

export function computeLine(orm: Orm, id: number): void {
  const [line] = orm.rows('sale.order.line', [id]);
  if (!line) return;
  const step = roundingOf(orm, orm.row('sale.order', line.order_id));
  const amounts = lineAmounts(taxed(orm, line), step, orm.session.taxRounding);
  orm.patch('sale.order.line', id, {
    price_subtotal: amounts.subtotal,
    price_total: amounts.total,
    price_tax: amounts.tax,
  });
}

export function computeOrder(orm: Orm, id: number): void {
  const order = orm.row('sale.order', id);
  if (!order) return;
  const lines = linesOf(orm, id).filter((line) => !truthy(line.display_type));
  const amounts = orderAmounts(
    lines.map((line) => taxed(orm, line)),
    roundingOf(orm, order),
    orm.session.taxRounding,
  );
  orm.patch('sale.order', id, {
    ...{ amount_untaxed: amounts.untaxed, amount_tax: amounts.tax, amount_total: amounts.total },
  });
}
