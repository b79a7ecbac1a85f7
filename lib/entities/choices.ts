/**
 * What shoppers choose on a product, in Odoo's terms. An option is an attribute, its values are
 * attribute values, and each choice of a product is an attribute line. OpenCart knows no variants;
 * they are the combinations of those options of which exactly one value is chosen.
 */
import { groupBy } from '../collections.ts';
import type {
  LineOption,
  OptionSnapshot,
  OptionType,
  OrderLine,
  ProductOption,
  ProductSnapshot,
} from '../opencart/snapshots.ts';
import type { SyncContext } from '../sync/declare.ts';
import { nameIn } from './labels.ts';

type Settings = SyncContext['settings'];

/** `variant`: each value makes variants; `line`: what was chosen stands on the order's line. */
export const roles = ['variant', 'line'] as const;
export type Role = (typeof roles)[number];

const ONE_OF = new Set<OptionType>(['select', 'radio', 'image']);
const SOME_OF = new Set<OptionType>([...ONE_OF, 'checkbox']);

/** Several values can be ticked, and texts have no values: neither can make variants. */
export const roleOf = (type: OptionType, { productMode }: Pick<Settings, 'productMode'>): Role =>
  productMode === 'variant' && ONE_OF.has(type) ? 'variant' : 'line';

export const isChosen = (type: OptionType): boolean => SOME_OF.has(type);

/** Record id of the value that stands for no choice at all, or for what is filled in. */
const noneId = (optionId: string) => `none:${optionId}`;
export const customId = (optionId: string) => `custom:${optionId}`;

/** A value of a choice: `valueId` is the record id of its attribute value. */
export interface ChoiceValue {
  valueId: string;
  /** Other values of the option that go by the same name: in Odoo they are this one. */
  alike?: readonly string[];
  names: OptionSnapshot['names'];
  sortOrder: number;
  isCustom: boolean;
  price: string;
  weightKg: string;
  quantity: number | undefined;
}

export interface Choice {
  optionId: string;
  option: Pick<OptionSnapshot, 'names' | 'type' | 'sortOrder'>;
  role: Role;
  values: readonly ChoiceValue[];
}

/** The choices of a product. An option that stands on it twice is one choice with the values of both. */
export function choicesOf({ options }: ProductSnapshot, settings: Settings): Choice[] {
  const choices = new Map<string, Choice>();
  for (const option of options) {
    const { optionId, names, type, sortOrder } = option;
    const role = roleOf(type, settings);
    const present = choices.get(optionId);
    const values = new Map(
      [...(present?.values ?? []), ...valuesOf(option, role)].map((value) => [value.valueId, value]),
    );
    const distinct = distinctValues([...values.values()]);
    choices.set(optionId, { optionId, option: { names, type, sortOrder }, role, values: distinct });
  }
  return [...choices.values()].filter(({ values }) => values.length > 0);
}

function valuesOf(option: ProductOption, role: Role): ChoiceValue[] {
  const { optionId, type, required, names } = option;
  const plain = { sortOrder: 0, isCustom: false, price: '0', weightKg: '0', quantity: undefined };
  if (!isChosen(type)) return [{ ...plain, valueId: customId(optionId), names, isCustom: true }];
  const values = option.values.map(({ optionValueId, productOptionValueId: _, quantity, ...value }) => {
    return { ...value, valueId: optionValueId, isCustom: false, quantity };
  });
  // A variant has a value of each attribute: who need not choose has chosen this one.
  const none = { ...plain, valueId: noneId(optionId), names: [{ languageCode: '', name: '—' }] };
  return role === 'variant' && !required && values.length > 0 ? [none, ...values] : values;
}

/** One value of each name: those of one name are one in Odoo, and the first one counts. */
function distinctValues(values: readonly ChoiceValue[]): ChoiceValue[] {
  const groups = groupBy(values, ({ names }) => nameIn(names).trim().toLowerCase());
  return [...groups.values()].flatMap(([first, ...others]) => {
    const alike = others.flatMap((other) => [other.valueId, ...(other.alike ?? [])]);
    if (first === undefined || alike.length === 0) return first ?? [];
    return [{ ...first, alike: [...(first.alike ?? []), ...alike] }];
  });
}

const isValue = ({ valueId, alike = [] }: ChoiceValue, id: string | undefined): boolean =>
  valueId === id || (id !== undefined && alike.includes(id));

/** Record id of the product's own attribute value (with its surcharge). */
export const productValueId = (productId: string, valueId: string): string => `${productId}:${valueId}`;

/** Record id of a variant; without a choice it is the product's only one. */
export const variantId = (productId: string, valueIds: readonly string[]): string =>
  valueIds.length === 0 ? productId : `${productId}:${[...valueIds].sort().join('-')}`;

/** The combinations that make a product's variants; undefined where they are more than the limit. */
export function combinationsOf(choices: readonly Choice[], limit: number): ChoiceValue[][] | undefined {
  const making = choices.filter(({ role }) => role === 'variant');
  if (making.reduce((count, { values }) => count * values.length, 1) > Math.max(limit, 1)) return undefined;
  return making.reduce<ChoiceValue[][]>(
    (combinations, { values }) => combinations.flatMap((one) => values.map((value) => [...one, value])),
    [[]],
  );
}

/** The values by which a line's shopper chose a variant; undefined: the product no longer has them. */
export function chosenVariant(line: Pick<OrderLine, 'options'>, choices: readonly Choice[]): ChoiceValue[] | undefined {
  const chosen: ChoiceValue[] = [];
  for (const { optionId, role, values } of choices) {
    if (role !== 'variant') continue;
    const option = line.options.find((one) => one.optionId === optionId);
    const valueId = option === undefined ? noneId(optionId) : option.optionValueId;
    const value = values.find((one) => isValue(one, valueId));
    if (value === undefined) return undefined;
    chosen.push(value);
  }
  return chosen;
}

/** What a line's shopper chose or filled in without making another variant. */
export function chosenOnLine(
  line: Pick<OrderLine, 'options'>,
  choices: readonly Choice[],
): { value: ChoiceValue; option: LineOption }[] {
  return choices
    .filter(({ role }) => role === 'line')
    .flatMap(({ optionId, values }) =>
      line.options
        .filter((option) => option.optionId === optionId)
        .flatMap((option) => {
          const value = values.find((one) => one.isCustom || isValue(one, option.optionValueId));
          return value === undefined ? [] : [{ value, option }];
        }),
    );
}
