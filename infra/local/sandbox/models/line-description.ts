import type { Orm } from '../orm.ts';
import { asIds, type Row, truthy, type Vals } from '../types.ts';

const VALUE = 'product.template.attribute.value';

/** What a line is called unless it is told: its product, the description for customers, then what was chosen. */
export function lineDescription(caller: Orm, line: Vals | Row): string {
  const orm = caller.withContext(languageOfOrder(caller, line));
  const product = orm.row('product.product', line.product_id);
  if (!product) return '';
  const name = orm.displayName('product.product', product.id);
  const description = orm.value('product.product', product, 'description_sale');
  const head = description ? `${name}\n${description}` : name;
  return [head, ...choices(orm, line)].join('\n');
}

/** A line in short: what somebody wrote under the product's name, else the product. */
export function shortDescription(caller: Orm, line: Row): string {
  const orm = caller.withContext(languageOfOrder(caller, line));
  const [first = '', second] = String(line.name || '').split('\n');
  const product = Number(line.product_id);
  if (!product) return first;
  const own = line.name === lineDescription(orm, line) ? '' : second;
  return own || orm.displayName('product.product', product);
}

/** A line speaks the language of its customer, whoever writes it. */
function languageOfOrder(orm: Orm, line: Vals | Row): Vals {
  const partner = orm.row('res.partner', orm.row('sale.order', line.order_id)?.partner_id);
  return partner && truthy(partner.lang) ? { lang: partner.lang ?? false } : {};
}

/** The chosen values that make no variants, check boxes together, and what the customer wrote. */
function choices(orm: Orm, line: Vals | Row): string[] {
  const isMulti = (value: Row) => orm.value(VALUE, value, 'display_type') === 'multi';
  const written = orm.rows('product.attribute.custom.value', customValuesOf(orm, line));
  const named = new Set(written.map((custom) => custom.custom_product_template_attribute_value_id));
  const chosen = valuesOf(orm, line).filter((value) => isMulti(value) || choiceCount(orm, value) > 1);
  const single = chosen.filter((value) => !isMulti(value) && !named.has(value.id));
  const texts = single.map((value) => orm.displayName(VALUE, value.id));
  const multi = chosen.filter(isMulti);
  for (const attribute of new Set(multi.map((value) => Number(value.attribute_id)))) {
    const values = multi.filter((value) => value.attribute_id === attribute);
    const list = values.map((value) => orm.value(VALUE, value, 'name')).join(', ');
    texts.push(`${orm.displayName('product.attribute', attribute)}: ${list}`);
  }
  return [...texts, ...written.map((custom) => orm.displayName('product.attribute.custom.value', custom.id))];
}

const valuesOf = (orm: Orm, line: Vals | Row): Row[] => {
  const ids = asIds(line.product_no_variant_attribute_value_ids);
  return orm.rows(VALUE, orm.related('sale.order.line', 'product_no_variant_attribute_value_ids', ids));
};

const customValuesOf = (orm: Orm, line: Vals | Row): number[] =>
  typeof line.id === 'number'
    ? orm.children(line as Row, orm.field('sale.order.line', 'product_custom_attribute_value_ids'))
    : [];

/** Nothing was chosen where there is but one value. */
const choiceCount = (orm: Orm, value: Row): number =>
  asIds(orm.row('product.template.attribute.line', value.attribute_line_id)?.value_ids).length;

/** What the values chosen on a line add to its price; those of another product do not count. */
export function lineSurcharge(orm: Orm, line: Vals | Row): number {
  const template = orm.row('product.product', line.product_id)?.product_tmpl_id;
  return orm
    .rows(VALUE, asIds(line.product_no_variant_attribute_value_ids))
    .filter((value) => truthy(template) && value.product_tmpl_id === template)
    .reduce((sum, value) => sum + (Number(value.price_extra) || 0), 0);
}
