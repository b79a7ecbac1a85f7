import { UserError } from '../faults.ts';
import { COMPANY, now, type Orm } from '../orm.ts';
import { type Row, truthy, type Vals } from '../types.ts';
import { linesOf } from './order-amounts.ts';
import { deliveredQuantity, direction, isMoved, movesOfLine, pickingsOf } from './order-status.ts';
import { cancelMoves, isOpen, pickingState } from './picking-state.ts';
import { assign } from './stock.ts';

/** The operation types of the one warehouse. */
export const OPERATION = { receipt: 1, delivery: 2 };

const quantity = (row: Row, field: string): number => Number(row[field]) || 0;

/** What is on its way to the customer or has arrived, less what came back. */
function procured(orm: Orm, line: Row): number {
  const moves = movesOfLine(orm, line.id).filter((move) => move.state !== 'cancel');
  return moves.reduce(
    (sum, move) => sum + direction(orm, move) * quantity(move, move.state === 'done' ? 'quantity' : 'product_uom_qty'),
    0,
  );
}

/** Brings the deliveries of confirmed lines up or down to the ordered quantities. */
export function procure(orm: Orm, lines: Row[]): void {
  for (const line of lines) {
    const order = orm.row('sale.order', line.order_id);
    if (order?.state !== 'sale' || !isMoved(orm, line)) continue;
    const missing = quantity(line, 'product_uom_qty') - procured(orm, line);
    if (missing > 0) add(orm, order, line, missing);
    else if (missing < 0) takeBack(orm, line, -missing);
  }
}

export const procureOrder = (orm: Orm, order: number): void => procure(orm, linesOf(orm, order));

/** What was delivered cannot be ordered away. */
export function refuseBelowDelivered(orm: Orm, line: Row, ordered: number): void {
  const order = orm.row('sale.order', line.order_id);
  if (order?.state !== 'sale' || !isMoved(orm, line)) return;
  if (ordered >= quantity(line, 'product_uom_qty') || ordered >= deliveredQuantity(orm, line)) return;
  throw new UserError(
    'The ordered quantity of a sale order line cannot be decreased below the amount already delivered. ' +
      'Instead, create a return in your inventory.',
  );
}

function openMove(orm: Orm, line: Row): Row | undefined {
  return movesOfLine(orm, line.id).find((move) => isOpen(move) && direction(orm, move) === 1);
}

function add(orm: Orm, order: Row, line: Row, missing: number): void {
  const move = openMove(orm, line);
  if (move) {
    demand(orm, move, quantity(move, 'product_uom_qty') + missing);
    return;
  }
  const picking = openDelivery(orm, order.id) ?? createPicking(orm, OPERATION.delivery, deliveryOf(order));
  orm.create('stock.move', [
    {
      ...{ picking_id: picking.id, sale_line_id: line.id, product_id: line.product_id ?? false, to_refund: true },
      ...{ product_uom: line.product_uom_id ?? 1, product_uom_qty: missing, origin: order.name ?? false },
    },
  ]);
}

function takeBack(orm: Orm, line: Row, surplus: number): void {
  const move = openMove(orm, line);
  if (!move) return;
  const rest = Math.max(0, quantity(move, 'product_uom_qty') - surplus);
  if (rest === 0) {
    orm.patch('stock.move', move.id, { product_uom_qty: 0 });
    cancelMoves(orm, [move]);
  } else demand(orm, move, rest);
}

/** A changed demand is reserved anew. */
function demand(orm: Orm, move: Row, ordered: number): void {
  orm.patch('stock.move', move.id, { product_uom_qty: ordered });
  if (!truthy(move.picked)) assign(orm, { ...move, product_uom_qty: ordered });
}

const openDelivery = (orm: Orm, order: number): Row | undefined =>
  pickingsOf(orm, order).find(
    (row) => row.picking_type_id === OPERATION.delivery && !['done', 'cancel'].includes(pickingState(orm, row)),
  );

const deliveryOf = (order: Row): Vals => ({
  ...{ sale_id: order.id, origin: order.name ?? false, partner_id: order.partner_shipping_id ?? false },
  ...{ move_type: order.picking_policy || 'direct', carrier_id: order.carrier_id ?? false },
});

/** A transfer of the given operation type, numbered after it. */
export function createPicking(orm: Orm, type: number, vals: Vals): Row {
  const operation = orm.row('stock.picking.type', type);
  const [id = 0] = orm.create('stock.picking', [
    {
      ...{ picking_type_id: type, company_id: COMPANY, scheduled_date: now(), priority: '0', move_type: 'direct' },
      location_id: operation?.default_location_src_id ?? false,
      location_dest_id: operation?.default_location_dest_id ?? false,
      ...vals,
    },
  ]);
  return orm.rows('stock.picking', [id])[0] as Row;
}
