import { groupBy } from '../collections.ts';
import type { OrderSnapshot, OrderTotal, TaxRate } from '../opencart/snapshots.ts';
import { type Decimal, decimal, roundPrice, sum, zero } from './money.ts';

/** What a line of the Odoo order is sold as. */
export type LineProduct = { kind: 'product'; productId: string } | { kind: 'service'; service: Service };
/** The connector's own service products. */
export type Service = 'shipping' | 'discount' | 'surcharge' | 'rounding';

export interface DraftLine {
  /** Tells the line from the order's other lines, over all versions of the order. */
  key: string;
  product: LineProduct;
  name: string;
  quantity: number;
  /** Without tax, in the order's currency. */
  unitPrice: Decimal;
  taxes: readonly TaxRate[];
  /** The row of `order_total` it stands for; products stand for `sub_total`. */
  source: string;
}

/** Rows that are made of others, and so need no line. */
const DERIVED = new Set(['sub_total', 'tax', 'total']);
/** Rows by which OpenCart lowers the tax base of the products. */
const LOWERS_TAX = new Set(['coupon', 'reward']);

/** The lines of the Odoo order for what the shopper bought, unit prices in the order's currency. */
export function draftLines(order: OrderSnapshot, priceDigits: number | undefined): DraftLine[] {
  const price = (value: Decimal | string) =>
    roundPrice(decimal(value.toString()).times(order.currencyValue), priceDigits);
  const products = order.lines.map(
    (line): DraftLine => ({
      key: `line_${line.orderProductId}`,
      product: { kind: 'product', productId: line.productId },
      name: line.name || line.model || `Product ${line.productId}`,
      quantity: line.quantity,
      unitPrice: price(line.price),
      taxes: line.taxes,
      source: 'sub_total',
    }),
  );
  const rows = order.totals.filter((row) => !DERIVED.has(row.code) && !decimal(row.value).eq(zero));
  return [...products, ...rows.flatMap((row, index) => rowLines(row, index, order, price))];
}

function rowLines(
  row: OrderTotal,
  index: number,
  order: OrderSnapshot,
  price: (value: Decimal) => Decimal,
): DraftLine[] {
  const value = decimal(row.value);
  const service: Service = row.code === 'shipping' ? 'shipping' : value.lt(zero) ? 'discount' : 'surcharge';
  const line = (key: string, amount: Decimal, taxes: readonly TaxRate[]): DraftLine => ({
    key,
    product: { kind: 'service', service },
    name: row.title || row.code,
    quantity: 1,
    unitPrice: price(amount),
    taxes,
    source: row.code,
  });
  const key = `total_${row.code.replaceAll(/\W/g, '_')}_${index}`;
  if (!LOWERS_TAX.has(row.code)) return [line(key, value, row.taxes)];
  return shareByTaxes(value, order).map((share, part) => line(`${key}_${part}`, share.amount, share.taxes));
}

interface Share {
  amount: Decimal;
  taxes: readonly TaxRate[];
}

/**
 * Splits a reduction over the tax rates of the products, in proportion to their net value, so that
 * each rate's tax falls as it did in the store. Fixed taxes are not lowered: they are per piece.
 */
function shareByTaxes(reduction: Decimal, order: OrderSnapshot): Share[] {
  const groups = [
    ...groupBy(order.lines, (line) =>
      percentRates(line.taxes)
        .map((tax) => tax.taxRateId)
        .join(),
    ),
  ];
  const bases = groups.map(([, lines]) => ({
    base: sum(lines.map((line) => decimal(line.price).times(line.quantity))),
    taxes: percentRates(lines[0]?.taxes ?? []),
  }));
  const total = sum(bases.map(({ base }) => base));
  if (total.eq(zero)) return [{ amount: reduction, taxes: [] }];
  let rest = reduction;
  return bases.map(({ base, taxes }, index) => {
    // The last one takes what is left, so that the shares add up to the whole.
    const amount = index === bases.length - 1 ? rest : reduction.times(base).div(total).round(4);
    rest = rest.minus(amount);
    return { amount, taxes };
  });
}

const percentRates = (taxes: readonly TaxRate[]): TaxRate[] => taxes.filter((tax) => tax.type === 'P');
