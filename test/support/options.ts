/** What the suites about options share: attributes with values, and short words for loading and reading products. */
import { openTarget, type Target } from './odoo-target.ts';
import type { LoadAnswer, Struct, Wire } from './odoo-wire.ts';

/** The Odoo of the suite. */
export let t: Target;

export const openOptions = async (): Promise<void> => {
  t = await openTarget();
};

let count = 0;
/** A text that nothing else in any run uses. */
export const fresh = (name: string): string => t.unique(`${name} ${++count}`);

/** An external id that nothing else in any run uses. */
export const newXid = (): string => t.xid(`option${++count}`);

/** An attribute and its values, each a name; the ids in that order. */
export async function attributeOf(
  creation: string,
  values: string[],
  vals: Struct = {},
): Promise<[number, ...number[]]> {
  const id = await t.odoo.create('product.attribute', { name: fresh(creation), create_variant: creation, ...vals });
  const made = await t.odoo.call<number[]>('product.attribute.value', 'create', [
    values.map((name, index) => ({ name, attribute_id: id, sequence: index + 1 })),
  ]);
  return [id, ...made];
}

/** The loaded ids; throws what stood in the way. */
export function idsOf(answer: LoadAnswer): number[] {
  if (answer.ids) return answer.ids;
  throw new Error(JSON.stringify(answer.messages));
}

export const errorOf = (answer: LoadAnswer): Wire => answer.ids || (answer.messages[0]?.message ?? '');

/** An attribute line: the line itself, '' for a new one, its attribute, its values. */
export type Line = [line: number | '', attribute: number, values: number[]];

const LINE_COLUMNS = ['/.id', '/attribute_id/.id', '/value_ids/.id'].map((column) => `attribute_line_ids${column}`);

/** Loads one product with its attribute lines, the first on its own row and the others below. */
export async function loadTemplate(externalId: string, vals: Struct, lines: Line[] = []): Promise<number> {
  return idsOf(await tryTemplate(externalId, vals, lines))[0] ?? 0;
}

export function tryTemplate(externalId: string, vals: Struct, lines: Line[] = []): Promise<LoadAnswer> {
  const [columns, cells] = [Object.keys(vals), Object.values(vals)];
  const rows = lines.map(([line, attribute, values], index) => [
    ...(index === 0 ? [externalId, ...cells] : ['', ...cells.map(() => '')]),
    ...[line, attribute, values.join(',')],
  ]);
  return t.odoo.load(
    'product.template',
    ['id', ...columns, ...(lines.length > 0 ? LINE_COLUMNS : [])],
    rows.length > 0 ? rows : [[externalId, ...cells]],
  );
}

export const template = (id: number, ...fields: string[]) => t.odoo.one('product.template', id, fields);

/** A template's values by name: what the connector reads back after a load. */
export async function templateValues(id: number): Promise<Record<string, Struct & { id: number }>> {
  const fields = [
    'name',
    'product_attribute_value_id',
    'attribute_id',
    'attribute_line_id',
    'price_extra',
    'ptav_active',
  ];
  const rows = await t.odoo.call<(Struct & { id: number; name: string })[]>(
    'product.template.attribute.value',
    'search_read',
    [[['product_tmpl_id', 'in', [id]]], fields],
  );
  return Object.fromEntries(rows.map((row) => [row.name, row]));
}

/** All variants of a template, archived ones too, oldest first. */
export function variantsOf(id: number, ...fields: string[]): Promise<(Struct & { id: number })[]> {
  const domain: Wire = [
    ['product_tmpl_id', '=', id],
    ['active', 'in', [true, false]],
  ];
  return t.odoo.call('product.product', 'search_read', [domain, ['active', ...fields]], { order: 'id' });
}

const VARIANT_COLUMNS = [
  'id',
  'product_tmpl_id/.id',
  'product_template_attribute_value_ids/.id',
  'default_code',
  'active',
];

export type VariantRow = [externalId: string, template: number, values: number[], code: string, active?: boolean];

export const tryVariants = (...rows: VariantRow[]): Promise<LoadAnswer> =>
  t.odoo.load(
    'product.product',
    VARIANT_COLUMNS,
    rows.map(([externalId, id, values, code, active = true]) => [
      externalId,
      id,
      values.join(','),
      code,
      active ? '1' : '0',
    ]),
  );

export const loadVariants = async (...rows: VariantRow[]): Promise<number[]> => idsOf(await tryVariants(...rows));

export const linesOf = async (id: number): Promise<number[]> =>
  (await template(id, 'attribute_line_ids')).attribute_line_ids as number[];
