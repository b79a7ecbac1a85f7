/**
 * What OpenCart's cart and its order-total extensions compute. Each extension sees what those before
 * it, by sort order, have added; nothing is rounded but by the four places of the tables' columns.
 * Read in the sources of 3.0.3.8, 4.0.2.3, 4.1.0.3 and 4.1.0.4 (`catalog/model/extension/total`,
 * `system/library/cart`).
 */
import Big from 'big.js';
import type { OrderTotal, TaxRate } from '../../../lib/opencart/snapshots.ts';
import { extensions } from './total-extensions.ts';

/** Lines of releases that compute alike. */
export type Release = '3.0' | '4.0' | '4.1.0.3' | '4.1.0.4';

export interface SoldLine {
  productId?: string;
  /** Per unit, without tax; unrounded, as a discount of so many percent leaves it in 4.1. */
  price: string;
  quantity: number;
  taxes: readonly TaxRate[];
  /** What the whole line costs in reward points; those without cannot be paid in points. */
  points?: number;
}

/** An amount with the rates of its tax class: of a shipping method, the handling fee, the fee for small orders. */
export interface Fee {
  title: string;
  cost: string;
  taxes: readonly TaxRate[];
}

/** `P`: percent of the goods; `F`: an amount, at most that of the goods. */
export interface Coupon {
  code: string;
  type: 'P' | 'F';
  discount: string;
  /** The products it is for; absent: all. */
  productIds?: readonly string[];
  freeShipping?: boolean;
}

export const totalCodes = [
  ...(['sub_total', 'reward', 'shipping', 'coupon', 'handling', 'low_order_fee'] as const),
  ...(['tax', 'credit', 'voucher', 'total'] as const),
];
export type TotalCode = (typeof totalCodes)[number];

export interface Checkout {
  lines: readonly SoldLine[];
  shipping?: Fee | undefined;
  coupon?: Coupon | undefined;
  /** Points that the shopper pays with. */
  reward?: number | undefined;
  handling?: Fee | undefined;
  lowOrderFee?: Fee | undefined;
  /** A gift voucher's balance, which pays for what it can. */
  voucher?: string | undefined;
  /** The shopper's balance with the store. */
  credit?: string | undefined;
  /** Amounts of gift vouchers that the shopper buys. */
  soldVouchers?: readonly string[] | undefined;
  /** The extensions in the order in which the store's admin has sorted them; absent: as installed. */
  sorted?: readonly TotalCode[] | undefined;
  release?: Release | undefined;
}

/** The rows of `order_total`, in the store's default currency. */
export function orderTotals(checkout: Checkout): OrderTotal[] {
  const running: Running = { taxes: new TaxSums(), total: new Big(0), rows: [] };
  for (const { taxes, price, quantity } of checkout.lines) {
    const fixedCount = checkout.release === '4.1.0.4' ? 1 : quantity;
    running.taxes.add(taxes, new Big(price), quantity, fixedCount);
  }
  for (const code of checkout.sorted ?? totalCodes) extensions[code](checkout, running);
  return running.rows.map(({ value, ...row }) => ({ ...row, value: stored(value) }));
}

/** What the shopper sees and pays: the stored total in the order's currency, rounded once. */
export function paidTotal(totals: readonly OrderTotal[], currencyValue: string, places: number): string {
  const total = totals.find(({ code }) => code === 'total');
  if (total === undefined) throw new Error('An order has a row "total".');
  return new Big(total.value).times(currencyValue).toFixed(places, Big.roundHalfUp);
}

/** As a column `decimal(15,4)` keeps it. */
export const stored = (value: Big): string => value.toFixed(4, Big.roundHalfUp);

/** What the extensions pass from one to the next. */
export interface Running {
  taxes: TaxSums;
  total: Big;
  rows: { code: TotalCode; title: string; value: Big; taxes: TaxRate[] }[];
}

/** Taxes by rate, unrounded, in the order in which the rates were met. */
export class TaxSums {
  readonly #sums = new Map<string, { name: string; amount: Big }>();

  add(rates: readonly TaxRate[], price: Big, quantity = 1, fixedCount = quantity): void {
    for (const rate of rates) {
      this.#change(rate, taxOn(price, rate).times(rate.type === 'P' ? quantity : fixedCount));
    }
  }

  /** Fixed taxes are not lowered. */
  lower(rates: readonly TaxRate[], by: Big): void {
    for (const rate of rates) if (rate.type === 'P') this.#change(rate, taxOn(by, rate).neg());
  }

  /** What makes a row: OpenCart leaves out taxes that came to nothing, or to less. */
  due(): { name: string; amount: Big }[] {
    return [...this.#sums.values()].filter(({ amount }) => amount.gt(0));
  }

  #change({ taxRateId, name }: TaxRate, by: Big): void {
    this.#sums.set(taxRateId, { name, amount: (this.#sums.get(taxRateId)?.amount ?? new Big(0)).plus(by) });
  }
}

const taxOn = (value: Big, { type, rate }: TaxRate): Big => (type === 'P' ? value.div(100).times(rate) : new Big(rate));
