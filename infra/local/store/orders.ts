/** How the demo store's shoppers fill a cart and check out. */
import type { AddressSnapshot, CustomerSnapshot, OrderSnapshot } from '../../../lib/opencart/snapshots.ts';
import type { StoreProduct } from './catalogue.ts';
import { choose } from './choosing.ts';
import { type Guest, inOtherCase, type StoreCustomer } from './people.ts';
import { writtenAgain } from './places.ts';
import type { Random } from './random.ts';
import { ratesOf } from './taxes.ts';
import { type Coupon, type Fee, orderTotals } from './totals.ts';

/** What the store knows at the moment of checkout. */
export interface Shop {
  products: readonly StoreProduct[];
  customers: readonly StoreCustomer[];
  guests: readonly Guest[];
}

export const statuses = { '1': 'Pending', '2': 'Processing', '5': 'Complete', '7': 'Canceled' } as const;
export type StatusId = keyof typeof statuses;
export const CANCELED: StatusId = '7';

export const currencies = [
  { currencyCode: 'EUR', currencyValue: '1.00000000' },
  { currencyCode: 'USD', currencyValue: '1.08450000' },
  { currencyCode: 'GBP', currencyValue: '0.85124999' },
] as const;
/** Places that the store shows; the same in all its currencies. */
const CURRENCY_DECIMALS = 2;

export const shippings: readonly (Fee & { code: string })[] = [
  { code: 'flat.flat', title: 'Flat Shipping Rate', cost: '5.0000', taxes: ratesOf('standard') },
  { code: 'flat.flat', title: 'Flat Shipping Rate', cost: '7.9583', taxes: ratesOf('standard') },
  { code: 'flat.flat', title: 'Flat Shipping Rate', cost: '4.9500', taxes: [] },
  { code: 'free.free', title: 'Free Shipping', cost: '0.0000', taxes: [] },
];

export const paymentMethods = [
  { code: 'cod.cod', name: 'Cash On Delivery' },
  { code: 'bank_transfer.bank_transfer', name: 'Bank Transfer' },
] as const;

const coupons: readonly Coupon[] = [
  { code: 'SPRING10', type: 'P', discount: '10.0000' },
  { code: 'LOYAL7', type: 'P', discount: '7.5000' },
  { code: 'TENNER', type: 'F', discount: '10.0000' },
];

interface Buyer {
  customerId?: string;
  customer: CustomerSnapshot;
  paymentAddress: AddressSnapshot;
  shippingAddress: AddressSnapshot;
}

/** One order, as the store's tables hold it after checkout. */
export function checkOut(orderId: string, shop: Shop, random: Random, placedAt: Date): OrderSnapshot {
  const bought = random.sample(shop.products, random.int(1, 6));
  const lines = bought.map(({ productId, taxClass, snapshot }, index) => ({
    orderProductId: `${orderId}${String(index + 1).padStart(2, '0')}`,
    productId,
    name: snapshot.names[0]?.name ?? '',
    model: snapshot.model,
    quantity: random.chance(0.6) ? 1 : random.int(2, 12),
    taxes: ratesOf(taxClass),
    ...choose(snapshot, random),
  }));
  const { code, ...shipping } = random.pick(shippings);
  const coupon = random.chance(0.3) ? random.pick(coupons) : undefined;
  const currency = random.chance(0.7) ? currencies[0] : random.pick(currencies.slice(1));
  const statusId = statusOf(random);
  return {
    orderId,
    ...buyerOf(shop, random),
    shippingMethod: { code, name: shipping.title },
    paymentMethod: random.pick(paymentMethods),
    lines,
    vouchers: [],
    totals: orderTotals({ lines, shipping, coupon }),
    products: Object.fromEntries(bought.map(({ productId, snapshot }) => [productId, snapshot])),
    ...currency,
    currencyDecimals: CURRENCY_DECIMALS,
    ...{ statusId, statusName: statuses[statusId] },
    comment: random.chance(0.1) ? 'Please leave it with the neighbour – danke schön!' : '',
    placedAt: inSeconds(placedAt),
  };
}

/** MySQL's DATETIME has no fractions. */
export const inSeconds = (time: Date): string => `${time.toISOString().slice(0, 19)}Z`;

function statusOf(random: Random): StatusId {
  const chance = random.next();
  if (chance < 0.08) return CANCELED;
  return chance < 0.5 ? '1' : chance < 0.8 ? '2' : '5';
}

function buyerOf(shop: Shop, random: Random): Buyer {
  const chance = random.next();
  if (chance < 0.55) return registeredBuyer(random.pick(shop.customers), random);
  if (chance < 0.65) return forgetfulBuyer(random.pick(shop.customers).snapshot, random);
  return guestBuyer(random.pick(shop.guests), random);
}

function registeredBuyer({ customerId, snapshot }: StoreCustomer, random: Random): Buyer {
  const address = () => {
    const { addressId: _, ...rest } = random.pick(snapshot.addresses);
    return rest;
  };
  return { customerId, customer: snapshot, paymentAddress: address(), shippingAddress: address() };
}

/** Has an account and checks out as a guest all the same. */
function forgetfulBuyer(snapshot: CustomerSnapshot, random: Random): Buyer {
  const { addressId: _, ...address } = random.pick(snapshot.addresses);
  const customer = { ...snapshot, email: inOtherCase(snapshot.email, random), addresses: [] };
  return { customer, paymentAddress: address, shippingAddress: address };
}

function guestBuyer({ snapshot, address }: Guest, random: Random): Buyer {
  const customer = random.chance(0.4) ? { ...snapshot, email: inOtherCase(snapshot.email, random) } : snapshot;
  const shippingAddress = random.chance(0.4) ? writtenAgain(address) : address;
  return { customer, paymentAddress: address, shippingAddress };
}
