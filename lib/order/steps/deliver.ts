import { ConnectorError } from '../../errors/index.ts';
import type { Odoo, OdooRecord, Value } from '../../odoo/client.ts';
import { idOf } from '../../odoo/ids.ts';
import { loadRecords } from '../../odoo/load.ts';
import type { OrderSnapshot } from '../../opencart/snapshots.ts';
import type { Step } from '../../sync/declare.ts';
import { HEAVY_RECORDS, type Order, wants } from './wanted.ts';

/** Serves every version: 16 asks about immediate transfers, all about backorders and text messages. */
const VALIDATE = { skip_backorder: true, skip_sms: true, skip_immediate: true };
/** Pick, pack, ship: each transfer makes the next one ready. */
const MOST_TRANSFERS = 5;

/** DELIVERED: every open transfer of the order is done in full, with or without stock on hand. */
export const deliver: Step<OrderSnapshot> = {
  name: 'deliver',
  together: HEAVY_RECORDS,
  due: ({ odoo, snapshot, details }, context) =>
    odoo.state === 'sale' && details.deliveredAt === undefined && wants('DELIVERED', snapshot, context),
  async run(orders, { odoo }) {
    for (let round = 0; round < MOST_TRANSFERS; round += 1) {
      const pickings = await openTransfers(odoo, orders);
      if (pickings.length === 0) break;
      await validateTransfers(
        odoo,
        pickings.map((picking) => picking.id),
      );
    }
    for (const order of orders) order.details.deliveredAt = new Date().toISOString();
  },
};

/** Transfers that are still to be done. */
export async function openTransfers(odoo: Odoo, orders: readonly Order[]): Promise<OdooRecord[]> {
  const ids = orders.map((order) => order.odooId);
  const open = [
    ['sale_id', 'in', ids],
    ['state', 'not in', ['done', 'cancel']],
  ] as const;
  return withInventory(() => odoo.searchRead('stock.picking', open, ['state', 'sale_id', 'partner_id']));
}

/** What Inventory has of orders. Without that app, nothing is delivered, and nothing has to be. */
export async function withInventory(search: () => Promise<OdooRecord[]>): Promise<OdooRecord[]> {
  try {
    return await search();
  } catch (error) {
    if (error instanceof ConnectorError && error.code === 'ODOO_MODEL_UNKNOWN') return [];
    throw error;
  }
}

/** Marks all moves of the transfers as done in full, and validates them. */
export async function validateTransfers(odoo: Odoo, pickings: readonly number[]): Promise<void> {
  const open = [
    ['picking_id', 'in', pickings],
    ['state', 'not in', ['done', 'cancel']],
  ] as const;
  const moves = await odoo.searchRead('stock.move', open, ['product_uom_qty', 'picking_id']);
  const rows = moves.map((move): Value[][] => [[move.id, Number(move.product_uom_qty), '1']]);
  const outcomes = await loadRecords(odoo, 'stock.move', ['.id', 'quantity', 'picked'], rows);
  for (const outcome of outcomes) if ('error' in outcome) throw outcome.error;
  const moving = new Set(moves.map((move) => idOf(move.picking_id)));
  await odoo.call('stock.picking', 'button_validate', [pickings.filter((id) => moving.has(id))], { context: VALIDATE });
  const left = (await odoo.read('stock.picking', pickings, ['state', 'name'])).find(({ state }) => state !== 'done');
  if (left === undefined) return;
  throw new ConnectorError(
    'DELIVERY_OPEN',
    `Odoo left the transfer ${String(left.name)} in the state "${String(left.state)}".`,
  );
}
