/**
 * The registry everything is driven from: queues, consumers, alarms and routes follow from it.
 * The order is that of dependence: what stands further down may need what stands above.
 */
import type { AnyEntity, Registry } from '../sync/declare.ts';
import { address } from './address.ts';
import { category } from './category.ts';
import { country } from './country.ts';
import { currency } from './currency.ts';
import { customer } from './customer.ts';
import { order } from './order.ts';
import { paymentMethod } from './payment-method.ts';
import { pricelist } from './pricelist.ts';
import { product } from './product.ts';
import { serviceProduct } from './service-product.ts';
import { state } from './state.ts';
import { tax } from './tax.ts';

export const registry: Registry = [
  country,
  state,
  currency,
  pricelist,
  tax,
  paymentMethod,
  serviceProduct,
  customer,
  address,
  category,
  product,
  order,
];

/** Entities that the store sends events of. */
export const queuedEntities: readonly AnyEntity[] = registry.filter((entity) => entity.source === 'events');

export function findEntity(name: string): AnyEntity | undefined {
  return registry.find((entity) => entity.name === name);
}
