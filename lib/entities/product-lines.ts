import type { ProductSnapshot } from '../opencart/snapshots.ts';
import { many, one, type Revision, reference } from '../sync/declare.ts';
import { type Choice, choicesOf } from './choices.ts';

const keyOf = (optionId: string): string => `option_${optionId}`;

/** The attribute line of a choice. */
export const attributeLineOf = ({ optionId, values }: Choice) => ({
  key: keyOf(optionId),
  values: {
    attribute_id: one(reference('option', optionId)),
    value_ids: many(values.map(({ valueId }) => reference('option-value', valueId))),
  },
});

/**
 * A known product keeps the lines of its attributes, and loses those whose option it no longer has. What
 * was added in Odoo, such as the material it is made of, stays.
 */
export const keptLines: Revision<ProductSnapshot> = {
  reads: ['attribute_line_ids'],
  children: {
    field: 'attribute_line_ids',
    model: 'product.template.attribute.line',
    reads: ['attribute_id', 'value_ids', 'product_template_value_ids'],
    when: () => true,
    ours: {
      ...{ field: 'product_template_value_ids', model: 'product.template.attribute.value' },
      entity: 'product-option-value',
    },
  },
  revise({ children, snapshot }, { context, resolve }) {
    const choices = choicesOf(snapshot, context.settings);
    const wanted = new Map(choices.map((choice) => [resolve(reference('option', choice.optionId)), choice]));
    const kept = new Map<string, { id: number }>();
    const removed: number[] = [];
    let changed = false;
    for (const line of children) {
      const choice = wanted.get(Array.isArray(line.attribute_id) ? Number(line.attribute_id[0]) : undefined);
      if (choice === undefined || kept.has(keyOf(choice.optionId))) {
        removed.push(line.id);
        continue;
      }
      kept.set(keyOf(choice.optionId), { id: line.id });
      const values = new Set(choice.values.map(({ valueId }) => resolve(reference('option-value', valueId))));
      const held = Array.isArray(line.value_ids) ? line.value_ids : [];
      changed ||= held.length !== values.size || held.some((id) => !values.has(Number(id)));
    }
    // Odoo looks at all variants whenever lines are written, even if nothing about them is new.
    const asBefore = !changed && kept.size === choices.length;
    return { kept, removed, omitted: asBefore ? ['attribute_line_ids'] : [] };
  },
};
