/** Options as a store sends them with a product, and what a shopper chose of them. */
import type * as z from 'zod';
import type { lineOption, productOption } from '../../lib/opencart/snapshots.ts';
import { rig } from './pipeline.ts';

export type OptionInput = z.input<typeof productOption>;
export type ChoiceInput = z.input<typeof lineOption>;

/** Ids and names are the run's own, so that a real Odoo can be used many times. */
const own = (name: string) => `${name}-${rig.tag}`;
const english = (name: string) => [{ languageCode: 'en-gb', name }];

export interface ValueInput {
  name: string;
  price?: string;
  weightKg?: string;
  quantity?: number;
}

export function anOption(name: string, values: readonly ValueInput[], over: Partial<OptionInput> = {}): OptionInput {
  return {
    optionId: own(name),
    productOptionId: `po-${name}`,
    names: english(own(name)),
    type: 'select',
    required: true,
    values: values.map((value) => ({
      optionValueId: own(`${name}-${value.name}`),
      productOptionValueId: `pov-${value.name}`,
      names: english(value.name),
      price: value.price ?? '0.0000',
      ...(value.weightKg === undefined ? {} : { weightKg: value.weightKg }),
      ...(value.quantity === undefined ? {} : { quantity: value.quantity }),
    })),
    ...over,
  };
}

/** A choice of one of the option's values. */
export const chosen = (option: OptionInput, value: string): ChoiceInput => ({
  optionId: option.optionId,
  optionValueId: own(`${option.optionId.replace(`-${rig.tag}`, '')}-${value}`),
  type: option.type,
  name: option.names[0]?.name ?? '',
  value,
});

export const filledIn = (option: OptionInput, value: string): ChoiceInput => ({
  optionId: option.optionId,
  type: option.type,
  name: option.names[0]?.name ?? '',
  value,
});
