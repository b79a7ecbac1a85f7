import { type ProductSnapshot, productSnapshot } from '../opencart/snapshots.ts';
import { defineEntity } from '../sync/declare.ts';

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
  fields: {
    name: nameOf,
    default_code: ({ sku, model }) => sku || model,
    type: () => 'consu',
    list_price: ({ price }) => price,
    weight: ({ weightKg }) => weightKg,
    active: ({ active }) => active,
  },
});
