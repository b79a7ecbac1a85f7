import type { Behaviour } from '../behaviour.ts';
import { UserError } from '../faults.ts';
import type { Orm } from '../orm.ts';
import { asIds, type Row, truthy } from '../types.ts';

const LINE = 'product.template.attribute.line';

const linesOf = (orm: Orm, attribute: number): Row[] =>
  orm.rows(LINE, [...(orm.store.lookup(LINE, 'attribute_id', attribute) ?? [])]).filter((line) => truthy(line.active));

const templatesOf = (lines: Row[]): number[] => [...new Set(lines.map((line) => Number(line.product_tmpl_id)))];

const isSold = (orm: Orm, template: number): boolean => truthy(orm.row('product.template', template)?.active);

const productNames = (orm: Orm, templates: number[]): string =>
  orm
    .related('product.attribute', 'product_tmpl_ids', templates)
    .map((id) => orm.displayName('product.template', id))
    .join(', ');

const usesOf = (orm: Orm, attribute: Row): number =>
  linesOf(orm, attribute.id).filter((line) => isSold(orm, Number(line.product_tmpl_id))).length;

/** What products may differ in: size, colour, engraving. */
export const attribute: Behaviour = {
  order: 'sequence, id',
  computed: {
    product_tmpl_ids: (orm, row) =>
      orm.related('product.attribute', 'product_tmpl_ids', templatesOf(linesOf(orm, row.id))),
    number_related_products: usesOf,
  },
  complete: (_orm, vals) => ({ create_variant: 'always', display_type: 'radio', sequence: 20, ...vals }),
  check: (row) =>
    row.display_type === 'multi' && row.create_variant !== 'no_variant'
      ? 'Multi-checkbox display type is not compatible with the creation of variants'
      : undefined,
  beforeWrite(orm, rows, vals) {
    for (const row of rows) {
      if (!('create_variant' in vals) || vals.create_variant === row.create_variant || usesOf(orm, row) === 0) continue;
      throw new UserError(
        `You cannot change the Variants Creation Mode of the attribute ${orm.displayName('product.attribute', row.id)} ` +
          `because it is used on the following products:\n${productNames(orm, templatesOf(linesOf(orm, row.id)))}`,
      );
    }
    return vals;
  },
  beforeUnlink(orm, rows) {
    for (const row of rows) {
      if (usesOf(orm, row) === 0) continue;
      throw new UserError(
        `You cannot delete the attribute ${orm.displayName('product.attribute', row.id)} because it is used on the ` +
          `following products:\n${productNames(orm, templatesOf(linesOf(orm, row.id)))}`,
      );
    }
  },
  methods: {
    action_archive(orm, ids) {
      if (orm.rows('product.attribute', ids).some((row) => usesOf(orm, row) > 0)) {
        throw new UserError('You cannot archive this attribute as there are still products linked to it');
      }
      orm.write('product.attribute', ids, { active: false });
      return true;
    },
  },
};

/** The lines that offer a value; an archived one has let go of its values. */
const linesWith = (orm: Orm, value: Row): Row[] =>
  linesOf(orm, Number(value.attribute_id)).filter((line) => asIds(line.value_ids).includes(value.id));

const isUsed = (orm: Orm, value: Row): boolean =>
  linesWith(orm, value).some((line) => isSold(orm, Number(line.product_tmpl_id)));

const ofAttribute = (name: string) => (orm: Orm, row: Row) =>
  orm.row('product.attribute', row.attribute_id)?.[name] ?? false;

/** One of the choices of an attribute. */
export const attributeValue: Behaviour = {
  order: 'attribute_id, sequence, id',
  cascade: ['attribute_id'],
  displayName: (orm, row) =>
    `${orm.displayName('product.attribute', Number(row.attribute_id))}: ${orm.value('product.attribute.value', row, 'name')}`,
  computed: {
    display_type: ofAttribute('display_type'),
    pav_attribute_line_ids: (orm, row) => linesWith(orm, row).map(({ id }) => id),
    is_used_on_products: isUsed,
  },
  beforeWrite(orm, rows, vals) {
    for (const row of rows) {
      if (!('attribute_id' in vals) || vals.attribute_id === row.attribute_id || !isUsed(orm, row)) continue;
      const products = productNames(orm, templatesOf(linesWith(orm, row)));
      throw new UserError(
        `You cannot change the attribute of the value ${orm.displayName('product.attribute.value', row.id)} because it ` +
          `is used on the following products: ${products}`,
      );
    }
    return vals;
  },
  beforeUnlink(orm, rows) {
    for (const row of rows) {
      if (!isUsed(orm, row)) continue;
      throw new UserError(
        `You cannot delete the value ${orm.displayName('product.attribute.value', row.id)} because it is used on the ` +
          `following products:\n${productNames(orm, templatesOf(linesWith(orm, row)))}\n`,
      );
    }
  },
};
