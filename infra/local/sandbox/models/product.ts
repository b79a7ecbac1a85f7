import type { Behaviour } from '../behaviour.ts';
import { UserError } from '../faults.ts';
import { COMPANY, type Orm } from '../orm.ts';
import { fieldOf } from '../schema.ts';
import { type Row, truthy, type Vals, type Value } from '../types.ts';

/** Kept on the variant; a template with one variant shows them as its own. */
const VARIANT_FIELDS = ['default_code', 'barcode', 'weight', 'volume', 'standard_price'];

const variantsOf = (orm: Orm, template: Row): Row[] => {
  const all = [...(orm.store.lookup('product.product', 'product_tmpl_id', template.id) ?? [])].sort((a, b) => a - b);
  return orm.rows('product.product', all);
};

/** The variants that are not archived or, when all are, all. */
const shownVariants = (orm: Orm, template: Row): Row[] => {
  const all = variantsOf(orm, template);
  const active = all.filter((row) => truthy(row.active));
  return active.length > 0 ? active : all;
};

function fromVariant(name: string) {
  return (orm: Orm, row: Row): Value => {
    const [only, another] = shownVariants(orm, row);
    const empty = fieldOf('product.template', name)?.type === 'char' ? false : 0;
    return only && !another ? orm.value('product.product', only, name) : empty;
  };
}

const activeVariants = (orm: Orm, row: Row): number[] =>
  variantsOf(orm, row)
    .filter((variant) => truthy(variant.active) || orm.context.active_test === false)
    .map((variant) => variant.id);

const companyCurrency = (orm: Orm): Value => orm.row('res.company', COMPANY)?.currency_id ?? false;

const codedName = (orm: Orm, model: string, row: Row): string => {
  const code = orm.value(model, row, 'default_code');
  const name = String(orm.value(model, row, 'name') || '');
  return code ? `[${code}] ${name}` : name;
};

export const template: Behaviour = {
  order: 'is_favorite desc, name',
  searchNames: ['name', 'default_code', 'barcode'],
  displayName: (orm, row) => codedName(orm, 'product.template', row),
  computed: {
    ...Object.fromEntries(VARIANT_FIELDS.map((name) => [name, fromVariant(name)])),
    product_variant_ids: activeVariants,
    product_variant_id: (orm, row) => activeVariants(orm, row)[0] ?? false,
    product_variant_count: (orm, row) => activeVariants(orm, row).length,
    currency_id: companyCurrency,
    uom_name: (orm, row) => orm.displayName('uom.uom', Number(row.uom_id)),
  },
  /** Every template gets its variant, unless a variant is what is being made. */
  created(orm, ids, given) {
    if (orm.context.create_product_product) return;
    ids.forEach((id, index) => {
      const vals = given[index] ?? {};
      const own = Object.fromEntries(
        [...VARIANT_FIELDS, 'active'].filter((name) => name in vals).map((name) => [name, vals[name] ?? false]),
      );
      orm.create('product.product', [{ ...own, product_tmpl_id: id }]);
    });
  },
  beforeWrite(orm, rows, vals) {
    const own = VARIANT_FIELDS.filter((name) => name in vals);
    for (const row of rows) {
      const variants = shownVariants(orm, row).map((variant) => variant.id);
      if (variants.length === 1 && own.length > 0) {
        orm.write('product.product', variants, Object.fromEntries(own.map((name) => [name, vals[name] ?? false])));
      }
      if ('active' in vals) {
        const all = variantsOf(orm, row).map((variant) => variant.id);
        orm.write('product.product', all, { active: vals.active ?? false });
      }
    }
    return vals;
  },
  beforeUnlink(orm, rows) {
    for (const row of rows) {
      const variants = variantsOf(orm, row).map((variant) => variant.id);
      if (variants.length > 0) orm.withContext({ keep_template: true }).unlink('product.product', variants);
    }
  },
};

/** What a variant's values say about its template. */
function templateValues(vals: Vals): Vals {
  const values: Vals = {};
  for (const [name, value] of Object.entries(vals)) {
    if (name === 'lst_price') values.list_price = value;
    else if (!fieldOf('product.product', name)?.store && fieldOf('product.template', name)) values[name] = value;
  }
  return values;
}

const variantValues = (vals: Vals): Vals =>
  Object.fromEntries(Object.entries(vals).filter(([name]) => name === 'id' || fieldOf('product.product', name)?.store));

export const product: Behaviour = {
  order: 'default_code, name, id',
  searchNames: ['name', 'default_code', 'barcode'],
  delegate: { field: 'product_tmpl_id', model: 'product.template' },
  displayName: (orm, row) => codedName(orm, 'product.product', row),
  computed: {
    lst_price: (orm, row) => orm.row('product.template', row.product_tmpl_id)?.list_price ?? 0,
    code: (_orm, row) => row.default_code ?? false,
    partner_ref: (orm, row) => codedName(orm, 'product.product', row),
  },
  prepare(orm, vals) {
    const values = templateValues(vals);
    let id = Number(vals.product_tmpl_id) || 0;
    if (!id) [id = 0] = orm.withContext({ create_product_product: true }).create('product.template', [values]);
    else if (Object.keys(values).length > 0) orm.write('product.template', [id], values);
    return { ...variantValues(vals), product_tmpl_id: id };
  },
  beforeWrite(orm, rows, vals) {
    const values = templateValues(vals);
    if (Object.keys(values).length > 0) {
      orm.write('product.template', [...new Set(rows.map((row) => Number(row.product_tmpl_id)))], values);
    }
    return variantValues(vals);
  },
  /** The last variant takes its template along. */
  unlinked(orm, rows) {
    if (orm.context.keep_template) return;
    for (const { product_tmpl_id: id } of rows) {
      const parent = orm.row('product.template', id);
      if (parent && variantsOf(orm, parent).length === 0) orm.unlink('product.template', [parent.id]);
    }
  },
  validate(orm, ids, fields) {
    if (fields.has('barcode')) refuseSharedBarcodes(orm, ids);
  },
  name_search(orm, name, operator, limit) {
    for (const field of ['default_code', 'barcode']) {
      const exact = orm.search('product.product', [[field, '=', name]], { limit });
      if (exact.length > 0 && !operator.startsWith('not')) return exact;
    }
    return undefined;
  },
};

function refuseSharedBarcodes(orm: Orm, ids: number[]): void {
  const texts: string[] = [];
  const barcodes = new Set(orm.rows('product.product', ids).map((row) => row.barcode));
  for (const barcode of barcodes) {
    if (typeof barcode !== 'string' || !barcode) continue;
    const holders = orm.search('product.product', [['barcode', '=', barcode]], { order: 'id' });
    if (holders.length < 2) continue;
    const names = orm.rows('product.product', holders).map((row) => orm.displayName('product.product', row.id));
    const listed = names.length === 2 ? names.join(' and ') : `${names.slice(0, -1).join(', ')}, and ${names.at(-1)}`;
    texts.push(`- Barcode "${barcode}" already assigned to product(s): ${listed}`);
  }
  if (texts.length === 0) return;
  const note = "Note: products that you don't have access to will not be shown above.";
  throw new UserError(`Barcode(s) already assigned:\n\n${texts.join('\n')}\n\n${note}`);
}
