import type { Behaviour } from '../behaviour.ts';
import { SqlError } from '../faults.ts';
import type { Orm } from '../orm.ts';
import type { Row } from '../types.ts';

const MODEL = 'product.attribute.custom.value';

function named(orm: Orm, row: Row): string {
  const value = orm.displayName(
    'product.template.attribute.value',
    Number(row.custom_product_template_attribute_value_id),
  );
  return `${value}: ${String(row.custom_value || '').trim()}`;
}

/** What a customer wrote for a value that asks for it. */
export const customValue: Behaviour = {
  order: 'custom_product_template_attribute_value_id, id',
  cascade: ['sale_order_line_id'],
  displayName: named,
  computed: { name: named },
  validate(orm, ids) {
    for (const row of orm.rows(MODEL, ids)) refuseSecond(orm, row);
  },
};

function refuseSecond(orm: Orm, row: Row): void {
  const { sale_order_line_id: line, custom_product_template_attribute_value_id: value } = row;
  if (typeof line !== 'number') return;
  const others = orm.rows(MODEL, [...(orm.store.lookup(MODEL, 'sale_order_line_id', line) ?? [])]);
  if (!others.some((other) => other.id !== row.id && other.custom_product_template_attribute_value_id === value))
    return;
  throw new SqlError(
    'check',
    MODEL,
    '',
    'Only one Custom Value is allowed per Attribute Value per Sales Order Line.',
    'duplicate key value violates unique constraint "product_attribute_custom_value_sol_custom_value_unique"\n' +
      `DETAIL:  Key (custom_product_template_attribute_value_id, sale_order_line_id)=(${value}, ${line}) already exists.\n`,
  );
}
