import type { Behaviour } from '../behaviour.ts';
import { UserError } from '../faults.ts';
import type { Orm } from '../orm.ts';
import { asIds, type Row, truthy, type Vals } from '../types.ts';
import { tryUnlink } from '../unlink.ts';
import { refuseUsedValues, updateTemplateValues } from './template-value.ts';
import { createVariants, offeredValues, valuesOfLine } from './variant-creation.ts';

const MODEL = 'product.template.attribute.line';

const productName = (orm: Orm, row: Row) => orm.displayName('product.template', Number(row.product_tmpl_id));
const attributeName = (orm: Orm, row: Row) => orm.displayName('product.attribute', Number(row.attribute_id));

/** An attribute of a template, with the values that are offered. */
export const attributeLine: Behaviour = {
  order: 'sequence, attribute_id, id',
  cascade: ['product_tmpl_id'],
  displayName: attributeName,
  computed: { value_count: (_orm, row) => asIds(row.value_ids).length },
  complete: (_orm, vals) => ({ sequence: 10, ...vals }),
  /** An archived line of the same attribute comes back, and with it what was sold of it. */
  reuse(orm, vals) {
    const { product_tmpl_id: template, attribute_id: attribute, id: _, ...rest } = vals;
    const known = orm.store.lookup(MODEL, 'product_tmpl_id', Number(template)) ?? [];
    const archived = orm
      .rows(MODEL, [...known])
      .find((row) => !truthy(row.active) && row.attribute_id === Number(attribute));
    if (!archived) return undefined;
    // The values follow once all lines of the batch are there.
    orm.withContext({ update_product_template_attribute_values: false }).write(MODEL, [archived.id], {
      active: true,
      ...rest,
    });
    return archived.id;
  },
  // The values are checked before anything follows from them.
  created(orm, ids) {
    for (const row of orm.rows(MODEL, ids)) refuseWrongValues(orm, row);
    if (orm.context.create_product_product !== false) updateTemplateValues(orm, ids);
  },
  beforeWrite(orm, rows, vals) {
    for (const row of rows) refuseMove(orm, row, vals);
    return 'active' in vals && !truthy(vals.active) ? { ...vals, value_ids: [[5, 0, 0]] } : vals;
  },
  written(orm, before) {
    const ids = before.map(({ id }) => id);
    for (const row of orm.rows(MODEL, ids)) refuseWrongValues(orm, row);
    if (orm.context.update_product_template_attribute_values !== false) updateTemplateValues(orm, ids);
  },
  beforeUnlink(orm, rows) {
    for (const { id } of rows) refuseUsedValues(orm, valuesOfLine(orm, id));
  },
  unlink(orm, rows, remove) {
    const values = rows.flatMap(({ id }) => offeredValues(orm, id).map((value) => value.id));
    if (values.length > 0) orm.unlink('product.template.attribute.value', values);
    const kept = rows.filter(({ id }) => !tryUnlink(orm, () => remove([id])));
    if (kept.length > 0) {
      orm.write(
        MODEL,
        kept.map(({ id }) => id),
        { active: false },
      );
    }
    const done = new Set(kept.map((row) => row.product_tmpl_id));
    const templates = new Set(rows.map((row) => Number(row.product_tmpl_id)));
    createVariants(
      orm,
      [...templates].filter((id) => !done.has(id)),
    );
  },
};

function refuseMove(orm: Orm, row: Row, vals: Vals): void {
  if ('product_tmpl_id' in vals && Number(vals.product_tmpl_id) !== row.product_tmpl_id) {
    throw new UserError(
      `You cannot move the attribute ${attributeName(orm, row)} from the product ${productName(orm, row)} to the ` +
        `product ${vals.product_tmpl_id}.`,
    );
  }
  if ('attribute_id' in vals && Number(vals.attribute_id) !== row.attribute_id) {
    throw new UserError(
      `On the product ${productName(orm, row)} you cannot transform the attribute ${attributeName(orm, row)} into the ` +
        `attribute ${vals.attribute_id}.`,
    );
  }
}

function refuseWrongValues(orm: Orm, row: Row): void {
  const values = orm.rows('product.attribute.value', asIds(row.value_ids));
  if (truthy(row.active) && values.length === 0) {
    throw new UserError(
      `The attribute ${attributeName(orm, row)} must have at least one value for the product ${productName(orm, row)}.`,
    );
  }
  const foreign = values.find((value) => value.attribute_id !== row.attribute_id);
  if (!foreign) return;
  throw new UserError(
    `On the product ${productName(orm, row)} you cannot associate the value ` +
      `${orm.displayName('product.attribute.value', foreign.id)} with the attribute ${attributeName(orm, row)} because ` +
      'they do not match.',
  );
}
