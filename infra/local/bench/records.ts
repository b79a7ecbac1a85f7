/** What the bench sends: records as a store has them, the same for whoever brings them to Odoo. */
import type * as z from 'zod';
import type {
  categorySnapshot,
  customerSnapshot,
  orderSnapshot,
  productSnapshot,
  TaxRate,
} from '../../../lib/opencart/snapshots.ts';

export type Customer = z.input<typeof customerSnapshot>;
export type Category = z.input<typeof categorySnapshot>;
export type Product = z.input<typeof productSnapshot>;
export type Order = z.input<typeof orderSnapshot>;
type Address = NonNullable<Order['paymentAddress']>;
type Option = NonNullable<Product['options']>[number];

/** A record under an id that no other run uses. */
export interface BenchRecord<S> {
  recordId: string;
  data: S;
}

export const VAT: TaxRate = { taxRateId: 'bench-vat', name: 'Bench VAT', type: 'P', rate: '20.0000' };
export const COUNTRY = 'US';
export const ZONE = 'CA';
export const CURRENCY = 'EUR';
export const PAYMENT = { code: 'bench_bank', name: 'Bench bank' };
/** Statuses of the store, and what they mean in Odoo. */
export const STATUSES = { '1': 'CONFIRM', '5': 'DONE' } as const;
const LINES = 3;

const named = (name: string) => [{ languageCode: 'en-gb', name }];

const address = (id: string, street: number): Address => ({
  ...{ firstName: 'Bench', lastName: id, address1: `${street} Market St`, city: 'San Francisco' },
  ...{ postcode: '94105', countryCode: COUNTRY, zoneCode: ZONE, zoneName: 'California' },
});

const person = (id: string): Customer => ({
  ...{ firstName: 'Bench', lastName: id, email: `${id}@example.com`, telephone: '+1 555 0100', languageCode: 'en-gb' },
});

export const customer = (id: string): Customer => ({
  ...person(id),
  addresses: [1, 2].map((street) => ({ ...address(id, street), addressId: `${id}-${street}` })),
});

export const category = (id: string): Category => ({ names: named(`Category ${id}`) });

/** A product of the bench's own category and tax; `shared` is the run that both belong to. */
export function product(id: string, shared: string): Product {
  return {
    names: [{ languageCode: 'en-gb', name: `Product ${id}`, description: `<p>What <b>${id}</b> is good for.</p>` }],
    ...{ model: id, sku: id, price: '10.0000', weightKg: '0.5000' },
    taxes: [VAT],
    categories: [{ categoryId: categoryId(shared), ...category(shared) }],
  };
}

export const categoryId = (shared: string): string => `${shared}-shelf`;

/** Two colours in three sizes: six variants, of which those in blue and those in L cost more. */
export const withVariants = (id: string, shared: string): Product => ({
  ...product(id, shared),
  options: [option('colour', ['Red', 'Blue'], shared), option('size', ['S', 'M', 'L'], shared)],
});

export const optionId = (what: 'colour' | 'size', shared: string): string => `${shared}-${what}`;
export const valueId = (what: 'colour' | 'size', value: string, shared: string): string =>
  `${optionId(what, shared)}-${value}`;
export const choices = { colour: ['Red', 'Blue'], size: ['S', 'M', 'L'] } as const;
/** What the last value of each option adds to the price. */
export const SURCHARGE = '2.5000';

function option(what: 'colour' | 'size', values: readonly string[], shared: string): Option {
  return {
    ...{ optionId: optionId(what, shared), productOptionId: optionId(what, shared), required: true },
    ...{ type: 'select', names: named(`${what} ${shared}`) },
    values: values.map((value) => ({
      ...{ optionValueId: valueId(what, value, shared), productOptionValueId: valueId(what, value, shared) },
      ...{ names: named(value), price: value === values.at(-1) ? SURCHARGE : '0' },
    })),
  };
}

/** The products that all orders of a run are about. */
export const soldIds = (shared: string): string[] =>
  Array.from({ length: LINES }, (_, index) => `${shared}-sold${index}`);

/** A guest's order of three products at 10.00, with 20 % tax: 72.00. Guest and address are new to Odoo. */
export function order(id: string, shared: string, statusId: keyof typeof STATUSES): Order {
  const sold = soldIds(shared);
  const guest = address(id, 1);
  return {
    ...{ orderId: id, customer: person(id), paymentAddress: guest, shippingAddress: guest, paymentMethod: PAYMENT },
    lines: sold.map((productId, index) => ({
      ...{ orderProductId: `${id}-${index}`, productId, name: `Product ${productId}`, model: productId },
      ...{ quantity: index + 1, price: '10.0000', taxes: [VAT] },
    })),
    products: Object.fromEntries(sold.map((productId) => [productId, product(productId, shared)])),
    totals: [
      { code: 'sub_total', title: 'Sub-Total', value: '60.0000' },
      { code: 'tax', title: VAT.name, value: '12.0000' },
      { code: 'total', title: 'Total', value: '72.0000' },
    ],
    ...{ currencyCode: CURRENCY, currencyValue: '1.00000000', currencyDecimals: 2 },
    ...{ statusId, statusName: STATUSES[statusId], placedAt: '2026-11-20T18:45:10Z' },
  };
}

export const PLACED_AT = '2026-11-20 18:45:10';
