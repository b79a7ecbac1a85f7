/** The products' part of the comparison: categories, products and their variants, each once and as the store has them. */
import Big from 'big.js';
import { groupBy } from '../../lib/collections.ts';
import type { Odoo, OdooRecord } from '../../lib/odoo/client.ts';
import { find, type Tally } from './compare-tally.ts';
import type { Expectation } from './store/expectation.ts';
import type { ExpectedProduct } from './store/expectation-products.ts';

const FIELDS = ['default_code', 'name', 'lst_price', 'categ_id', 'barcode'];

/** @returns product codes by Odoo id */
export async function compareProducts(
  odoo: Odoo,
  { categories, products }: Expectation,
  tally: Tally,
): Promise<Map<number, string>> {
  const shelves = await find(odoo, 'product.category', 'complete_name', categories, ['complete_name'], [], false);
  const byPath = groupBy(shelves, (shelf) => String(shelf.complete_name));
  for (const path of categories) tally.one(`category ${path}`, byPath.get(path));

  const codes = products.map(({ code }) => code);
  const found = await find(odoo, 'product.product', 'default_code', codes, FIELDS);
  const byCode = groupBy(found, (product) => String(product.default_code));
  for (const expected of products) {
    const product = tally.one(`product ${expected.code}`, byCode.get(expected.code));
    if (product !== undefined) compareProduct(product, expected, tally);
  }
  return new Map(found.map((product) => [product.id, String(product.default_code)]));
}

function compareProduct(product: OdooRecord, expected: ExpectedProduct, tally: Tally): void {
  const { code, name, price, category, barcode } = expected;
  const shelf = Array.isArray(product.categ_id) ? product.categ_id[1] : '';
  if (name !== undefined) tally.newest(`product ${code}: name`, product.name, name);
  if (price !== undefined) tally.newest(`product ${code}: price`, money(product.lst_price), money(price));
  if (category !== undefined) tally.newest(`product ${code}: category`, shelf, category);
  if (barcode !== undefined) tally.newest(`product ${code}: barcode`, product.barcode, barcode);
}

/** Two places are enough to tell amounts apart that come back as binary fractions. */
const money = (value: unknown): string => new Big(String(value)).toFixed(2, Big.roundHalfUp);
