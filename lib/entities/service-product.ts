import * as z from 'zod';
import { type Service, services } from '../order/charges.ts';
import { defineEntity, type FieldRules, many, type Need, type Reference, reference } from '../sync/declare.ts';

const names: Record<Service, string> = {
  shipping: 'Shipping',
  discount: 'Discount',
  surcharge: 'Surcharge',
  tax: 'Tax',
  voucher: 'Gift voucher',
  rounding: 'Rounding',
};

/** What makes a product one that an order's line of ours is sold as: its price and taxes are the line's. */
export const soldAsService: FieldRules<unknown> = {
  type: () => 'service',
  list_price: () => '0',
  taxes_id: () => many([]),
  invoice_policy: () => 'order',
};

/** A service product as something that another record needs, and refers to. */
export const serviceNeed = (service: Service): Need & Reference => ({
  ...reference('service-product', service),
  snapshot: { service },
});

/** The products that an order's lines are sold as where they are none of the store's. */
export const serviceProduct = defineEntity({
  name: 'service-product',
  label: 'Service product',
  model: 'product.product',
  source: 'carried',
  shared: true,
  snapshot: z.object({ service: z.enum(services) }),
  title: ({ service }) => names[service],
  match: [{ field: 'default_code', value: ({ service }) => `OPENCART-${service.toUpperCase()}` }],
  fields: {
    name: ({ service }) => names[service],
    default_code: ({ service }) => `OPENCART-${service.toUpperCase()}`,
    ...soldAsService,
  },
});
