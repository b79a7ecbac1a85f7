/** An order that the store changed after Odoo had confirmed it: the difference, where Odoo allows it. */
import { ConnectorError } from '../errors/index.ts';
import type { OdooRecord } from '../odoo/client.ts';
import { idOf, idsOf } from '../odoo/ids.ts';
import type { OrderSnapshot } from '../opencart/snapshots.ts';
import { type KeptChild, one, type Revised } from '../sync/declare.ts';
import { type Decimal, decimal } from './money.ts';

/** A line as the store wants it. */
export interface WantedLine {
  key: string;
  name: string;
  /** Database id of what is sold; undefined: Odoo has it nowhere yet. */
  productId: number | undefined;
  quantity: Decimal;
  unitPrice: Decimal;
  /** Database ids; undefined: Odoo has that one nowhere yet. */
  taxIds: readonly (number | undefined)[];
}

/** The order as the store wants it, with the database ids of what it points at. */
export interface WantedOrder {
  lines: readonly WantedLine[];
  partnerId: number | undefined;
  shippingId: number | undefined;
  roundingProductId: number | undefined;
}

/** What must be read of the order. */
export const orderEditReads = ['locked', 'currency_id', 'partner_id', 'partner_shipping_id'] as const;
/** What must be read of the lines. */
export const editReads = [
  ...['product_id', 'name', 'product_uom_qty', 'price_unit', 'tax_ids'],
  ...['qty_delivered', 'qty_invoiced', 'display_type'],
] as const;

/** A confirmed order keeps these; Odoo refuses some of them even where they stay the same. */
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
  wanted: WantedOrder,
): ConnectorError | Revised {
  const left = lines.filter((line) => !line.display_type);
  const kept = keptLines(wanted.lines, left);
  const rest = left.filter((line) => !quantityOf(line).eq(0));
  const changed = wanted.lines.filter(
    (line) => kept.has(line.key) && !isAsWanted(kept.get(line.key) as OdooRecord, line),
  );
  const added = wanted.lines.filter((line) => !kept.has(line.key));
  // While the lines stay what they are, so does what their rounding took.
  const others = rest.filter((line) => idOf(line.product_id) !== wanted.roundingProductId);
  const gone = changed.length + added.length + others.length === 0 ? [] : rest;
  const isFixed =
    gone.some((line) => Number(line.qty_delivered) > 0 || Number(line.qty_invoiced) > 0) ||
    changed.some((line) => mustStay(kept.get(line.key) as OdooRecord, line));
  const moved = movedOf(order, found, wanted);
  // Odoo warns people of a new address whenever one is written.
  const sameAddress = idOf(found.partner_shipping_id) === wanted.shippingId;
  const omitted = sameAddress ? [...FIXED_FIELDS, 'partner_shipping_id'] : FIXED_FIELDS;
  const isSame = moved.length + changed.length + added.length + gone.length === 0;
  // Of a locked or cancelled order only the lines are locked; they are refused even where they stay the same.
  const keepsLines = found.state === 'cancel' || (found.state === 'sale' && found.locked === true);
  if (keepsLines && isSame) return { omitted: [...omitted, 'order_line'] };
  if (found.state !== 'sale' || found.locked === true || isFixed || moved.length > 0) {
    return lockedError(order, found, isFixed, [
      ...moved,
      ...changed.map((line) => differenceOf(line, kept.get(line.key) as OdooRecord)),
      ...added.map((line) => `${named(line)} more`),
      ...gone.map((line) => `no ${heldAs(line)}`),
    ]);
  }
  return {
    kept: new Map([...kept].map(([key, line]) => [key, keptChild(line)])),
    emptied: { ids: gone.map((line) => line.id), values: { product_uom_qty: 0, price_unit: 0 } },
    omitted,
  };
}

/** The lines that stay, those that fit best first; takes them out of what is left. */
function keptLines(wanted: readonly WantedLine[], left: OdooRecord[]): Map<string, OdooRecord> {
  const kept = new Map<string, OdooRecord>();
  for (const alike of [sameLine, samePrice, sameText, sameProduct]) {
    for (const line of wanted) {
      if (kept.has(line.key)) continue;
      const position = left.findIndex((held) => alike(held, line));
      if (position >= 0) kept.set(line.key, left.splice(position, 1)[0] as OdooRecord);
    }
  }
  return kept;
}

