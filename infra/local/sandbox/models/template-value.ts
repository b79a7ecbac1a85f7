import type { Behaviour } from '../behaviour.ts';
import { SqlError } from '../faults.ts';
import type { Orm } from '../orm.ts';
import { asIds, type Row, truthy, type Vals, type Value } from '../types.ts';
import { tryUnlink } from '../unlink.ts';
import { createVariants, unlinkOrArchive, valuesOfLine } from './variant-creation.ts';
import { combinationOf, variantsOf } from './variants.ts';

const MODEL = 'product.template.attribute.value';
const LINE = 'product.template.attribute.line';

const ofValue =
  (name: string) =>
  (orm: Orm, row: Row): Value => {
    const value = orm.row('product.attribute.value', row.product_attribute_value_id);
    return value ? orm.value('product.attribute.value', value, name) : false;
  };

const variantsWith = (orm: Orm, { id, product_tmpl_id: template }: Row): Row[] =>
  variantsOf(orm, Number(template)).filter((variant) => combinationOf(variant).includes(id));

/** A value as one template offers it, with its surcharge. */
export const templateValue: Behaviour = {
  order: 'attribute_line_id, product_attribute_value_id, id',
  cascade: ['attribute_line_id', 'product_tmpl_id', 'product_attribute_value_id'],
  displayName: (orm, row) =>
    `${orm.displayName('product.attribute', Number(row.attribute_id))}: ${ofValue('name')(orm, row)}`,
  computed: {
    name: ofValue('name'),
    is_custom: ofValue('is_custom'),
    display_type: ofValue('display_type'),
    html_color: ofValue('html_color'),
    ptav_product_variant_ids: (orm, row) =>
      orm.related(
        MODEL,
        'ptav_product_variant_ids',
        variantsWith(orm, row).map(({ id }) => id),
      ),
  },
  complete(orm, vals) {
    const line = orm.row(LINE, vals.attribute_line_id);
    const ofLine = { product_tmpl_id: line?.product_tmpl_id ?? false, attribute_id: line?.attribute_id ?? false };
    return { ptav_active: true, price_extra: 0, ...vals, ...ofLine };
  },
  beforeUnlink: refuseUsedValues,
  /** Variants with these values go too; what is still needed elsewhere is only set aside. */
  unlink(orm, rows, remove) {
    const active = (row: Row) => variantsWith(orm, row).filter((variant) => truthy(variant.active));
    for (const row of rows.filter((each) => valuesOfLine(orm, Number(each.attribute_line_id)).length === 1)) {
      for (const { id } of active(row)) {
        orm.write('product.product', [id], { product_template_attribute_value_ids: [[3, row.id, 0]] });
      }
    }
    unlinkOrArchive(orm, [...new Set(rows.flatMap((row) => active(row).map(({ id }) => id)))]);
    for (const { id } of rows) {
      if (!tryUnlink(orm, () => remove([id]))) orm.patch(MODEL, id, { ptav_active: false });
    }
  },
};

/** Variants and order lines keep the values they mention. */
export function refuseUsedValues(orm: Orm, rows: Row[]): void {
  for (const row of rows) {
    for (const variant of variantsOf(orm, Number(row.product_tmpl_id))) {
      if (combinationOf(variant).includes(row.id)) {
        throw new SqlError('foreign-key', 'product.product', 'product_template_attribute_value_ids');
      }
      const lines = orm.rows('sale.order.line', [
        ...(orm.store.lookup('sale.order.line', 'product_id', variant.id) ?? []),
      ]);
      if (lines.some((line) => asIds(line.product_no_variant_attribute_value_ids).includes(row.id))) {
        throw new SqlError('foreign-key', 'sale.order.line', 'product_no_variant_attribute_value_ids');
      }
    }
  }
}

/** `_update_product_template_attribute_values`: makes, revives and removes values until they are those of the lines. */
export function updateTemplateValues(orm: Orm, lines: number[]): void {
  const drop = new Set<number>();
  const make: Vals[] = [];
  for (const line of orm.rows(LINE, lines)) {
    const missing = new Set(asIds(orm.value(LINE, line, 'value_ids')));
    for (const row of valuesOfLine(orm, line.id)) {
      const offered = missing.delete(Number(row.product_attribute_value_id));
      if (!offered && truthy(row.ptav_active)) drop.add(row.id);
      if (offered !== truthy(row.ptav_active)) orm.patch(MODEL, row.id, { ptav_active: offered });
    }
    for (const value of missing) {
      const retired = retiredValue(orm, line, value);
      if (retired) {
        orm.patch(MODEL, retired, { ptav_active: true, attribute_line_id: line.id });
        drop.delete(retired);
      } else make.push(newValue(orm, line, value));
    }
  }
  if (drop.size > 0) orm.unlink(MODEL, [...drop]);
  orm.create(MODEL, make);
  createVariants(orm, new Set(orm.rows(LINE, lines).map((line) => Number(line.product_tmpl_id))));
}

/** The same value on another, deleted or archived, line of the template. */
function retiredValue(orm: Orm, line: Row, value: number): number | undefined {
  const rows = orm.rows(MODEL, [...(orm.store.lookup(MODEL, 'product_tmpl_id', Number(line.product_tmpl_id)) ?? [])]);
  return rows.find((row) => !truthy(row.ptav_active) && row.product_attribute_value_id === value)?.id;
}

const newValue = (orm: Orm, line: Row, value: number): Vals => ({
  ...{ product_attribute_value_id: value, attribute_line_id: line.id },
  price_extra: orm.row('product.attribute.value', value)?.default_extra_price ?? 0,
});
