import * as z from 'zod';
import { optionSnapshot } from '../opencart/snapshots.ts';
import { defineEntity, type Need, one, reference, translated } from '../sync/declare.ts';
import { type Choice, roleOf } from './choices.ts';
import { labelTexts, nameIn } from './labels.ts';

const optionValueSnapshot = z.object({
  option: optionSnapshot.pick({ names: true, type: true, sortOrder: true }).extend({ optionId: z.string() }),
  names: optionSnapshot.shape.names,
  sortOrder: z.int(),
  /** Shoppers fill in what they like. */
  isCustom: z.boolean(),
});
export type OptionValueSnapshot = z.output<typeof optionValueSnapshot>;

/** The values of choices, each with its option: which attribute is theirs depends on what it is today. */
export const valueNeeds = (choices: readonly Choice[]): Need[] => [
  ...choices.map(({ optionId, option }) => ({ entity: 'option', recordId: optionId, snapshot: option })),
  ...choices.flatMap(({ optionId, option, values }) =>
    values.map(({ valueId, names, sortOrder, isCustom }) => ({
      entity: 'option-value',
      recordId: valueId,
      snapshot: { option: { optionId, ...option }, names, sortOrder, isCustom },
    })),
  ),
];

/** An attribute value. Record id: the store's option value id, or one of those in `choices.ts`. */
export const optionValue = defineEntity({
  name: 'option-value',
  label: 'Option value',
  model: 'product.attribute.value',
  source: 'carried',
  snapshot: optionValueSnapshot,
  title: ({ option, names }) => `${nameIn(option.names)}: ${nameIn(names)}`,
  identity: ({ option }, _, { settings }) => roleOf(option.type, settings),
  depends: ({ dialect }) => dialect.languages,
  // Odoo refuses two values of one name in an attribute: they are one.
  aliases: ({ option, names }) => [`name:${option.optionId}:${nameIn(names).trim().toLowerCase()}`],
  needs: ({ option: { optionId, ...option } }) => [{ entity: 'option', recordId: optionId, snapshot: option }],
  content: ({ option: _, ...own }) => own,
  match: [
    {
      field: 'attribute_id',
      value: ({ option }) => reference('option', option.optionId),
      archived: false,
      reads: ['name'],
      accept: (found, { names }) => String(found.name).trim().toLowerCase() === nameIn(names).trim().toLowerCase(),
    },
  ],
  fields: {
    name: ({ names }) => translated(labelTexts(names)),
    sequence: ({ sortOrder }) => String(sortOrder),
  },
  initially: {
    attribute_id: ({ option }) => one(reference('option', option.optionId)),
    is_custom: ({ isCustom }) => isCustom,
  },
});
