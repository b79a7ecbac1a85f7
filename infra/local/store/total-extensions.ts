/** OpenCart's order-total extensions, each by its code. What they do not share, they do by release. */
import Big from 'big.js';
import type { Checkout, Coupon, Fee, Running, SoldLine, TotalCode } from './totals.ts';

export const extensions: Record<TotalCode, (checkout: Checkout, running: Running) => void> = {
  sub_total({ lines, soldVouchers = [] }, running) {
    const vouchers = sum(soldVouchers.map((amount) => new Big(amount)));
    add(running, 'sub_total', 'Sub-Total', sum(lines.map(lineTotal)).plus(vouchers));
  },
  shipping: ({ shipping }, running) => charge(running, 'shipping', shipping),
  handling: ({ handling }, running) => charge(running, 'handling', handling),
  low_order_fee: ({ lowOrderFee }, running) => charge(running, 'low_order_fee', lowOrderFee),

  coupon({ lines, coupon, shipping }, running) {
    if (coupon === undefined) return;
    const forIt = lines.filter(({ productId }) => coupon.productIds?.includes(productId ?? '') ?? true);
    let discount = couponOn(forIt, coupon, running);
    if (coupon.freeShipping && shipping !== undefined) {
      running.taxes.lower(shipping.taxes, new Big(shipping.cost));
      discount = discount.plus(shipping.cost);
    }
    // The tax stays lowered by all of it.
    if (discount.gt(running.total)) discount = running.total;
    if (discount.gt(0)) add(running, 'coupon', `Coupon (${coupon.code})`, discount.neg());
  },

  reward({ lines, reward }, running) {
    if (reward === undefined) return;
    const all = lines.reduce((points, line) => points + (line.points ?? 0), 0);
    const shares = lines.map((line) => {
      if (!line.points) return new Big(0);
      const share = lineTotal(line).times(new Big(reward).div(all));
      running.taxes.lower(line.taxes, share);
      return share;
    });
    add(running, 'reward', `Reward Points (${reward})`, sum(shares).neg());
  },

  tax(_, running) {
    for (const { name, amount } of running.taxes.due()) add(running, 'tax', name, amount);
  },
  credit: ({ credit }, running) => pay(running, 'credit', 'Store Credit', credit),
  voucher: ({ voucher }, running) => pay(running, 'voucher', 'Gift Certificate (GIFT)', voucher),

  total({ release = '3.0' }, running) {
    const { total } = running;
    add(running, 'total', 'Total', release === '3.0' && total.lt(0) ? new Big(0) : total);
  },
};

/** Spreads the discount over the goods that it is for; the percentage taxes of its share go along. */
function couponOn(lines: readonly SoldLine[], coupon: Coupon, { taxes }: Running): Big {
  const goods = sum(lines.map(lineTotal));
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

/** Even a fee of nothing owes the fixed taxes of its class. */
function charge(running: Running, code: TotalCode, fee: Fee | undefined): void {
  if (fee === undefined) return;
  running.taxes.add(fee.taxes, new Big(fee.cost));
  add(running, code, fee.title, new Big(fee.cost), fee);
}

function pay(running: Running, code: TotalCode, title: string, balance: string | undefined): void {
  if (balance === undefined) return;
  const amount = running.total.lt(balance) ? running.total : new Big(balance);
  if (amount.gt(0)) add(running, code, title, amount.neg());
}

function add(
  running: Running,
  code: TotalCode,
  title: string,
  value: Big,
  { taxes }: Pick<Fee, 'taxes'> = { taxes: [] },
) {
  running.rows.push({ code, title, value, taxes: [...taxes] });
  if (code !== 'total') running.total = running.total.plus(value);
}

const lineTotal = ({ price, quantity }: SoldLine): Big => new Big(price).times(quantity);
const sum = (values: readonly Big[]): Big => values.reduce((total, value) => total.plus(value), new Big(0));
