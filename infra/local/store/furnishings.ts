/** What the store's admin has set up besides what is sold: it comes with the import, each as an event of its own. */

import type { StoreEvent } from '../../../lib/opencart/events.ts';
import {
  carrierSnapshot,
  currencySnapshot,
  orderStatusSnapshot,
  paymentMethodSnapshot,
  taxRate,
} from '../../../lib/opencart/snapshots.ts';
import { categories } from './categories.ts';
import { storeOptions } from './options.ts';
import { currencies, paymentMethods, shippings, statuses } from './orders.ts';
import { taxClasses } from './taxes.ts';

type Furnishing = Pick<StoreEvent, 'entity' | 'recordId' | 'data'>;

export function furnishings(suffix: string): Furnishing[] {
  const rates = Object.fromEntries(currencies.map(({ currencyCode, currencyValue }) => [currencyCode, currencyValue]));
  return [
    ...Object.entries(statuses).map(([id, name]) => {
      const names = [{ languageCode: 'en-gb', name }];
      return { entity: 'order-status', recordId: id, data: orderStatusSnapshot.parse({ names }) };
    }),
    ...currencies.map(({ currencyCode: code }) => {
      return { entity: 'currency', recordId: code, data: currencySnapshot.parse({ code, rates }) };
    }),
    ...Object.values(taxClasses)
      .flat()
      .map((rate) => ({ entity: 'tax', recordId: rate.taxRateId, data: taxRate.parse(rate) })),
    ...[...new Map(shippings.map(({ code, title }) => [extension(code), title]))].map(([code, name]) => {
      return { entity: 'carrier', recordId: code, data: carrierSnapshot.parse({ name }) };
    }),
    ...paymentMethods.map(({ code, name }) => {
      return { entity: 'payment-method', recordId: extension(code), data: paymentMethodSnapshot.parse({ name }) };
    }),
    ...categories(suffix).map(({ categoryId, snapshot }) => {
      return { entity: 'category', recordId: categoryId, data: snapshot };
    }),
    ...storeOptions(suffix).map(({ optionId, snapshot }) => {
      return { entity: 'option', recordId: optionId, data: snapshot };
    }),
  ];
}

/** An extension may offer several: `flat` of `flat.flat`. */
const extension = (code: string): string => code.split('.')[0] ?? code;
