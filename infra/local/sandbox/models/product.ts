import type { Behaviour } from '../behaviour.ts';
import { SqlError, UserError } from '../faults.ts';
import type { Orm } from '../orm.ts';
import { fieldOf } from '../schema.ts';
import { asIds, type Row, truthy, type Vals, type Value } from '../types.ts';
import { quantities, STOCK_FIELDS } from './stock.ts';
import { codedName } from './template.ts';
import { isDynamic, offeredValues, valuesOfLine } from './variant-creation.ts';
import { combinationOf, indicesOf, refreshTemplate, variantsOf } from './variants.ts';

const MODEL = 'product.product';
const VALUE = 'product.template.attribute.value';

const valuesOf = (orm: Orm, row: Row): Row[] =>
  orm.rows(VALUE, orm.related(MODEL, 'product_template_attribute_value_ids', combinationOf(row)));

const surcharge = (orm: Orm, values: number[]): number =>
  orm.rows(VALUE, values).reduce((sum, value) => sum + (Number(value.price_extra) || 0), 0);

/** "M, Red": the values that tell a variant from the others of its template. */
function combinationName(orm: Orm, row: Row): string {
  const values = valuesOf(orm, row).filter(
    (value) => orm.row('product.attribute', value.attribute_id)?.create_variant !== 'no_variant',
  );
  const choices = values.every((value) => truthy(value.ptav_active)) ? offeredValues : valuesOfLine;
  const telling = values.filter((value) => choices(orm, Number(value.attribute_line_id)).length !== 1);
  return telling.map((value) => orm.value(VALUE, value, 'name')).join(', ');
}

function productName(orm: Orm, row: Row): string {
  const name = String(orm.value(MODEL, row, 'name') || '');
  const combination = combinationName(orm, row);
  return codedName(row.default_code ?? false, combination ? `${name} (${combination})` : name);
}

/** What a variant's values say about its template. */
function templateValues(vals: Vals, extra: number): Vals {
  const values: Vals = {};
  for (const [name, value] of Object.entries(vals)) {
    if (name === 'lst_price') values.list_price = Number(value) - extra;
    else if (!fieldOf(MODEL, name)?.store && fieldOf('product.template', name)) values[name] = value;
  }
  return values;
}

const variantValues = (vals: Vals): Vals =>
  Object.fromEntries(Object.entries(vals).filter(([name]) => name === 'id' || fieldOf(MODEL, name)?.store));

/** The values that `[[6, 0, ids]]` sets. */
function givenCombination(vals: Vals): number[] {
  const { product_template_attribute_value_ids: commands } = vals;
  const [command] = Array.isArray(commands) ? commands : [];
  return Array.isArray(command) && command[0] === 6 ? asIds(command[2]) : [];
}

export const product: Behaviour = {
  order: 'default_code, name, id',
  searchNames: ['name', 'default_code', 'barcode'],
  delegate: { field: 'product_tmpl_id', model: 'product.template' },
  displayName: productName,
  computed: {
    ...Object.fromEntries(
      STOCK_FIELDS.map((name) => [name, (orm: Orm, row: Row) => quantities(orm, row.id)[name] ?? 0]),
    ),
    lst_price: (orm, row) =>
      Number(orm.row('product.template', row.product_tmpl_id)?.list_price ?? 0) + surcharge(orm, combinationOf(row)),
    price_extra: (orm, row) => surcharge(orm, combinationOf(row)),
    combination_indices: (_orm, row) => indicesOf(combinationOf(row)),
    product_template_variant_value_ids: (orm, row) =>
      valuesOf(orm, row)
        .filter(
          (value) => asIds(orm.row('product.template.attribute.line', value.attribute_line_id)?.value_ids).length > 1,
        )
        .map(({ id }) => id),
    code: (_orm, row) => row.default_code ?? false,
    partner_ref: productName,
  },
  prepare(orm, vals) {
    const values = templateValues(vals, surcharge(orm, givenCombination(vals)));
    let id = Number(vals.product_tmpl_id) || 0;
    if (!id) [id = 0] = orm.withContext({ create_product_product: false }).create('product.template', [values]);
    else if (Object.keys(values).length > 0) orm.write('product.template', [id], values);
    return { ...variantValues(vals), product_tmpl_id: id };
  },
  created(orm, ids) {
    for (const id of templatesOf(orm.rows(MODEL, ids))) refreshTemplate(orm, id);
  },
  beforeWrite(orm, rows, vals) {
    for (const row of rows) {
      const values = templateValues(vals, surcharge(orm, combinationOf(row)));
      if (Object.keys(values).length > 0) orm.write('product.template', [Number(row.product_tmpl_id)], values);
    }
    return variantValues(vals);
  },
  written(orm, before, vals) {
    for (const id of templatesOf(before)) refreshTemplate(orm, id, vals);
  },
  /** The last variant takes its template along, unless more may be made on demand. */
  unlinked(orm, rows) {
    if (orm.context.keep_template) return;
    for (const id of templatesOf(rows)) {
      if (!orm.row('product.template', id)) continue;
      refreshTemplate(orm, id);
      if (variantsOf(orm, id).length === 0 && !isDynamic(orm, id)) orm.unlink('product.template', [id]);
    }
  },
  validate(orm, ids, fields) {
    const rows = orm.rows(MODEL, ids);
    if (['product_tmpl_id', 'product_template_attribute_value_ids', 'active'].some((name) => fields.has(name))) {
      for (const id of templatesOf(rows)) refuseSameCombination(orm, id);
    }
    if (fields.has('barcode')) refuseSharedBarcodes(orm, rows);
  },
  name_search(orm, name, operator, limit) {
    for (const field of ['default_code', 'barcode']) {
      const exact = orm.search(MODEL, [[field, '=', name]], { limit });
      if (exact.length > 0 && !operator.startsWith('not')) return exact;
    }
    return undefined;
  },
};

const templatesOf = (rows: Row[]): number[] => [...new Set(rows.map((row) => Number(row.product_tmpl_id)))];

/** A template has one active variant for each combination of values. */
function refuseSameCombination(orm: Orm, template: number): void {
  const seen = new Set<string>();
  for (const row of variantsOf(orm, template).filter((each) => truthy(each.active))) {
    const indices = indicesOf(combinationOf(row));
    if (seen.has(indices)) {
      const text = 'duplicate key value violates unique constraint "product_product_combination_unique"\nDETAIL:  Key ';
      const key = `(product_tmpl_id, combination_indices)=(${template}, ${indices})`;
      throw new SqlError('check', MODEL, '', `${text}${key} already exists.\n`);
    }
    seen.add(indices);
  }
}

function refuseSharedBarcodes(orm: Orm, rows: Row[]): void {
  const texts: string[] = [];
  const barcodes = new Set<Value | undefined>(rows.map((row) => row.barcode));
  for (const barcode of barcodes) {
    if (typeof barcode !== 'string' || !barcode) continue;
    const holders = orm.search(MODEL, [['barcode', '=', barcode]], { order: 'id' });
    if (holders.length < 2) continue;
    const names = holders.map((id) => orm.displayName(MODEL, id));
    const listed = names.length === 2 ? names.join(' and ') : `${names.slice(0, -1).join(', ')}, and ${names.at(-1)}`;
    texts.push(`- Barcode "${barcode}" already assigned to product(s): ${listed}`);
  }
  if (texts.length === 0) return;
  const note = "Note: products that you don't have access to will not be shown above.";
  throw new UserError(`Barcode(s) already assigned:\n\n${texts.join('\n')}\n\n${note}`);
}
