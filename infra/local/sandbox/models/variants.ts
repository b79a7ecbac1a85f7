import type { Orm } from '../orm.ts';
import { fieldOf } from '../schema.ts';
import { asIds, type Row, truthy, type Vals, type Value } from '../types.ts';
import { toStored } from '../values.ts';

/** Kept on the variant; a template with one variant shows them as its own. */
export const VARIANT_FIELDS = ['default_code', 'barcode', 'weight', 'volume', 'standard_price'];

/** Those of which a template keeps a copy: without a single variant it shows what was last written to it. */
const COPIED = VARIANT_FIELDS.filter((name) => fieldOf('product.template', name)?.store);

export const variantsOf = (orm: Orm, template: number): Row[] => {
  const all = [...(orm.store.lookup('product.product', 'product_tmpl_id', template) ?? [])].sort((a, b) => a - b);
  return orm.rows('product.product', all);
};

export const hasActiveVariants = (orm: Orm, template: number): boolean =>
  variantsOf(orm, template).some((row) => truthy(row.active));

/** The values a variant stands for. */
export const combinationOf = (variant: Row): number[] => asIds(variant.product_template_attribute_value_ids);

/** `combination_indices`: by it a variant is unique within its template. */
export const indicesOf = (values: number[]): string => [...values].sort((a, b) => a - b).join(',');

/** The one variant a template can speak for: of the active ones or, when there are none, of the archived. */
function onlyVariant(orm: Orm, template: number): Row | undefined {
  const all = variantsOf(orm, template);
  const active = all.filter((row) => truthy(row.active));
  const [only, another] = active.length > 0 ? active : all;
  return another ? undefined : only;
}

/** What a template shows of a field that its variant keeps. */
export function fromVariant(orm: Orm, template: number, name: string): Value {
  const only = onlyVariant(orm, template);
  if (only) return orm.value('product.product', only, name);
  return fieldOf('product.template', name)?.type === 'char' ? false : 0;
}

/** Brings a template's copies up to date with its variants, whose `written` fields changed. */
export function refreshTemplate(orm: Orm, template: number, written?: Vals): void {
  const names = COPIED.filter((name) => !written || 'product_tmpl_id' in written || name in written);
  if (names.length === 0 || !orm.row('product.template', template)) return;
  orm.patch(
    'product.template',
    template,
    Object.fromEntries(names.map((name) => [name, fromVariant(orm, template, name)])),
  );
}

/** What is written to a template stays there, whatever its variants did meanwhile, and goes to its only variant. */
export function writeThrough(orm: Orm, template: number, vals: Vals): void {
  const given = VARIANT_FIELDS.filter((name) => name in vals);
  if (given.length === 0) return;
  const copies: Vals = {};
  for (const name of given) {
    const field = fieldOf('product.template', name);
    if (field && COPIED.includes(name)) {
      copies[name] = toStored(orm, 'product.template', field, vals[name] ?? false, undefined);
    }
  }
  orm.patch('product.template', template, copies);
  const only = onlyVariant(orm, template);
  const own = Object.fromEntries(given.map((name) => [name, vals[name] ?? false]));
  if (only) orm.write('product.product', [only.id], own);
}
