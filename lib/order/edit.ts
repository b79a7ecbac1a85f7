/** An order that the store changed after Odoo had confirmed it: the difference, where Odoo allows it. */
import { ConnectorError } from '../errors/index.ts';
import type { OdooRecord } from '../odoo/client.ts';
import type { OrderSnapshot } from '../opencart/snapshots.ts';
import type { Revised } from '../sync/declare.ts';
import { type Decimal, decimal } from './money.ts';
import { idOf } from './steps/wanted.ts';

/** A line as the store wants it. */
export interface WantedLine {
  key: string;
  name: string;
  /** Database id of what is sold; undefined: Odoo has it nowhere yet. */
  productId: number | undefined;
  quantity: Decimal;
  unitPrice: Decimal;
}

/** What must be read of the lines. */
export const editReads = [
  ...['product_id', 'name', 'product_uom_qty', 'price_unit', 'qty_delivered', 'qty_invoiced', 'display_type'],
] as const;

/** Odoo refuses these on a confirmed order, even where they stay the same. */
const FIXED_FIELDS = ['pricelist_id', 'partner_id', 'warehouse_id'];

/**
 * Finds the lines that stay, changed or not, and those that go; the others are added. Odoo deletes no
 * line of a confirmed order, so what goes is set to nothing.
 *
 * @returns ORDER_LOCKED with what differs, if what was delivered or invoiced would have to change
 */
export function editConfirmed(
  order: OrderSnapshot,
  found: OdooRecord,
  lines: readonly OdooRecord[],
  wanted: readonly WantedLine[],
): ConnectorError | Revised {
  const left = lines.filter((line) => !line.display_type);
  const kept = new Map<string, OdooRecord>();
  for (const alike of [sameLine, samePrice, sameProduct]) {
    for (const line of wanted) {
      if (kept.has(line.key)) continue;
      const position = left.findIndex((held) => alike(held, line));
      if (position >= 0) kept.set(line.key, left.splice(position, 1)[0] as OdooRecord);
    }
  }
  const gone = left.filter((line) => !quantityOf(line).eq(0));
  const changed = wanted.filter((line) => kept.has(line.key) && !sameLine(kept.get(line.key) as OdooRecord, line));
  const added = wanted.filter((line) => !kept.has(line.key));
  const isFixed =
    gone.some((line) => Number(line.qty_delivered) > 0 || Number(line.qty_invoiced) > 0) ||
    changed.some((line) => mustStay(kept.get(line.key) as OdooRecord, line));
  if (found.state !== 'sale' || found.locked === true || isFixed) {
    return lockedError(order, found, [
      ...changed.map((line) => `${named(line)} instead of ${heldAs(kept.get(line.key) as OdooRecord)}`),
      ...added.map((line) => `${named(line)} more`),
      ...gone.map((line) => `no ${heldAs(line)}`),
    ]);
  }
  return {
    kept: new Map([...kept].map(([key, line]) => [key, line.id])),
    emptied: { ids: gone.map((line) => line.id), values: { product_uom_qty: 0, price_unit: 0 } },
    omitted: FIXED_FIELDS,
  };
}

const quantityOf = (line: OdooRecord): Decimal => decimal(String(line.product_uom_qty));
const priceOf = (line: OdooRecord): Decimal => decimal(String(line.price_unit));

const sameProduct = (held: OdooRecord, { productId }: WantedLine): boolean => idOf(held.product_id) === productId;
const samePrice = (held: OdooRecord, line: WantedLine): boolean =>
  sameProduct(held, line) && priceOf(held).eq(line.unitPrice);
const sameLine = (held: OdooRecord, line: WantedLine): boolean =>
  samePrice(held, line) && quantityOf(held).eq(line.quantity);

/** What is invoiced keeps its price and quantity; of what is delivered there cannot be less. */
const mustStay = (held: OdooRecord, { quantity }: WantedLine): boolean =>
  Number(held.qty_invoiced) > 0 || quantity.lt(decimal(String(held.qty_delivered)));

const firstLine = (text: string): string => text.split('\n')[0] ?? text;
const named = ({ quantity, name, unitPrice }: WantedLine): string =>
  `${quantity} × ${firstLine(name)} at ${unitPrice.toFixed(2)}`;
const heldAs = (line: OdooRecord): string =>
  `${quantityOf(line)} × ${firstLine(String(line.name))} at ${priceOf(line).toFixed(2)}`;

function lockedError({ orderId }: OrderSnapshot, { state, locked }: OdooRecord, differences: readonly string[]) {
  const is = state === 'cancel' ? 'cancelled' : locked === true ? 'locked' : 'delivered or invoiced';
  const what = differences.length === 0 ? '' : ` The store now has: ${differences.join('; ')}.`;
  const message = `Order ${orderId} was changed in the store, but is ${is} in Odoo.${what}`;
  return new ConnectorError('ORDER_LOCKED', message, { subject: `order/${orderId}` });
}
