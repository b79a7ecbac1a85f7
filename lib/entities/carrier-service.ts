import * as z from 'zod';
import { defineEntity } from '../sync/declare.ts';
import { soldAsService } from './service-product.ts';

const codeOf = (code: string): string => `OPENCART-SHIPPING-${code.toUpperCase()}`;

/**
 * The product of a carrier that we make: each has its own, because a carrier's price is its product's.
 * Record id: the carrier's.
 */
export const carrierService = defineEntity({
  name: 'carrier-service',
  label: 'Service product of carrier',
  model: 'product.product',
  source: 'carried',
  shared: true,
  snapshot: z.object({ code: z.string(), name: z.string() }),
  title: ({ name }) => name,
  match: [{ field: 'default_code', value: ({ code }) => codeOf(code) }],
  fields: {
    name: ({ name }) => name,
    default_code: ({ code }) => codeOf(code),
    ...soldAsService,
  },
});
