import type { Behaviour } from '../behaviour.ts';
import { UserError } from '../faults.ts';
import { COMPANY, type Orm } from '../orm.ts';
import type { Row, Vals, Wire } from '../types.ts';
import { movesOfPicking } from './picking-state.ts';
import { createPicking, OPERATION } from './procurement.ts';

/** The wizard that takes delivered goods back. */
export const returnPicking: Behaviour = {
  /** Without lines of its own it lists what was delivered, with nothing to return yet. */
  prepare(orm, vals) {
    const picking = vals.picking_id ?? orm.context.active_id ?? false;
    if ('product_return_moves' in vals || !picking) return { company_id: COMPANY, ...vals, picking_id: picking };
    const moves = movesOfPicking(orm, Number(picking)).filter((move) => move.state !== 'cancel');
    const lines = moves.map((move) => [0, 0, { product_id: move.product_id ?? false, quantity: 0, move_id: move.id }]);
    return { company_id: COMPANY, ...vals, picking_id: picking, product_return_moves: lines };
  },
  methods: {
    action_create_returns(orm, ids): Wire {
      const [wizard] = orm.rows('stock.return.picking', ids.slice(0, 1));
      return wizard ? createReturn(orm, wizard) : null;
    },
  },
};

export const returnLine: Behaviour = {
  cascade: ['wizard_id'],
  displayName: (orm, row) => orm.displayName('product.product', Number(row.product_id)),
  computed: {
    move_quantity: (orm, row) => orm.row('stock.move', row.move_id)?.quantity ?? 0,
    uom_id: (orm, row) => orm.row('stock.move', row.move_id)?.product_uom ?? false,
  },
  complete: (_orm, vals) => ({ to_refund: true, ...vals }),
};

function createReturn(orm: Orm, wizard: Row): Wire {
  const lines = orm
    .rows('stock.return.picking.line', [
      ...(orm.store.lookup('stock.return.picking.line', 'wizard_id', wizard.id) ?? []),
    ])
    .filter((line) => Number(line.quantity) > 0);
  const source = orm.row('stock.picking', wizard.picking_id);
  if (lines.length === 0 || !source) throw new UserError('Please specify at least one non-zero quantity.');
  const picking = createPicking(orm, OPERATION.receipt, {
    ...{ return_id: source.id, sale_id: source.sale_id ?? false, origin: `Return of ${source.name}` },
    ...{ partner_id: source.partner_id ?? false, location_id: source.location_dest_id ?? false },
    location_dest_id: source.location_id ?? false,
  });
  orm.create(
    'stock.move',
    lines.map((line) => returned(orm, line, picking)),
  );
  return {
    ...{ name: 'Returned Picking', view_mode: 'form', res_model: 'stock.picking', res_id: picking.id },
    ...{ type: 'ir.actions.act_window', context: {} },
  };
}

function returned(orm: Orm, line: Row, picking: Row): Vals {
  const source = orm.row('stock.move', line.move_id);
  return {
    ...{ picking_id: picking.id, product_id: line.product_id ?? false, product_uom: source?.product_uom ?? 1 },
    ...{ product_uom_qty: line.quantity ?? 0, origin_returned_move_id: source?.id ?? false },
    ...{ sale_line_id: source?.sale_line_id ?? false, origin: source?.origin ?? false },
    to_refund: line.to_refund ?? true,
  };
}
