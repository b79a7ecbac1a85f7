/** What Odoo must hold once everything that happened in the store has arrived. */
import type { AddressSnapshot, OrderSnapshot } from '../../../lib/opencart/snapshots.ts';
import type { StoreProduct } from './catalogue.ts';
import { categoriesOf, type ExpectedProduct, productsOf, soldCode } from './expectation-products.ts';
import { CANCELED } from './orders.ts';
import type { StoreCustomer } from './people.ts';
import { paidTotal } from './totals.ts';

export interface ExpectedCustomer {
  /** In lower case. */
  email: string;
  /** Absent for guests: they may call themselves differently each time. */
  name?: string;
  phone?: string;
}

export interface ExpectedAddress {
  email: string;
  /** With the company before it, as the label on the parcel has it. */
  name: string;
  street: string;
  street2: string;
  zip: string;
  city: string;
  countryCode: string;
  /** Empty where the store has no zone. */
  zoneName: string;
}

export interface ExpectedOrder {
  orderId: string;
  origin: string;
  /** What the shopper paid, in the order's currency. */
  total: string;
  currency: string;
  placedAt: string;
  email: string;
  state: 'sale' | 'draft';
  /** The store's own. */
  statusId: string;
  /** Pieces by the code of the product, or of its variant. */
  items: Readonly<Record<string, number>>;
}

export interface Expectation {
  connection: string;
  customers: readonly ExpectedCustomer[];
  addresses: readonly ExpectedAddress[];
  /** Their ways down, as Odoo writes them. */
  categories: readonly string[];
  products: readonly ExpectedProduct[];
  orders: readonly ExpectedOrder[];
}

interface Sold {
  customers: readonly StoreCustomer[];
  products: readonly StoreProduct[];
  orders: readonly OrderSnapshot[];
  /** Whether all that the store has was sent. */
  imported: boolean;
}

export function expect(connection: string, store: Sold): Expectation {
  const { products, orders, imported } = store;
  const sent = imported
    ? products.map(({ snapshot }) => snapshot)
    : orders.flatMap((one) => Object.values(one.products));
  return {
    connection,
    customers: customersOf(store),
    addresses: addressesOf(store),
    categories: categoriesOf(sent),
    products: productsOf(products, orders, imported),
    orders: orders.map((order) => orderOf(order, connection)),
  };
}

export const folded = (text: string): string => text.trim().toLowerCase();

/** A person is an e-mail address, however it is written and with or without an account. */
function customersOf({ customers, orders, imported }: Sold): ExpectedCustomer[] {
  const found = new Map<string, ExpectedCustomer>();
  for (const { customer } of orders) found.set(folded(customer.email), { email: folded(customer.email) });
  for (const { snapshot } of imported ? customers : []) {
    const { firstName, lastName, telephone } = snapshot;
    const email = folded(snapshot.email);
    found.set(email, { email, name: `${firstName} ${lastName}`, phone: telephone });
  }
  return [...found.values()];
}

/** Those in the customers' address books, and those that orders were sent to. */
function addressesOf({ customers, orders, imported }: Sold): ExpectedAddress[] {
  const found = new Map<string, ExpectedAddress>();
  const add = (email: string, address: AddressSnapshot | undefined) => {
    if (address === undefined) return;
    const expected = addressOf(folded(email), address);
    found.set(addressKey(expected), expected);
  };
  for (const { snapshot } of imported ? customers : []) {
    for (const address of snapshot.addresses) add(snapshot.email, address);
  }
  for (const { customer, paymentAddress, shippingAddress } of orders) {
    add(customer.email, paymentAddress);
    add(customer.email, shippingAddress);
  }
  return [...found.values()];
}

const addressOf = (email: string, address: AddressSnapshot): ExpectedAddress => ({
  email,
  name: [address.company, `${address.firstName} ${address.lastName}`].filter(Boolean).join(', '),
  street: address.address1,
  street2: address.address2,
  zip: address.postcode,
  city: address.city,
  countryCode: address.countryCode,
  zoneName: address.zoneName,
});

/** Equal for addresses that a person would call the same. */
export const addressKey = (address: ExpectedAddress): string => {
  const { email, name, street, street2, zip, city, countryCode } = address;
  return JSON.stringify([email, name, street, street2, zip, city, countryCode].map(folded));
};

function orderOf(order: OrderSnapshot, connection: string): ExpectedOrder {
  const { orderId, totals, currencyValue, currencyDecimals } = order;
  const items: Record<string, number> = {};
  for (const line of order.lines) {
    const code = soldCode(line, order.products[line.productId]);
    items[code] = (items[code] ?? 0) + line.quantity;
  }
  return {
    orderId,
    origin: `OpenCart ${connection} #${orderId}`,
    total: paidTotal(totals, currencyValue, currencyDecimals),
    currency: order.currencyCode,
    placedAt: order.placedAt,
    email: folded(order.customer.email),
    state: order.statusId === CANCELED ? 'draft' : 'sale',
    statusId: order.statusId,
    items,
  };
}
