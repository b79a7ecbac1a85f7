import { carrierSnapshot } from '../opencart/snapshots.ts';
import { defineEntity, one } from '../sync/declare.ts';
import { serviceNeed } from './service-product.ts';

/** A shipping method. Record id: the store's code, without its variant: `flat` of `flat.flat`. */
export const carrier = defineEntity({
  name: 'carrier',
  label: 'Carrier',
  model: 'delivery.carrier',
  source: 'events',
  shared: true,
  snapshot: carrierSnapshot,
  title: ({ name }) => name,
  needs: () => [serviceNeed('shipping')],
  match: [{ field: 'name', value: ({ name }) => name, archived: false, reads: ['product_id'] }],
  missing: 'CARRIER_UNMAPPED',
  fields: {
    name: ({ name }) => name,
    delivery_type: () => 'fixed',
    product_id: () => one(serviceNeed('shipping')),
  },
});
