import { carrierSnapshot } from '../opencart/snapshots.ts';
import { defineEntity, one, reference } from '../sync/declare.ts';

/** A shipping method. Record id: the store's code, without its variant: `flat` of `flat.flat`. */
export const carrier = defineEntity({
  name: 'carrier',
  label: 'Carrier',
  model: 'delivery.carrier',
  source: 'events',
  shared: true,
  snapshot: carrierSnapshot,
  title: ({ name }) => name,
  needs: ({ name }, code) => [{ entity: 'carrier-service', recordId: code, snapshot: { code, name }, toMake: true }],
  match: [{ field: 'name', value: ({ name }) => name, archived: false, reads: ['product_id'] }],
  missing: 'CARRIER_UNMAPPED',
  fields: {
    name: ({ name }) => name,
    delivery_type: () => 'fixed',
    product_id: (_, __, code) => one(reference('carrier-service', code)),
  },
});
