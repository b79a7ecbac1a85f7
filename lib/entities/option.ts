import { optionSnapshot } from '../opencart/snapshots.ts';
import { defineEntity, translated } from '../sync/declare.ts';
import { customId, isChosen, roleOf } from './choices.ts';
import { labelTexts, nameIn } from './labels.ts';
import type { OptionValueSnapshot } from './option-value.ts';

const kinds = { variant: 'dynamic', line: 'no_variant' } as const;
const displays: Readonly<Record<string, string>> = { radio: 'radio', image: 'radio', checkbox: 'multi' };

/**
 * An attribute. Record id: the store's option id. Whether it makes variants can never change in Odoo:
 * where the setting does, another attribute is meant.
 */
export const option = defineEntity({
  name: 'option',
  label: 'Option',
  model: 'product.attribute',
  source: 'events',
  snapshot: optionSnapshot,
  title: ({ names }) => nameIn(names),
  identity: ({ type }, _, { settings }) => roleOf(type, settings),
  depends: ({ settings, dialect }) => [settings.productMode, dialect.languages],
  match: [
    {
      field: 'name',
      value: ({ names }) => nameIn(names),
      archived: false,
      reads: ['create_variant'],
      // An attribute that makes no variants cannot make them, and the other way round.
      accept: (found, { type }, { context }) =>
        (found.create_variant === 'no_variant') === (roleOf(type, context.settings) === 'line'),
    },
  ],
  carries: (
    { names, type, sortOrder, values },
    optionId,
  ): { entity: string; recordId: string; snapshot: OptionValueSnapshot }[] => {
    const option = { optionId, names, type, sortOrder };
    const custom = { option, names, sortOrder: 0, isCustom: true };
    if (!isChosen(type)) return [{ entity: 'option-value', recordId: customId(optionId), snapshot: custom }];
    return values.map(({ optionValueId, ...value }) => ({
      entity: 'option-value',
      recordId: optionValueId,
      snapshot: { option, ...value, isCustom: false },
    }));
  },
  content: ({ names, type, sortOrder }) => ({ names, type, sortOrder }),
  fields: {
    name: ({ names }) => translated(labelTexts(names)),
    sequence: ({ sortOrder }) => String(sortOrder),
  },
  initially: {
    create_variant: ({ type }, { settings }) => kinds[roleOf(type, settings)],
    display_type: ({ type }) => displays[type] ?? 'select',
  },
});
