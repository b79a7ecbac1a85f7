/** What a shopper chooses of a product's options, and what the piece costs with it. */
import Big from 'big.js';
import type { LineOption, ProductOption, ProductSnapshot } from '../../../lib/opencart/snapshots.ts';
import type { Random } from './random.ts';

const engravings = ['For Ada', 'Łucja & Jan', 'Würzburg, 1. Mai', '“Bon appétit!”'];

export function choose(
  { options, price }: Pick<ProductSnapshot, 'options' | 'price'>,
  random: Random,
): { options: LineOption[]; price: string } {
  let total = new Big(price);
  const chosen = options.flatMap((option) => {
    const values = valuesOf(option, random);
    for (const value of values) total = total.plus(value.price);
    const { optionId, type, names } = option;
    const common = { optionId, type, name: names[0]?.name ?? '' };
    if (type === 'text') return random.chance(0.6) ? [{ ...common, value: random.pick(engravings) }] : [];
    return values.map(({ optionValueId, names: [label] }) => ({ ...common, optionValueId, value: label?.name ?? '' }));
  });
  return { options: chosen, price: total.toFixed(4) };
}

function valuesOf({ type, required, values }: ProductOption, random: Random): ProductOption['values'] {
  if (type === 'checkbox') return values.filter(() => random.chance(0.4));
  return values.length > 0 && (required || random.chance(0.6)) ? [random.pick(values)] : [];
}
