import type { Behaviour } from '../behaviour.ts';
import { COMPANY, type Orm } from '../orm.ts';
import { asIds, type Row, truthy, type Vals, type Value } from '../types.ts';
import { quantities, STOCK_FIELDS } from './stock.ts';
import { createVariants, isDynamic, linesOfTemplate } from './variant-creation.ts';
import { fromVariant, hasActiveVariants, VARIANT_FIELDS, variantsOf, writeThrough } from './variants.ts';

const MODEL = 'product.template';

/** The sizes in which Odoo keeps an image besides the full one. */
const SMALLER = ['image_1024', 'image_512', 'image_256', 'image_128'];

const variantIds = (orm: Orm, row: Row): number[] => orm.children(row, orm.field(MODEL, 'product_variant_ids'));

/** What lies in stock of all active variants together. */
const inStock =
  (name: string) =>
  (orm: Orm, row: Row): number =>
    variantIds(orm, row).reduce((sum, id) => sum + (quantities(orm, id)[name] ?? 0), 0);

const companyCurrency = (orm: Orm): Value => orm.row('res.company', COMPANY)?.currency_id ?? false;

/** "[CODE] Name", of a template as of a variant. */
export const codedName = (code: Value, name: string): string => (code ? `[${code}] ${name}` : name);

const isConfigurable = (orm: Orm, line: Row): boolean => {
  const values = orm.rows('product.attribute.value', asIds(line.value_ids));
  const multi = orm.row('product.attribute', line.attribute_id)?.display_type === 'multi';
  return values.length > 1 || multi || values.some((value) => truthy(value.is_custom));
};

/** While a variant is made, its new template makes none. */
const makesVariants = (orm: Orm): boolean => orm.context.create_product_product !== false;

export const template: Behaviour = {
  order: 'is_favorite desc, name',
  searchNames: ['name', 'default_code', 'barcode'],
  displayName: (orm, row) => codedName(row.default_code ?? false, String(orm.value(MODEL, row, 'name') || '')),
  computed: {
    ...Object.fromEntries(SMALLER.map((name) => [name, (_orm: Orm, row: Row) => row.image_1920 ?? false])),
    ...Object.fromEntries(STOCK_FIELDS.map((name) => [name, inStock(name)])),
    barcode: (orm, row) => fromVariant(orm, row.id, 'barcode'),
    standard_price: (orm, row) => fromVariant(orm, row.id, 'standard_price'),
    product_variant_ids: variantIds,
    product_variant_id: (orm, row) => variantIds(orm, row)[0] ?? false,
    product_variant_count: (orm, row) => variantIds(orm, row).length,
    valid_product_template_attribute_line_ids: (orm, row) => linesOfTemplate(orm, row.id).map(({ id }) => id),
    is_dynamically_created: (orm, row) => isDynamic(orm, row.id),
    has_configurable_attributes: (orm, row) =>
      isDynamic(orm, row.id) || linesOfTemplate(orm, row.id).some((line) => isConfigurable(orm, line)),
    currency_id: companyCurrency,
    uom_name: (orm, row) => orm.displayName('uom.uom', Number(row.uom_id)),
  },
  created(orm, ids, given) {
    ids.forEach((id, index) => {
      writeThrough(orm, id, given[index] ?? {});
    });
    if (makesVariants(orm)) createVariants(orm, ids);
    ids.forEach((id, index) => {
      fillFirstVariant(orm, id, given[index] ?? {});
    });
  },
  written(orm, before, vals) {
    const ids = before.map(({ id }) => id);
    for (const id of ids) writeThrough(orm, id, vals);
    const woken = truthy(vals.active) && !ids.some((id) => hasActiveVariants(orm, id));
    if ((makesVariants(orm) && 'attribute_line_ids' in vals) || woken) createVariants(orm, ids);
    if ('active' in vals && !truthy(vals.active)) {
      const variants = ids.flatMap((id) => variantsOf(orm, id).map((row) => row.id));
      orm.write('product.product', variants, { active: false });
    }
  },
  beforeUnlink(orm, rows) {
    for (const row of rows) {
      const variants = variantsOf(orm, row.id).map((variant) => variant.id);
      if (variants.length > 0) orm.withContext({ keep_template: true }).unlink('product.product', variants);
    }
  },
};

/** What was given to a template that had no variant yet. */
function fillFirstVariant(orm: Orm, id: number, vals: Vals): void {
  const row = orm.row(MODEL, id);
  const lost = VARIANT_FIELDS.filter((name) => row && truthy(vals[name]) && !truthy(orm.value(MODEL, row, name)));
  if (lost.length === 0) return;
  orm.write(MODEL, [id], Object.fromEntries(lost.map((name) => [name, vals[name] ?? false])));
}
