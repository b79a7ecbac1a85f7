/**
 * What OpenCart's cart and its order-total extensions compute, in their order: `sub_total`,
 * `shipping`, `coupon`, `tax` (a row per rate), `total`. Nothing is rounded but by the table's four places.
 */
import Big from 'big.js';
import type { OrderTotal, TaxRate } from '../../../lib/opencart/snapshots.ts';

export interface SoldLine {
  /** Per unit, without tax. */
  price: string;
  quantity: number;
  taxes: readonly TaxRate[];
}

export interface Shipping {
  title: string;
  cost: string;
  taxes: readonly TaxRate[];
}

/** A coupon on all products. `P`: percent of the goods; `F`: an amount, at most that of the goods. */
export interface Coupon {
  code: string;
  type: 'P' | 'F';
  discount: string;
}

/** The rows of `order_total`, in the store's default currency. */
export function orderTotals(lines: readonly SoldLine[], shipping?: Shipping, coupon?: Coupon): OrderTotal[] {
  const taxes = new TaxSums();
  const goods = sum(lines.map(lineTotal));
  for (const line of lines) taxes.add(line.taxes, new Big(line.price), line.quantity);
  const rows = [row('sub_total', 'Sub-Total', goods)];
  if (shipping !== undefined) {
    taxes.add(shipping.taxes, new Big(shipping.cost), 1);
    rows.push({ ...row('shipping', shipping.title, new Big(shipping.cost)), taxes: [...shipping.taxes] });
  }
  const discount = coupon === undefined ? new Big(0) : reduce(lines, goods, coupon, taxes);
  if (coupon !== undefined && discount.gt(0)) rows.push(row('coupon', `Coupon (${coupon.code})`, discount.neg()));
  const due = taxes.due();
  rows.push(...due.map(({ name, amount }) => row('tax', name, amount)));
  const total = goods
    .plus(shipping?.cost ?? 0)
    .minus(discount)
    .plus(sum(due.map(({ amount }) => amount)));
  return [...rows, row('total', 'Total', total.lt(0) ? new Big(0) : total)];
}

/** What the shopper sees and pays: the stored total in the order's currency, rounded once. */
export function paidTotal(totals: readonly OrderTotal[], currencyValue: string, places: number): string {
  const total = totals.find(({ code }) => code === 'total');
  if (total === undefined) throw new Error('An order has a row "total".');
  return new Big(total.value).times(currencyValue).toFixed(places, Big.roundHalfUp);
}

/** A coupon is spread over the lines and takes the percentage taxes of its share along; fixed taxes stay. */
function reduce(lines: readonly SoldLine[], goods: Big, coupon: Coupon, taxes: TaxSums): Big {
  if (goods.eq(0)) return goods;
  const fixed = goods.lt(coupon.discount) ? goods : new Big(coupon.discount);
  const shares = lines.map((line) => {
    const total = lineTotal(line);
    const share = coupon.type === 'P' ? total.div(100).times(coupon.discount) : fixed.times(total.div(goods));
    taxes.lower(line.taxes, share);
    return share;
  });
  return sum(shares);
}

/** Taxes by rate, unrounded, in the order in which the rates were met. */
class TaxSums {
  readonly #sums = new Map<string, { name: string; amount: Big }>();

  add(rates: readonly TaxRate[], price: Big, quantity: number): void {
    for (const rate of rates) this.#change(rate, taxOn(price, rate).times(quantity));
  }

  lower(rates: readonly TaxRate[], by: Big): void {
    for (const rate of rates) if (rate.type === 'P') this.#change(rate, taxOn(by, rate).neg());
  }

  /** What makes a row: OpenCart leaves out taxes that came to nothing. */
  due(): { name: string; amount: Big }[] {
    return [...this.#sums.values()].filter(({ amount }) => amount.gt(0));
  }

  #change({ taxRateId, name }: TaxRate, by: Big): void {
    this.#sums.set(taxRateId, { name, amount: (this.#sums.get(taxRateId)?.amount ?? new Big(0)).plus(by) });
  }
}

const taxOn = (value: Big, { type, rate }: TaxRate): Big => (type === 'P' ? value.div(100).times(rate) : new Big(rate));
const lineTotal = ({ price, quantity }: SoldLine): Big => new Big(price).times(quantity);
const sum = (values: readonly Big[]): Big => values.reduce((total, value) => total.plus(value), new Big(0));
const row = (code: string, title: string, value: Big): OrderTotal => ({
  ...{ code, title, taxes: [] },
  value: value.toFixed(4, Big.roundHalfUp),
});
