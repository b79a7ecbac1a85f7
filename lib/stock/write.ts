import { ConnectorError } from '../errors/index.ts';
import type { Odoo } from '../odoo/client.ts';
import type { Step } from '../sync/declare.ts';

/** How many pieces the store has, and whether Odoo is told more than once. */
export interface Stock {
  quantity: number;
  policy: 'onCreate' | 'always';
  locationId?: number | undefined;
}

/**
 * Sets Odoo's stock at the location, so that what can still be promised there is what the store has:
 * the store counts a piece as gone when it is ordered, Odoo when it is delivered.
 */
export const writeStock: Step<Stock> = {
  name: 'write-stock',
  due: ({ snapshot, details }) => {
    if (snapshot.policy === 'onCreate') return details.quantity === undefined;
    return details.quantity !== snapshot.quantity || details.locationId !== snapshot.locationId;
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
      inventory_quantity: snapshot.quantity + (outgoing.get(odooId) ?? 0),
    }));
    const inventory = { inventory_mode: true };
    const quants = await odoo.call('stock.quant', 'create', [counts], { context: inventory });
    const applied = await odoo.call('stock.quant', 'action_apply_inventory', [[quants].flat().map(Number)], {
      context: inventory,
    });
    // Goods have moved since they were counted: Odoo asks what to do about it, and has applied nothing.
    if (applied !== null && typeof applied === 'object') {
      throw new ConnectorError('ODOO_BUSY', 'Stock has moved while it was being counted.');
    }
    for (const { snapshot, details } of records)
      Object.assign(details, locationOf(snapshot), { quantity: snapshot.quantity });
  },
};

const locationOf = ({ locationId }: Stock) => (locationId === undefined ? {} : { locationId });

/** Where a warehouse keeps its stock; without one, the first warehouse. */
async function stockLocation(odoo: Odoo, warehouseId: number | undefined): Promise<number> {
  const domain = warehouseId === undefined ? [] : [['id', '=', warehouseId] as const];
  const [warehouse] = await odoo.searchRead('stock.warehouse', domain, ['lot_stock_id'], { limit: 1, order: 'id' });
  const location = warehouse?.lot_stock_id;
  if (Array.isArray(location)) return Number(location[0]);
  throw new ConnectorError('WAREHOUSE_MISSING', 'Odoo has no such warehouse to keep stock in.', {
    subject: `stock.warehouse/${warehouseId ?? 'first'}`,
  });
}
