import { plainText } from '../opencart/plain-text.ts';
import { type ProductSnapshot, productSnapshot } from '../opencart/snapshots.ts';
import {
  children,
  defineEntity,
  many,
  type Need,
  one,
  type Part,
  reference,
  type SyncContext,
  translated,
} from '../sync/declare.ts';
import { barcodeOf } from './barcode.ts';
import { type Choice, choicesOf, combinationsOf } from './choices.ts';
import { labelTexts, nameIn } from './labels.ts';
import { valueNeeds } from './option-value.ts';
import { attributeLineOf, keptLines } from './product-lines.ts';
import { productValueParts } from './product-option-value.ts';
import { stockParts } from './stock.ts';
import { taxKey } from './tax-key.ts';
import { variantPart } from './variant.ts';

export const codeOf = ({ sku, model }: ProductSnapshot): string => sku || model;

/** Several variants have each what a single one would share with its template. */
const isSingle = (choices: readonly Choice[]): boolean => choices.every(({ role }) => role !== 'variant');

function needsOf(product: ProductSnapshot, { settings }: SyncContext): Need[] {
  const choices = choicesOf(product, settings);
  return [
    ...product.categories
      .slice(0, 1)
      .map(({ categoryId, ...snapshot }) => ({ entity: 'category', recordId: categoryId, snapshot })),
    ...(product.taxes ?? []).map((tax) => ({ entity: 'tax', recordId: taxKey(tax), snapshot: tax })),
    ...valueNeeds(choices),
  ];
}

function partsOf(product: ProductSnapshot, productId: string, { settings }: SyncContext): Part[] {
  const choices = choicesOf(product, settings);
  const combinations = combinationsOf(choices, settings.variantLimit) ?? [];
  const { image } = product;
  return [
    ...productValueParts(productId, choices),
    ...combinations.map((values) => variantPart(productId, product, values)),
    ...(image === undefined
      ? []
      : [{ entity: 'product-image', recordId: productId, snapshot: { productId, ...image } }]),
    ...stockParts(productId, product, combinations, settings),
  ];
}

/**
 * A product template; its variants, images and stock are parts of it. Record id: the store's product
 * id.
 */
export const product = defineEntity({
  name: 'product',
  label: 'Product',
  model: 'product.template',
  source: 'events',
  snapshot: productSnapshot,
  title: ({ names }) => nameIn(names),
  match: [
    { field: 'default_code', value: ({ sku }) => sku },
    { field: 'default_code', value: ({ model }) => model },
  ],
  needs: (product, _, context) => needsOf(product, context),
  carries: partsOf,
  // Beyond the limit it has those variants that were made before, or were sold.
  retains: ({ entity }, product, { settings }) =>
    entity === 'variant' && combinationsOf(choicesOf(product, settings), settings.variantLimit) === undefined,
  content: ({ categories, image: _, quantity: __, options, ...own }) => ({
    ...own,
    category: categories[0]?.categoryId,
    options: options.map(({ values, ...option }) => ({
      ...option,
      values: values.map(({ price: _, weightKg: __, quantity: ___, ...value }) => value),
    })),
  }),
  depends: ({ settings, dialect }) => [
    settings.productMode,
    settings.variantLimit,
    settings.stockPolicy,
    dialect.languages,
  ],
  fields: {
    name: ({ names }) => translated(labelTexts(names)),
    description_sale: ({ names }) =>
      translated(names.map(({ languageCode, description }) => ({ languageCode, text: plainText(description) }))),
    default_code: (product, { settings }) => (isSingle(choicesOf(product, settings)) ? codeOf(product) : undefined),
    barcode: (product, { settings }) => (isSingle(choicesOf(product, settings)) ? barcodeOf(product) : undefined),
    weight: (product, { settings }) => (isSingle(choicesOf(product, settings)) ? product.weightKg : undefined),
    list_price: ({ price }) => price,
    active: ({ active }) => active,
    taxes_id: ({ taxes }) =>
      taxes === undefined ? undefined : many(taxes.map((tax) => reference('tax', taxKey(tax)))),
    is_storable: ({ shippable, quantity }, { settings }) =>
      settings.stockPolicy !== 'never' && shippable && quantity !== undefined ? true : undefined,
    // Odoo has one category per product, and wants one: without any it keeps what it has.
    categ_id: ({ categories: [first] }) =>
      first === undefined ? undefined : one(reference('category', first.categoryId)),
    attribute_line_ids: (product, { settings }) => {
      const choices = choicesOf(product, settings);
      return choices.length === 0 ? undefined : children(choices.map(attributeLineOf));
    },
  },
  initially: { type: ({ shippable }) => (shippable ? 'consu' : 'service') },
  // A barcode that another product has already, or a product whose stock can no longer be counted.
  expendable: ['barcode', 'is_storable'],
  revision: keptLines,
});
