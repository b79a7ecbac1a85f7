/** The part of the comparison about an order's life: invoiced, paid and delivered once, as its status says. */
import Big from 'big.js';
import { groupBy } from '../../../lib/collections.ts';
import type { Odoo, OdooRecord } from '../../../lib/odoo/client.ts';
import type { OrderState } from '../../../lib/store/connections.ts';
import { find, Tally } from '../compare-tally.ts';
import type { Expectation, ExpectedOrder } from '../store/expectation.ts';

const PAID = ['paid', 'in_payment'];
const ids = (value: unknown): number[] => (Array.isArray(value) ? (value as number[]) : []);

export async function compareLife(
  odoo: Odoo,
  { orders }: Expectation,
  statusMapping: Readonly<Record<string, OrderState>>,
): Promise<Tally> {
  const tally = new Tally();
  const origins = orders.map(({ origin }) => origin);
  const found = await find(odoo, 'sale.order', 'origin', origins, ['origin', 'invoice_ids', 'picking_ids', 'locked']);
  const moves = await find(
    ...([odoo, 'account.move', 'id', found.flatMap((order) => ids(order.invoice_ids))] as const),
    ['state', 'payment_state', 'amount_total', 'move_type', 'payment_reference'],
  );
  const references = moves.map((move) => String(move.payment_reference)).filter((reference) => reference !== 'false');
  const memo = await memoField(odoo);
  const payments = await find(odoo, 'account.payment', memo, references, [memo, 'state', 'amount']);
  const pickings = await find(
    odoo,
    'stock.picking',
    'id',
    found.flatMap((order) => ids(order.picking_ids)),
    ['state'],
  );
  const held: Held = {
    moves: new Map(moves.map((move) => [move.id, move])),
    pickings: new Map(pickings.map((picking) => [picking.id, picking])),
    payments: groupBy(payments.filter(isMade), (payment) => String(payment[memo])),
  };
  const byOrigin = groupBy(found, (order) => String(order.origin));
  for (const expected of orders) {
    const [order] = byOrigin.get(expected.origin) ?? [];
    const state = statusMapping[expected.statusId];
    // What is missing or double was told already.
    if (order !== undefined) compareOne(order, expected, state, held, tally);
  }
  return tally;
}

/** What Odoo 16 and 17 call otherwise; the connector itself never reads it. */
async function memoField(odoo: Odoo): Promise<'memo' | 'ref'> {
  const fields = await odoo.call('account.payment', 'fields_get', [['memo'], ['type']]);
  return 'memo' in (fields as object) ? 'memo' : 'ref';
}

interface Held {
  moves: ReadonlyMap<number, OdooRecord>;
  pickings: ReadonlyMap<number, OdooRecord>;
  /** By the reference of what they pay. */
  payments: ReadonlyMap<string, OdooRecord[]>;
}

const isMade = ({ state }: OdooRecord): boolean => state !== 'canceled' && state !== 'cancel';

function compareOne(
  order: OdooRecord,
  { orderId, total }: ExpectedOrder,
  state: OrderState | undefined,
  { moves, pickings, payments }: Held,
  tally: Tally,
): void {
  const invoices = ids(order.invoice_ids).map((id) => moves.get(id) as OdooRecord);
  const wanted = state === 'PAID' || state === 'DELIVERED' || state === 'DONE' ? 1 : 0;
  const what = `order ${orderId} (${state ?? 'a quotation'})`;
  if (invoices.length > wanted) {
    tally.duplicates += invoices.length - wanted;
    tally.problems.push(`${what} has ${invoices.length} invoices: ${JSON.stringify(invoices)}`);
  } else if (invoices.length < wanted) {
    tally.lost += 1;
    tally.problems.push(`${what} has no invoice`);
  }
  const [invoice] = invoices;
  if (wanted === 1 && invoice !== undefined) {
    const amount = new Big(String(invoice.amount_total)).toFixed(2);
    const isPaid = invoice.state === 'posted' && PAID.includes(String(invoice.payment_state));
    if (!isPaid || amount !== new Big(total).toFixed(2)) {
      tally.wrong += 1;
      tally.problems.push(`${what}: its invoice is ${JSON.stringify(invoice)}, paid were ${total}`);
    }
  }
  const paid = invoices.flatMap((move) => payments.get(String(move.payment_reference)) ?? []);
  if (paid.length > invoices.length) {
    tally.duplicates += paid.length - invoices.length;
    tally.problems.push(`${what} is paid ${paid.length} times: ${JSON.stringify(paid)}`);
  }
  const transfers = ids(order.picking_ids).map((id) => String(pickings.get(id)?.state));
  if (state === 'DONE' && (order.locked !== true || transfers.some((one) => one !== 'done' && one !== 'cancel'))) {
    tally.wrong += 1;
    tally.problems.push(`${what} is ${order.locked ? '' : 'not '}locked, its transfers are ${transfers.join(', ')}`);
  }
}
