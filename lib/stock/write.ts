import { ConnectorError } from '../errors/index.ts';
import type { Odoo } from '../odoo/client.ts';
import { idOf } from '../odoo/ids.ts';
import type { Step } from '../sync/declare.ts';

/** How many pieces the store has, and whether Odoo is told more than once. */
export interface Stock {
  quantity: number;
  policy: 'onCreate' | 'always';
  locationId?: number | undefined;
}

/**
 * Counts, and books the difference with it. In two calls (`inventory_quantity`, then `action_apply_inventory`) the
 * second one, carried out once more, would take everything off the shelf.
 */
const COUNT = 'inventory_quantity_auto_apply';

/**
 * Sets Odoo's stock at the location, so that what can still be promised there is what the store has:
 * the store counts a piece as gone when it is ordered, Odoo when it is delivered.
 */
export const writeStock: Step<Stock> = {
  name: 'write-stock',
  due: ({ snapshot, details }, { group }) => {
    if (snapshot.policy === 'onCreate') {
      // Once, but for what the orders of the same import have moved.
      const isSameImport = group !== undefined && details.countedBy === group;
      return details.quantity === undefined || (isSameImport && details.moved === true);
    }
    return (
      details.moved === true || details.quantity !== snapshot.quantity || details.locationId !== snapshot.locationId
    );
  },
  async run(records, { odoo, context }) {
    const location = context.settings.locationId ?? (await stockLocation(odoo, context.settings.warehouseId));
    const ids = records.map((record) => record.odooId);
    const outgoing = new Map(
      (await odoo.read('product.product', ids, ['outgoing_qty'], { location })).map((record) => [
        record.id,
        Number(record.outgoing_qty),
      ]),
    );
    const counts = records.map(({ odooId, snapshot }) => ({
      product_id: odooId,
      location_id: location,
      [COUNT]: snapshot.quantity + (outgoing.get(odooId) ?? 0),
    }));
    const quants = await odoo.call('stock.quant', 'create', [counts], { context: { inventory_mode: true } });
    const found = await odoo.read('stock.quant', [quants].flat().map(Number), ['product_id', 'quantity']);
    const held = new Map(found.map((quant) => [idOf(quant.product_id), Number(quant.quantity)]));
    // Odoo says nothing where it does not book a count, and moves nothing then.
    if (counts.some((count) => held.get(count.product_id) !== count[COUNT])) {
      throw new ConnectorError('ODOO_BUSY', 'Stock has moved while it was being counted.');
    }
    const by = context.group === undefined ? {} : { countedBy: context.group };
    for (const { snapshot, details } of records) {
      Object.assign(details, locationOf(snapshot), by, { quantity: snapshot.quantity });
      delete details.moved;
    }
  },
};

const locationOf = ({ locationId }: Stock) => (locationId === undefined ? {} : { locationId });

/** Where a warehouse keeps its stock; without one, the first warehouse. */
async function stockLocation(odoo: Odoo, warehouseId: number | undefined): Promise<number> {
  const domain = warehouseId === undefined ? [] : [['id', '=', warehouseId] as const];
  const [warehouse] = await odoo.searchRead('stock.warehouse', domain, ['lot_stock_id'], { limit: 1, order: 'id' });
  const location = idOf(warehouse?.lot_stock_id);
  if (location !== undefined) return location;
  throw new ConnectorError('WAREHOUSE_MISSING', 'Odoo has no such warehouse to keep stock in.', {
    subject: `stock.warehouse/${warehouseId ?? 'first'}`,
  });
}
