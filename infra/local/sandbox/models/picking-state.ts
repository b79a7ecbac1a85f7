import type { Orm } from '../orm.ts';
import type { Row } from '../types.ts';

export const isOpen = ({ state }: Row): boolean => state !== 'done' && state !== 'cancel';

export const movesOfPicking = (orm: Orm, picking: number): Row[] =>
  orm.rows(
    'stock.move',
    [...(orm.store.lookup('stock.move', 'picking_id', picking) ?? [])].sort((a, b) => a - b),
  );

/** A transfer is what its moves are; "as soon as possible" needs one of them to be ready. */
export function pickingState(orm: Orm, picking: Row): string {
  const moves = movesOfPicking(orm, picking.id);
  if (moves.length === 0) return String(picking.state || 'draft');
  if (moves.every((move) => move.state === 'cancel')) return 'cancel';
  const open = moves.filter(isOpen);
  if (open.length === 0) return 'done';
  const ready = (move: Row) =>
    move.state === 'assigned' || (picking.move_type !== 'one' && move.state === 'partially_available');
  return (picking.move_type === 'one' ? open.every(ready) : open.some(ready)) ? 'assigned' : 'confirmed';
}

/** Takes open moves off the list; nothing stays reserved. */
export function cancelMoves(orm: Orm, moves: Row[]): void {
  for (const move of moves.filter(isOpen)) orm.patch('stock.move', move.id, { state: 'cancel', quantity: 0 });
}
