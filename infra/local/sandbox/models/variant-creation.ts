import type { Orm } from '../orm.ts';
import { asIds, type Row, truthy, type Vals } from '../types.ts';
import { tryUnlink } from '../unlink.ts';
import { combinationOf, indicesOf, variantsOf } from './variants.ts';

const LINE = 'product.template.attribute.line';
const VALUE = 'product.template.attribute.value';

/** The values of a line on its template, also those no longer offered. */
export const valuesOfLine = (orm: Orm, line: number): Row[] =>
  orm.rows(
    VALUE,
    orm.related(LINE, 'product_template_value_ids', [...(orm.store.lookup(VALUE, 'attribute_line_id', line) ?? [])]),
  );

export const offeredValues = (orm: Orm, line: number): Row[] =>
  valuesOfLine(orm, line).filter((value) => truthy(value.ptav_active));

/** A template's active lines that have values. */
export function linesOfTemplate(orm: Orm, template: number): Row[] {
  const ids = [...(orm.store.lookup(LINE, 'product_tmpl_id', template) ?? [])];
  const rows = orm.rows(LINE, orm.related('product.template', 'attribute_line_ids', ids));
  return rows.filter((line) => truthy(line.active) && asIds(line.value_ids).length > 0);
}

const creation = (orm: Orm, line: Row) => orm.row('product.attribute', line.attribute_id)?.create_variant;

export const isDynamic = (orm: Orm, template: number): boolean =>
  linesOfTemplate(orm, template).some((line) => creation(orm, line) === 'dynamic');

/** `_create_variant_ids`: makes, revives and removes variants until they are what the attribute lines ask for. */
export function createVariants(orm: Orm, templates: Iterable<number>): void {
  const make: Vals[] = [];
  const revive: number[] = [];
  const drop: number[] = [];
  for (const template of templates) {
    const lines = linesOfTemplate(orm, template).filter((line) => creation(orm, line) !== 'no_variant');
    const offered = lines.map((line) => offeredValues(orm, line.id));
    addSingleValues(orm, template, lines, offered);
    const known = byCombination(orm, template);
    const keep = new Set<number>();
    for (const wanted of isDynamic(orm, template) ? possible(known, offered) : combinations(offered)) {
      const variant = known.get(indicesOf(wanted));
      if (variant) keep.add(variant.id);
      else make.push(variantValues(orm, template, wanted));
    }
    for (const { id, active } of variantsOf(orm, template)) {
      if (!keep.has(id)) drop.push(id);
      else if (!truthy(active)) revive.push(id);
    }
  }
  if (revive.length > 0) orm.write('product.product', revive, { active: true });
  if (make.length > 0) orm.create('product.product', make);
  unlinkOrArchive(orm, drop);
}

const variantValues = (orm: Orm, template: number, values: number[]): Vals => ({
  ...{ product_tmpl_id: template, product_template_attribute_value_ids: [[6, 0, values]] },
  active: orm.row('product.template', template)?.active ?? true,
});

/** A line with one value goes onto the variants there are, so that they need not be made anew. */
function addSingleValues(orm: Orm, template: number, lines: Row[], offered: Row[][]): void {
  const single = offered.flatMap((values) => (values.length === 1 ? values.map(({ id }) => id) : []));
  if (single.length === 0) return;
  for (const variant of variantsOf(orm, template)) {
    const before = combinationOf(variant);
    const all = [...new Set([...before, ...single])];
    if (all.length === before.length || all.length !== lines.length) continue;
    const covered = new Set(all.map((id) => orm.row(VALUE, id)?.attribute_line_id));
    if (!lines.every(({ id }) => covered.has(id))) continue;
    orm.write('product.product', [variant.id], { product_template_attribute_value_ids: [[6, 0, all]] });
  }
}

/** Of several variants with the same values the oldest active one counts. */
function byCombination(orm: Orm, template: number): Map<string, Row> {
  const all = variantsOf(orm, template);
  all.sort((a, b) => Number(truthy(a.active)) - Number(truthy(b.active)) || b.id - a.id);
  return new Map(all.map((variant) => [indicesOf(combinationOf(variant)), variant]));
}

/** Every choice of one value per line. */
function combinations(offered: Row[][]): number[][] {
  let all: number[][] = [[]];
  for (const values of offered) all = all.flatMap((head) => values.map(({ id }) => [...head, id]));
  return all;
}

/** The combinations that exist and take exactly one offered value from every line. */
function possible(known: Map<string, Row>, offered: Row[][]): number[][] {
  return [...known.values()].map(combinationOf).filter((values) => {
    const chosen = new Set(values);
    return values.length === offered.length && offered.every((line) => line.some(({ id }) => chosen.has(id)));
  });
}

/** Variants that were sold, or that anything else needs, are archived instead. */
export function unlinkOrArchive(orm: Orm, variants: number[]): void {
  for (const id of variants) {
    const [sold] = orm.store.lookup('sale.order.line', 'product_id', id) ?? [];
    if (!sold && tryUnlink(orm, () => orm.unlink('product.product', [id]))) continue;
    if (truthy(orm.row('product.product', id)?.active)) orm.write('product.product', [id], { active: false });
  }
}