/** What was sold stays what was sold, whatever has become of the store's product since. */
function keptChild({ id, product_id }: OdooRecord): KeptChild {
  const productId = idOf(product_id);
  return { id, values: { product_id: one(productId) } };
}

const quantityOf = (line: OdooRecord): Decimal => decimal(String(line.product_uom_qty));
const priceOf = (line: OdooRecord): Decimal => decimal(String(line.price_unit));

const sameProduct = (held: OdooRecord, { productId }: WantedLine): boolean => idOf(held.product_id) === productId;
const isPricedAs = (held: OdooRecord, line: WantedLine): boolean => priceOf(held).eq(line.unitPrice);
const samePrice = (held: OdooRecord, line: WantedLine): boolean => sameProduct(held, line) && isPricedAs(held, line);
const isAsWanted = (held: OdooRecord, line: WantedLine): boolean =>
  isPricedAs(held, line) && quantityOf(held).eq(line.quantity) && isTaxedAs(held, line);
/** An order that becomes free of tax is another one, though its lines cost what they did. */
const isTaxedAs = (held: OdooRecord, { taxIds }: WantedLine): boolean => {
  const taxes = new Set<number | undefined>(idsOf(held.tax_ids));
  return taxes.size === new Set(taxIds).size && taxIds.every((id) => taxes.has(id));
};
const sameLine = (held: OdooRecord, line: WantedLine): boolean => sameProduct(held, line) && isAsWanted(held, line);
/** Of a product that is no longer sold, or no longer with the choices that were made. */
const sameText = (held: OdooRecord, line: WantedLine): boolean => held.name === line.name && isPricedAs(held, line);

/** What is invoiced keeps its price and quantity; of what is delivered there cannot be less. */
const mustStay = (held: OdooRecord, { quantity }: WantedLine): boolean =>
  Number(held.qty_invoiced) > 0 || quantity.lt(decimal(String(held.qty_delivered)));

/** What a confirmed order can no longer be: somebody else's, or in another currency. */
function movedOf({ currencyCode }: OrderSnapshot, found: OdooRecord, { partnerId }: WantedOrder): string[] {
  const currency = nameOf(found.currency_id);
  return [
    ...(currency === currencyCode ? [] : [`the currency ${currencyCode} instead of ${currency}`]),
    ...(idOf(found.partner_id) === partnerId ? [] : [`another customer than contact ${idOf(found.partner_id)}`]),
  ];
}

const differenceOf = (line: WantedLine, held: OdooRecord): string =>
  isTaxedAs(held, line) ? `${named(line)} instead of ${heldAs(held)}` : `other taxes on ${named(line)}`;

const nameOf = (many2one: unknown): string => (Array.isArray(many2one) ? String(many2one[1]) : '');
const firstLine = (text: string): string => text.split('\n')[0] ?? text;
const named = ({ quantity, name, unitPrice }: WantedLine): string =>
  `${quantity} × ${firstLine(name)} at ${unitPrice.toFixed(2)}`;
const heldAs = (line: OdooRecord): string =>
  `${quantityOf(line)} × ${firstLine(String(line.name))} at ${priceOf(line).toFixed(2)}`;

function lockedError(
  { orderId }: OrderSnapshot,
  { state, locked }: OdooRecord,
  isFixed: boolean,
  differences: readonly string[],
): ConnectorError {
  const progress = isFixed ? 'delivered or invoiced' : 'confirmed';
  const is = state === 'cancel' ? 'cancelled' : locked === true ? 'locked' : progress;
  const what = differences.length === 0 ? '' : ` The store now has: ${differences.join('; ')}.`;
  const message = `Order ${orderId} was changed in the store, but is ${is} in Odoo.${what}`;
  return new ConnectorError('ORDER_LOCKED', message, { subject: `order/${orderId}` });
}
