import type { Behaviour } from '../behaviour.ts';
import { UserError } from '../faults.ts';
import { COMPANY, now, type Orm } from '../orm.ts';
import { type Row, truthy, type Vals, type Wire } from '../types.ts';
import { cancelMoves, isOpen, movesOfPicking, pickingState } from './picking-state.ts';
import { createPicking, OPERATION } from './procurement.ts';
import { assign, bookMove, reservation } from './stock.ts';

const ZERO_QUANTITY =
  "Transfer trouble alert! Validating a zero quantity transfer? You're not moving invisible goods around are you?\n" +
  "Set some quantities and let's get moving!";

const quantity = (row: Row, field: string): number => Number(row[field]) || 0;

/** Transfers: deliveries to customers and their returns. */
export const picking: Behaviour = {
  order: 'priority desc, scheduled_date asc, id desc',
  computed: {
    state: pickingState,
    picking_type_code: (orm, row) => orm.row('stock.picking.type', row.picking_type_id)?.code ?? false,
    is_locked: () => true,
  },
  complete(orm, vals) {
    const type = orm.row('stock.picking.type', vals.picking_type_id);
    const code = String(type?.sequence_code ?? '');
    const number = String(orm.store.next(`stock.picking.${code}`)).padStart(5, '0');
    return { ...vals, name: `WH/${code}/${number}` };
  },
  beforeUnlink(orm, rows) {
    if (rows.some((row) => movesOfPicking(orm, row.id).some((move) => move.state === 'done'))) {
      throw new UserError('You can not delete moves linked to another operation');
    }
    for (const row of rows)
      orm.unlink(
        'stock.move',
        movesOfPicking(orm, row.id).map(({ id }) => id),
      );
  },
  methods: {
    button_validate: (orm, ids) => validateTransfers(orm, ids),
    action_cancel(orm, ids) {
      for (const row of orm.rows('stock.picking', ids)) cancelMoves(orm, movesOfPicking(orm, row.id));
      return true;
    },
    action_assign(orm, ids) {
      const moves = orm.rows('stock.picking', ids).flatMap((row) => movesOfPicking(orm, row.id));
      if (!moves.some(isOpen)) throw new UserError('Nothing to check the availability for.');
      for (const each of moves) if (isOpen(each) && !truthy(each.picked)) assign(orm, each);
      return true;
    },
  },
};

/** The movement of one product within a transfer. */
export const move: Behaviour = {
  order: 'sequence, id',
  cascade: ['picking_id'],
  computed: {
    product_qty: (_orm, row) => row.product_uom_qty ?? 0,
    reference: (orm, row) => orm.row('stock.picking', row.picking_id)?.name ?? false,
    partner_id: (orm, row) => orm.row('stock.picking', row.picking_id)?.partner_id ?? false,
  },
  displayName(orm, row) {
    const place = (id: Row[string] | undefined) => String(orm.row('stock.location', id)?.name ?? '');
    const origin = orm.row('stock.picking', row.picking_id)?.origin;
    return `${origin ? `${origin}/` : ''}${place(row.location_id)}>${place(row.location_dest_id)}`;
  },
  complete(orm, vals) {
    const parent = orm.row('stock.picking', vals.picking_id);
    const placed: Vals = {
      ...{ location_id: parent?.location_id ?? false, location_dest_id: parent?.location_dest_id ?? false },
      ...{ company_id: COMPANY, date: now(), sequence: 10, procure_method: 'make_to_stock', picked: false, ...vals },
    };
    return { ...placed, ...reservation(orm, placed, Number(vals.product_uom_qty) || 0) };
  },
  beforeWrite(_orm, rows, vals) {
    if ('quantity' in vals && rows.some((row) => row.state === 'cancel')) {
      throw new UserError('You cannot change a cancelled stock move, create a new line instead.');
    }
    return vals;
  },
  written(orm, before, vals) {
    if (!('quantity' in vals)) return;
    for (const row of orm.rows(
      'stock.move',
      before.map(({ id }) => id),
    )) {
      if (isOpen(row)) orm.patch('stock.move', row.id, { state: availability(row) });
    }
  },
};

function availability(row: Row): string {
  if (quantity(row, 'quantity') <= 0) return 'confirmed';
  return quantity(row, 'quantity') < quantity(row, 'product_uom_qty') ? 'partially_available' : 'assigned';
}

