import type { Orm } from '../orm.ts';
import { asIds, type Row, truthy, type Vals, type Value } from '../types.ts';
import { isOpen } from './picking-state.ts';

const QUANT = 'stock.quant';

const amount = (row: Row, field: string): number => Number(row[field]) || 0;
const sum = (rows: Row[], field: string): number =>
  Number(rows.reduce((total, row) => total + amount(row, field), 0).toFixed(6));

/** Goods whose stock is counted. */
export function isCounted(orm: Orm, product: Value | undefined): boolean {
  const row = orm.row('product.product', product);
  return row !== undefined && truthy(orm.value('product.product', row, 'is_storable'));
}

const isOwn = (orm: Orm, location: Value | undefined): boolean =>
  orm.row('stock.location', location)?.usage === 'internal';

/** The places a call asks about: those of the context, else every warehouse. */
function roots(orm: Orm): Set<number> {
  const { location, warehouse_id: asked } = orm.context;
  if (truthy(location)) return new Set(asIds(location));
  const ids = truthy(asked) ? asIds(asked) : [...orm.store.rows('stock.warehouse')].map(({ id }) => id);
  return new Set(orm.rows('stock.warehouse', ids).map((row) => Number(row.view_location_id)));
}

function isWithin(orm: Orm, location: Value | undefined, places: Set<number>): boolean {
  for (let row = orm.row('stock.location', location); row; row = orm.row('stock.location', row.location_id)) {
    if (places.has(row.id)) return true;
  }
  return false;
}

export const quantsOf = (orm: Orm, product: number): Row[] =>
  orm.rows(
    QUANT,
    [...(orm.store.lookup(QUANT, 'product_id', product) ?? [])].sort((a, b) => a - b),
  );

const openMoves = (orm: Orm, product: number): Row[] =>
  orm
    .rows(
      'stock.move',
      [...(orm.store.lookup('stock.move', 'product_id', product) ?? [])].sort((a, b) => a - b),
    )
    .filter(isOpen);

/** What a product's quantities are, as the context sees them. */
export function quantities(orm: Orm, product: number): Record<string, number> {
  const places = roots(orm);
  const inside = (location: Value | undefined) => isWithin(orm, location, places);
  const quants = quantsOf(orm, product).filter((row) => inside(row.location_id));
  const moves = openMoves(orm, product);
  const leaving = moves.filter((move) => inside(move.location_id) && !inside(move.location_dest_id));
  const coming = moves.filter((move) => !inside(move.location_id) && inside(move.location_dest_id));
  const [onHand, outgoing, incoming] = [
    sum(quants, 'quantity'),
    sum(leaving, 'product_uom_qty'),
    sum(coming, 'product_uom_qty'),
  ];
  const reserved = quants.reduce((total, row) => total + reservedAt(orm, product, row.location_id), 0);
  return {
    ...{ qty_available: onHand, outgoing_qty: outgoing, incoming_qty: incoming },
    ...{ virtual_available: onHand + incoming - outgoing, free_qty: onHand - reserved },
  };
}

export const STOCK_FIELDS = ['qty_available', 'outgoing_qty', 'incoming_qty', 'virtual_available', 'free_qty'];

/** What open transfers hold of the stock of a place. */
export const reservedAt = (orm: Orm, product: number, location: Value | undefined, except?: number): number =>
  sum(
    openMoves(orm, product).filter((move) => move.location_id === location && move.id !== except),
    'quantity',
  );

/** What a move gets of what it needs: everything, unless it takes counted goods from a place of the company. */
export function reservation(orm: Orm, move: Vals | Row, needed: number): Vals {
  const { product_id: product, location_id: location, id } = move;
  if (!isCounted(orm, product) || !isOwn(orm, location)) return { quantity: needed, state: 'assigned' };
  const own = quantsOf(orm, Number(product)).filter((row) => row.location_id === location);
  const held = reservedAt(orm, Number(product), location, Number(id) || undefined);
  const quantity = Math.min(needed, Math.max(0, sum(own, 'quantity') - held));
  if (quantity === 0) return { quantity, state: 'confirmed' };
  return { quantity, state: quantity < needed ? 'partially_available' : 'assigned' };
}

/** Deals the stock of a product out anew, to the oldest transfers first. */
export function reassign(orm: Orm, product: number): void {
  const waiting = openMoves(orm, product).filter((move) => isOwn(orm, move.location_id) && !truthy(move.picked));
  for (const { id } of waiting) orm.patch('stock.move', id, { quantity: 0, state: 'confirmed' });
  for (const move of waiting) assign(orm, move);
}

export function assign(orm: Orm, move: Row): void {
  orm.patch('stock.move', move.id, reservation(orm, move, amount(move, 'product_uom_qty')));
}

/** Books what a finished move took from one place and brought to another. */
export function bookMove(orm: Orm, move: Row): void {
  const product = Number(move.product_id);
  if (!isCounted(orm, product)) return;
  book(orm, product, move.location_id, -amount(move, 'quantity'));
  book(orm, product, move.location_dest_id, amount(move, 'quantity'));
  if (isOwn(orm, move.location_dest_id)) reassign(orm, product);
}

function book(orm: Orm, product: number, location: Value | undefined, change: number): void {
  if (!isOwn(orm, location)) return;
  const known = quantsOf(orm, product).find((row) => row.location_id === location);
  if (known) orm.patch(QUANT, known.id, { quantity: amount(known, 'quantity') + change });
  else orm.create(QUANT, [{ product_id: product, location_id: location ?? false, quantity: change }]);
}
