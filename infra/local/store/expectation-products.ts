/** What Odoo must hold of the products: each with its variants, at its price, in its category. */
import Big from 'big.js';
import type { OrderLine, OrderSnapshot, ProductSnapshot } from '../../../lib/opencart/snapshots.ts';
import { codeOf, type StoreProduct } from './catalogue.ts';

/** Something that can be sold: a product, or one of its variants. */
export interface ExpectedProduct {
  code: string;
  /** Absent where the store never sent the product by itself. */
  name?: string;
  /** With the surcharges of the values that make the variant. */
  price?: string;
  /** The way down to its category, as Odoo writes it. */
  category?: string;
  barcode?: string;
}

type Choosing = Pick<ProductSnapshot['options'][number], 'type' | 'required' | 'values'>;

/** As Odoo calls it who need not choose and has not. */
const NO_CHOICE = '—';

/** One of these is chosen of each piece, so each makes variants; texts and ticked boxes do not. */
const makesVariants = ({ type, values }: Choosing): boolean =>
  values.length > 0 && (type === 'select' || type === 'radio');

/** All that was imported; before that, what was sold. */
export function productsOf(
  products: readonly StoreProduct[],
  orders: readonly OrderSnapshot[],
  imported: boolean,
): ExpectedProduct[] {
  if (imported) return products.flatMap(({ snapshot }) => variantsOf(snapshot));
  return [...new Set(orders.flatMap(soldCodes))].map((code) => ({ code }));
}

/** The ways down to all categories that products are in, and to those above them. */
export function categoriesOf(products: readonly ProductSnapshot[]): string[] {
  const shelves = products.flatMap(({ categories }) => categories);
  return [...new Set(shelves.map(pathOf))];
}

const soldCodes = ({ lines, products }: OrderSnapshot): string[] =>
  lines.map((line) => soldCode(line, products[line.productId]));

/** The code of what a line is sold as. */
export function soldCode({ model, options }: OrderLine, product: ProductSnapshot | undefined): string {
  if (product === undefined) return model;
  const values = product.options.filter(makesVariants).map(({ optionId }) => {
    return options.find((option) => option.optionId === optionId)?.value ?? NO_CHOICE;
  });
  return [codeOf(product), ...values].join('-');
}

function variantsOf(product: ProductSnapshot): ExpectedProduct[] {
  const { names, price, categories, ean, options } = product;
  const [category] = categories;
  let variants = [{ code: codeOf(product), price: new Big(price) }];
  for (const option of options.filter(makesVariants)) {
    const offered = option.values.map((value) => ({ name: value.names[0]?.name ?? '', price: value.price }));
    const values = option.required ? offered : [{ name: NO_CHOICE, price: '0' }, ...offered];
    variants = variants.flatMap((variant) =>
      values.map(({ name, price }) => ({ code: `${variant.code}-${name}`, price: variant.price.plus(price) })),
    );
  }
  return variants.map((variant) => ({
    ...{ code: variant.code, price: variant.price.toFixed(4), name: names[0]?.name ?? '' },
    ...(category === undefined ? {} : { category: pathOf(category) }),
    // Of several variants nobody knows which one it is on.
    ...(variants.length === 1 && ean !== '' ? { barcode: ean } : {}),
  }));
}

const pathOf = ({ names, ancestors }: ProductSnapshot['categories'][number]): string =>
  [...ancestors, { names }].map((one) => one.names[0]?.name).join(' / ');
