import * as z from 'zod';
import { defineEntity, reference } from '../sync/declare.ts';

/** The product that a carrier's services are sold as, as Odoo's carrier says. Record id: the carrier's. */
export const carrierProduct = defineEntity({
  name: 'carrier-product',
  label: 'Product of carrier',
  model: 'product.product',
  source: 'carried',
  creates: false,
  shared: true,
  snapshot: z.object({ code: z.string() }),
  title: ({ code }) => `Shipping by ${code}`,
  through: ({ code }) => ({ of: reference('carrier', code), field: 'product_id' }),
  match: [],
  missing: 'empty',
  fields: {},
});
