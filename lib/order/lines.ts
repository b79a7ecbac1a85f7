import type { OrderSnapshot, TaxRate } from '../opencart/snapshots.ts';
import { type Charge, chargesOf, isAfterTaxes, type LineProduct, rowKey } from './charges.ts';
import { fixedTaxes, takesFixedTax } from './fixed-taxes.ts';
import { type Decimal, decimal, HALF_PLACE, roundPrice, sum, zero } from './money.ts';
import { type Part, reductionRows, spreadReductions } from './reductions.ts';

export type { LineProduct, Service } from './charges.ts';

export interface DraftLine {
  /** Tells the line from the order's other lines, over all versions of the order. */
  key: string;
  product: LineProduct;
  name: string;
  quantity: number;
  /** Without tax, in the order's currency. */
  unitPrice: Decimal;
  taxes: readonly TaxRate[];
  /** Index of the row of `order_total` that it is part of; absent where the store wrote no such row. */
  row?: number;
}

/** Each order's lines are asked for by what it needs, by what is written and by the check of its total. */
const drafted = new WeakMap<OrderSnapshot, Map<number | undefined, readonly DraftLine[]>>();

/**
 * The lines of the Odoo order for what the shopper bought, unit prices in the order's currency. With the
 * taxes on them they come to what the store's rows come to, but for roundings.
 */
export function draftLines(order: OrderSnapshot, priceDigits: number | undefined): readonly DraftLine[] {
  const known = drafted.get(order) ?? new Map<number | undefined, readonly DraftLine[]>();
  drafted.set(order, known);
  const lines = known.get(priceDigits) ?? draft(order, priceDigits);
  known.set(priceDigits, lines);
  return lines;
}

function draft(order: OrderSnapshot, priceDigits: number | undefined): DraftLine[] {
  const price = (value: Decimal) => roundPrice(value.times(order.currencyValue), priceDigits);
  const { charges, parts } = spreadReductions(chargesOf(order), order);
  const fixed = fixedTaxes(charges, order);
  const ownLines = new Set(fixed.filter(({ asTax }) => !asTax).map(({ title }) => title));
  const lines = charges.map((charge) => ({
    ...charge,
    taxes: charge.taxes.filter(({ type, name }) => type === 'P' || (takesFixedTax(charge) && !ownLines.has(name))),
  }));
  const taxes = fixed.filter(({ title }) => ownLines.has(title)).map((tax) => taxLine(tax, order));
  const plain = [...lines, ...taxes, ...clippedTotal(order)].filter(isWorthALine).map(({ price: unit, ...line }) => ({
    ...line,
    unitPrice: price(unit),
  }));
  // In the order of the store's rows; products come first, as `sub_total` does.
  return [...plain, ...reductionLines(parts, order, price)].sort((a, b) => (a.row ?? -1) - (b.row ?? -1));
}

/** Products stay, free ones too; of the rest, what comes to nothing is left out. */
const isWorthALine = ({ product, price, taxes }: Charge): boolean =>
  product.kind === 'product' || !price.eq(zero) || taxes.some(({ type }) => type === 'F');

/** A fixed tax that Odoo would count otherwise, as a line of its own. */
function taxLine(
  { title, amount, row }: { title: string; amount: Decimal; row: number },
  order: OrderSnapshot,
): Charge {
  const own = order.totals[row];
  return {
    key: own === undefined ? `tax_${row}` : rowKey(own, row),
    product: { kind: 'service', service: 'tax' },
    name: title,
    quantity: 1,
    price: amount,
    taxes: [],
    row,
  };
}

/** 3.x sets a total below zero to zero, which its rows do not say. */
function clippedTotal({ totals }: OrderSnapshot): Charge[] {
  const row = totals.findLastIndex(({ code }) => code === 'total');
  const total = totals[row];
  const rest = sum(totals.filter(({ code }) => code !== 'total').map(({ value }) => decimal(value)));
  const roundings = HALF_PLACE.times(totals.length);
  if (total === undefined || !decimal(total.value).eq(zero) || rest.gte(roundings.neg())) return [];
  return [
    {
      key: rowKey(total, row),
      product: { kind: 'service', service: 'surcharge' },
      name: total.title || total.code,
      quantity: 1,
      price: rest.neg(),
      taxes: [],
      row,
    },
  ];
}

/** Each reduction by its parts; the last one takes what is left, so that they come to the row. */
function reductionLines(parts: readonly Part[], order: OrderSnapshot, price: (value: Decimal) => Decimal): DraftLine[] {
  const total = sum(parts.map(({ amount }) => amount));
  return reductionRows(order).flatMap(({ row, index }) => {
    const value = decimal(row.value);
    const own = isAfterTaxes(index, order)
      ? [{ amount: value, taxes: [], part: parts.length }]
      : parts.map(({ amount, taxes }, part) => ({ amount: value.times(amount).div(total), taxes, part }));
    const used = own.filter(({ amount }) => !price(amount).eq(zero));
    let rest = price(value);
    return used.map(({ amount, taxes, part }, position): DraftLine => {
      const unitPrice = position === used.length - 1 ? rest : price(amount);
      rest = rest.minus(unitPrice);
      return {
        key: `${rowKey(row, index)}_${part}`,
        product: { kind: 'service', service: 'discount' },
        name: row.title || row.code,
        quantity: 1,
        unitPrice,
        taxes,
        row: index,
      };
    });
  });
}
