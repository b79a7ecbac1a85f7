import { type ProductSnapshot, productSnapshot } from '../opencart/snapshots.ts';
import { defineEntity, one, reference } from '../sync/declare.ts';

const nameOf = ({ names }: ProductSnapshot): string => names[0]?.name ?? '';

/** Record id: the store's product id. */
export const product = defineEntity({
  name: 'product',
  label: 'Product',
  model: 'product.product',
  source: 'events',
  snapshot: productSnapshot,
  title: nameOf,
  match: [
    { field: 'default_code', value: ({ sku }) => sku },
    { field: 'default_code', value: ({ model }) => model },
  ],
  needs: ({ categories }) =>
    categories
      .slice(0, 1)
      .map(({ categoryId, ...snapshot }) => ({ entity: 'category', recordId: categoryId, snapshot })),
  content: ({ categories, ...own }) => ({ ...own, category: categories[0]?.categoryId }),
  fields: {
    name: nameOf,
    default_code: ({ sku, model }) => sku || model,
    type: () => 'consu',
    list_price: ({ price }) => price,
    weight: ({ weightKg }) => weightKg,
    active: ({ active }) => active,
    // Odoo has one category per product, and wants one: without any it keeps what it has.
    categ_id: ({ categories: [first] }) =>
      first === undefined ? undefined : one(reference('category', first.categoryId)),
  },
});
