import type { OrderSnapshot, OrderTotal, TaxRate } from '../opencart/snapshots.ts';
import { type Decimal, decimal, sum, zero } from './money.ts';
import { taxRows } from './tax-rows.ts';

/** What a line of the Odoo order is sold as. */
export type LineProduct = { kind: 'product'; productId: string } | { kind: 'service'; service: Service };
/** The connector's own service products. */
export const services = ['shipping', 'discount', 'surcharge', 'tax', 'voucher', 'rounding'] as const;
export type Service = (typeof services)[number];

/** Something the shopper was charged for, in the store's default currency. */
export interface Charge {
  /** Tells the line made of it from the order's other lines, over all versions of the order. */
  key: string;
  product: LineProduct;
  name: string;
  quantity: number;
  /** Per unit, without tax. */
  price: Decimal;
  taxes: readonly TaxRate[];
  /** Index of the row of `order_total` that it is part of; absent where the store wrote no such row. */
  row?: number;
}

/** Rows that are made of others, and so are no charges. */
const DERIVED = new Set(['sub_total', 'tax', 'total']);
/** Rows by which OpenCart lowers the tax base of others. */
const REDUCTIONS = new Set(['coupon', 'reward']);

/** All that was charged but reductions, with the taxes that the store charged on it. */
export function chargesOf(order: OrderSnapshot): Charge[] {
  const rows = order.totals.flatMap((row, index) =>
    DERIVED.has(row.code) || isReduction(row) ? [] : [rowCharge(row, index, order)],
  );
  return withoutNegativeTaxes([...goodsOf(order), ...rows]);
}

/** What `sub_total` is the sum of: products, and gift vouchers, on which there is no tax. */
function goodsOf(order: OrderSnapshot): Charge[] {
  const row = order.totals.findIndex(({ code }) => code === 'sub_total');
  const part = row === -1 ? {} : { row };
  const products = order.lines.map(
    (line): Charge => ({
      key: `line_${line.orderProductId}`,
      product: { kind: 'product', productId: line.productId },
      name: line.name || line.model || `Product ${line.productId}`,
      quantity: line.quantity,
      price: decimal(line.price),
      taxes: line.taxes,
      ...part,
    }),
  );
  const vouchers = order.vouchers.map(
    (voucher): Charge => ({
      key: `voucher_${voucher.orderVoucherId}`,
      product: { kind: 'service', service: 'voucher' },
      name: voucher.name || 'Gift voucher',
      quantity: 1,
      price: decimal(voucher.amount),
      taxes: [],
      ...part,
    }),
  );
  return [...products, ...vouchers];
}

export const isReduction = ({ code, value }: OrderTotal): boolean => REDUCTIONS.has(code) && decimal(value).lt(zero);

/** What comes after the taxes changes none of them. */
export const isAfterTaxes = (index: number, { totals }: OrderSnapshot): boolean => {
  const taxes = totals.findIndex(({ code }) => code === 'tax');
  return taxes !== -1 && index > taxes;
};

function rowCharge(row: OrderTotal, index: number, order: OrderSnapshot): Charge {
  const price = decimal(row.value);
  const service: Service = row.code === 'shipping' ? 'shipping' : price.lt(zero) ? 'discount' : 'surcharge';
  return {
    key: rowKey(row, index),
    product: { kind: 'service', service },
    name: row.title || row.code,
    quantity: 1,
    price,
    taxes: row.taxes.filter((tax) => isChargedOn(index, tax, order)),
    row: index,
  };
}

/**
 * OpenCart computes its rows in their order, and writes none for a tax that came to nothing, or to less.
 * Where a row has the name of no rate, as after a rate was renamed, the rows do not tell.
 */
const isChargedOn = (index: number, { name, rate }: TaxRate, order: OrderSnapshot): boolean =>
  decimal(rate).eq(zero) ||
  (!isAfterTaxes(index, order) && (taxRows(order).has(name) || unknownTaxes(order).length > 0));

/** Titles of `tax` rows that are the name of no rate. */
export function unknownTaxes(order: OrderSnapshot): string[] {
  const names = new Set([...order.lines, ...order.totals].flatMap(({ taxes }) => taxes.map(({ name }) => name)));
  return [...taxRows(order).keys()].filter((title) => !names.has(title));
}

export const rowKey = ({ code }: OrderTotal, index: number): string => `total_${code.replaceAll(/\W/g, '_')}_${index}`;

export const netOf = ({ price, quantity }: Charge): Decimal => price.times(quantity);

/** Of a rate, for each unit of money: `0.2` for 20 %. */
export const shareOf = ({ rate }: TaxRate): Decimal => decimal(rate).div(100);

export const percentRates = (taxes: readonly TaxRate[]): TaxRate[] => taxes.filter(({ type }) => type === 'P');

/** OpenCart writes no row for a tax that comes to less than nothing, and so does not charge it. */
function withoutNegativeTaxes(charges: readonly Charge[]): Charge[] {
  const charged = new Map<string, Decimal>();
  for (const charge of charges) {
    for (const tax of charge.taxes) {
      const amount = tax.type === 'P' ? netOf(charge).times(shareOf(tax)) : decimal(tax.rate).times(charge.quantity);
      charged.set(tax.taxRateId, sum([charged.get(tax.taxRateId) ?? zero, amount]));
    }
  }
  const isCharged = ({ taxRateId }: TaxRate) => charged.get(taxRateId)?.gte(zero) ?? true;
  return charges.map((charge) => ({ ...charge, taxes: charge.taxes.filter(isCharged) }));
}