/** Once anything is marked as picked, only that is moved. */
function toMove(orm: Orm, row: Row): Row[] {
  const open = movesOfPicking(orm, row.id).filter(isOpen);
  const picked = open.filter((each) => truthy(each.picked));
  return (picked.length > 0 ? picked : open).filter((each) => quantity(each, 'quantity') > 0);
}

/** `button_validate`: done transfers are passed over, and in a group so are those without quantities. */
function validateTransfers(orm: Orm, ids: number[]): Wire {
  const rows = orm.rows('stock.picking', ids).filter((row) => pickingState(orm, row) !== 'done');
  const [only] = rows;
  if (rows.length === 1 && only) {
    if (movesOfPicking(orm, only.id).length === 0) {
      const text = 'You can’t validate an empty transfer. Please add some products to move before proceeding.';
      throw new UserError(text);
    }
    if (toMove(orm, only).length === 0) throw new UserError(ZERO_QUANTITY);
  }
  const short = rows.filter((row) => isShort(orm, row));
  if (short.length > 0 && !truthy(orm.context.skip_backorder)) return backorderQuestion(orm, rows, short);
  for (const row of rows) if (toMove(orm, row).length > 0) finish(orm, row);
  return true;
}

function isShort(orm: Orm, row: Row): boolean {
  const moved = new Set(toMove(orm, row).map(({ id }) => id));
  if (moved.size === 0) return false;
  const open = movesOfPicking(orm, row.id).filter(isOpen);
  return open.some((each) => !moved.has(each.id) || quantity(each, 'quantity') < quantity(each, 'product_uom_qty'));
}

/** Moves what is ready; what is missing goes into a backorder unless the client waives it. */
function finish(orm: Orm, row: Row): void {
  const { picking_ids_not_to_backorder: waived } = orm.context;
  const backorder = !(Array.isArray(waived) && waived.includes(row.id));
  const moved = toMove(orm, row);
  const left = movesOfPicking(orm, row.id).filter((each) => isOpen(each) && !moved.some(({ id }) => id === each.id));
  const split = moved.flatMap((each) => {
    const missing = quantity(each, 'product_uom_qty') - quantity(each, 'quantity');
    return missing > 0 ? [{ of: each, missing }] : [];
  });
  for (const each of moved) orm.patch('stock.move', each.id, { state: 'done', picked: true, date: now() });
  for (const each of moved) bookMove(orm, each);
  orm.patch('stock.picking', row.id, { date_done: now(), priority: '0' });
  if (!backorder) {
    cancelMoves(orm, left);
    return;
  }
  if (left.length === 0 && split.length === 0) return;
  const next = createPicking(orm, Number(row.picking_type_id) || OPERATION.delivery, heritage(row));
  for (const each of left) orm.patch('stock.move', each.id, { picking_id: next.id });
  for (const { of, missing } of split) {
    orm.patch('stock.move', of.id, { product_uom_qty: of.quantity ?? 0 });
    orm.create('stock.move', [moveCopy(of, next.id, missing)]);
  }
}

const heritage = (row: Row): Vals => ({
  ...{ backorder_id: row.id, sale_id: row.sale_id ?? false, origin: row.origin ?? false },
  ...{ partner_id: row.partner_id ?? false, move_type: row.move_type ?? 'direct', carrier_id: row.carrier_id ?? false },
  ...{ location_id: row.location_id ?? false, location_dest_id: row.location_dest_id ?? false },
});

const moveCopy = (row: Row, picking: number, ordered: number): Vals => ({
  ...{ picking_id: picking, product_uom_qty: ordered, sale_line_id: row.sale_line_id ?? false },
  ...{ product_id: row.product_id ?? false, product_uom: row.product_uom ?? 1, origin: row.origin ?? false },
  to_refund: row.to_refund ?? false,
});

function backorderQuestion(orm: Orm, rows: Row[], short: Row[]): Wire {
  return {
    ...{ name: 'Create Backorder?', type: 'ir.actions.act_window', view_mode: 'form', target: 'new' },
    res_model: 'stock.backorder.confirmation',
    context: {
      ...(orm.context as Record<string, Wire>),
      button_validate_picking_ids: rows.map(({ id }) => id),
      default_pick_ids: short.map(({ id }) => [4, id]),
    },
  };
}
