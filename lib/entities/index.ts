/**
 * The registry everything is driven from: queues, consumers, alarms and routes follow from it.
 * The order is that of dependence: what stands further down may need what stands above.
 */
import type { AnyEntity, Registry } from '../sync/declare.ts';
import { address } from './address.ts';
import { carrier } from './carrier.ts';
import { carrierProduct } from './carrier-product.ts';
import { carrierService } from './carrier-service.ts';
import { category } from './category.ts';
import { country } from './country.ts';
import { currency } from './currency.ts';
import { currencyRate } from './currency-rate.ts';
import { customer } from './customer.ts';
import { option } from './option.ts';
import { optionValue } from './option-value.ts';
import { order } from './order.ts';
import { orderStatus } from './order-status.ts';
import { paymentMethod } from './payment-method.ts';
import { pricelist } from './pricelist.ts';
import { product } from './product.ts';
import { productImage } from './product-image.ts';
import { productOptionValue } from './product-option-value.ts';
import { serviceProduct } from './service-product.ts';
import { state } from './state.ts';
import { stock } from './stock.ts';
import { tax } from './tax.ts';
import { variant } from './variant.ts';

export const registry: Registry = [
  country,
  state,
  currency,
  currencyRate,
  pricelist,
  tax,
  paymentMethod,
  serviceProduct,
  carrierService,
  carrier,
  carrierProduct,
  option,
  optionValue,
  customer,
  address,
  category,
  product,
  productOptionValue,
  variant,
  productImage,
  stock,
  orderStatus,
  order,
];

/** Entities that the store sends events of. */
export const queuedEntities: readonly AnyEntity[] = registry.filter((entity) => entity.source === 'events');

export function findEntity(name: string): AnyEntity | undefined {
  return registry.find((entity) => entity.name === name);
}
