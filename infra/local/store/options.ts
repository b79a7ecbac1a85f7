/** What can be chosen in the demo store, and what each product offers of it. */
import {
  type OptionSnapshot,
  type OptionType,
  optionSnapshot,
  type ProductOption,
  productOption,
} from '../../../lib/opencart/snapshots.ts';

interface Option {
  id: string;
  type: OptionType;
  english: string;
  german: string;
  values: Readonly<Record<string, string>>;
}

const options = {
  size: { id: '11', type: 'select', english: 'Size', german: 'Größe', values: { S: 'S', M: 'M', L: 'L', XL: 'XL' } },
  colour: {
    ...{ id: '12', type: 'select', english: 'Colour', german: 'Farbe' },
    values: { Grey: 'Grau', Rust: 'Rost', Moss: 'Moos' },
  },
  strap: {
    ...{ id: '13', type: 'radio', english: 'Strap', german: 'Riemen' },
    values: { Leather: 'Leder', Webbing: 'Gurtband' },
  },
  extras: {
    ...{ id: '14', type: 'checkbox', english: 'Extras', german: 'Extras' },
    values: { 'Gift wrap': 'Geschenkpapier', 'Care kit': 'Pflegeset', 'Cable tray': 'Kabelwanne' },
  },
  engraving: { id: '15', type: 'text', english: 'Engraving', german: 'Gravur', values: {} },
} as const satisfies Record<string, Option>;
type OptionId = keyof typeof options;

/** By product: its options, each with the surcharges of the values that it offers. */
const offers: Readonly<Record<string, Partial<Record<OptionId, Readonly<Record<string, string>>>>>> = {
  'Birch Writing Desk': { extras: { 'Care kit': '7.9500', 'Cable tray': '18.7083' } },
  'Canvas Work Jacket': { size: { S: '0.0000', M: '0.0000', L: '0.0000', XL: '4.9000' } },
  'Denim Roll-top Pack': {
    colour: { Grey: '0.0000', Moss: '-2.5000' },
    strap: { Leather: '12.4950', Webbing: '0.0000' },
  },
  'Leather Key Fob': { engraving: {} },
  'Linen Apron': { size: { S: '0.0000', M: '0.0000', L: '1.2500' }, engraving: {} },
  'Merino Throw': { colour: { Grey: '0.0000', Rust: '6.6667' }, extras: { 'Gift wrap': '3.3333' } },
  'Oak Cutting Board': { extras: { 'Gift wrap': '3.3333', 'Care kit': '7.9500' }, engraving: {} },
  'Wool Camp Blanket': { colour: { Grey: '0.0000', Rust: '3.1250', Moss: '3.1250' } },
};

export interface StoreOption {
  optionId: string;
  snapshot: OptionSnapshot;
}

export const storeOptions = (suffix: string): StoreOption[] =>
  Object.values<Option>(options).map((option, sortOrder) => {
    const values = Object.keys(option.values).map((name) => labelled(option, name));
    const snapshot = optionSnapshot.parse({ names: namesOf(option, suffix), type: option.type, sortOrder, values });
    return { optionId: option.id, snapshot };
  });

/** The options of a product, by its name. A select must be chosen; the others need not be. */
export function offeredWith(name: string, productId: string, suffix: string): ProductOption[] {
  return Object.entries(offers[name] ?? {}).map(([key, surcharges]) => {
    const option: Option = options[key as OptionId];
    return productOption.parse({
      ...{ optionId: option.id, productOptionId: `${productId}${option.id}`, names: namesOf(option, suffix) },
      ...{ type: option.type, sortOrder: Object.keys(options).indexOf(key), required: option.type === 'select' },
      values: Object.entries(surcharges).map(([value, price]) => {
        const shared = labelled(option, value);
        return { ...shared, productOptionValueId: `${productId}${shared.optionValueId}`, price, quantity: 25 };
      }),
    });
  });
}

function labelled({ id, values }: Option, name: string) {
  const sortOrder = Object.keys(values).indexOf(name);
  const names = [
    { languageCode: 'en-gb', name },
    { languageCode: 'de-de', name: values[name] ?? name },
  ];
  return { optionValueId: `${id}${sortOrder + 1}`, names, sortOrder };
}

const namesOf = ({ english, german }: Option, suffix: string) => [
  { languageCode: 'en-gb', name: `${english}${suffix}` },
  { languageCode: 'de-de', name: `${german}${suffix}` },
];
