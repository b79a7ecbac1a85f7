import type { Behaviour } from '../behaviour.ts';
import { UserError } from '../faults.ts';
import { COMPANY, now, type Orm } from '../orm.ts';
import { type Row, truthy, type Vals, type Value, type Wire } from '../types.ts';
import { isCounted, quantsOf, reassign, reservedAt } from './stock.ts';

const MODEL = 'stock.quant';
const COUNTED_AND_APPLIED = 'inventory_quantity_auto_apply';

const amount = (row: Row, field: string): number => Number(row[field]) || 0;
const rounded = (value: number): number => Number(value.toFixed(6));

const reserved = (orm: Orm, row: Row): number => reservedAt(orm, Number(row.product_id), row.location_id);

/** How much of a product lies at one place. */
export const quant: Behaviour = {
  displayName: (orm, row) => orm.displayName('stock.location', Number(row.location_id)),
  computed: {
    reserved_quantity: reserved,
    [COUNTED_AND_APPLIED]: (_orm, row) => amount(row, 'quantity'),
    available_quantity: (orm, row) => rounded(amount(row, 'quantity') - reserved(orm, row)),
  },
  prepare(orm, vals) {
    refuseWrongPlace(orm, vals.location_id);
    orm.rows('product.product', [Number(vals.product_id)]);
    if (!isCounted(orm, vals.product_id)) {
      throw new UserError('Quants cannot be created for consumables or services.');
    }
    return vals;
  },
  /** A count in inventory mode goes to what is already known to lie there. */
  reuse(orm, vals) {
    if (!isCount(orm, vals)) return undefined;
    return quantsOf(orm, Number(vals.product_id)).find((row) => row.location_id === vals.location_id)?.id;
  },
  complete: (_orm, vals) => ({
    ...{ company_id: COMPANY, in_date: now(), quantity: 0, reserved_quantity: 0 },
    ...vals,
  }),
  created(orm, ids, given) {
    ids.forEach((id, index) => {
      const vals = given[index] ?? {};
      if (!isCount(orm, vals)) return;
      if (COUNTED_AND_APPLIED in vals) countAndApply(orm, id, vals[COUNTED_AND_APPLIED]);
      else count(orm, id, vals.inventory_quantity);
    });
  },
  written(orm, before, vals) {
    if ('inventory_quantity' in vals) for (const { id } of before) count(orm, id, vals.inventory_quantity);
  },
  methods: { action_apply_inventory: applyInventory },
};

const isCount = (orm: Orm, vals: Vals): boolean =>
  truthy(orm.context.inventory_mode) && ('inventory_quantity' in vals || COUNTED_AND_APPLIED in vals);

/** The count is booked at once, unless it says what is known. */
function countAndApply(orm: Orm, id: number, counted: Value | undefined): void {
  const [row] = orm.rows(MODEL, [id]);
  if (row === undefined || amount(row, 'quantity') === (Number(counted) || 0)) return;
  count(orm, id, counted);
  applyInventory(orm, [id]);
}

function count(orm: Orm, id: number, counted: Value | undefined): void {
  const [row] = orm.rows(MODEL, [id]);
  if (!row) return;
  orm.patch(MODEL, id, {
    ...{ inventory_quantity: Number(counted) || 0, inventory_quantity_set: true },
    inventory_diff_quantity: rounded((Number(counted) || 0) - amount(row, 'quantity')),
  });
}

function refuseWrongPlace(orm: Orm, location: Value | undefined): void {
  const row = orm.row('stock.location', location);
  if (row?.usage !== 'view') return;
  throw new UserError(
    `You cannot take products from or deliver products to a location of type "view" (${row.complete_name}).`,
  );
}

/** Makes the counts count. What was not counted is taken for counted as nothing, as Odoo does. */
function applyInventory(orm: Orm, ids: number[]): Wire {
  const rows = orm.rows(MODEL, ids);
  const stale = rows.filter((row) => truthy(row.inventory_quantity_set) && isOutdated(row));
  if (stale.length > 0) return conflict(orm, rows, stale);
  for (const row of rows) {
    orm.patch(MODEL, row.id, {
      ...{ quantity: amount(row, 'inventory_quantity'), inventory_quantity: 0 },
      ...{ inventory_quantity_set: false, inventory_diff_quantity: 0 },
    });
    reassign(orm, Number(row.product_id));
  }
  return null;
}

/** Something moved between the count and now. */
const isOutdated = (row: Row): boolean =>
  rounded(amount(row, 'inventory_quantity') - amount(row, 'inventory_diff_quantity') - amount(row, 'quantity')) !== 0;

const idsOf = (rows: Row[]): number[] => rows.map(({ id }) => id);

const conflict = (orm: Orm, rows: Row[], stale: Row[]): Wire => ({
  ...{ name: 'Conflict in Inventory Adjustment', type: 'ir.actions.act_window', view_mode: 'form' },
  ...{ views: [[false, 'form']], res_model: 'stock.inventory.conflict', target: 'new' },
  context: {
    ...(orm.context as Record<string, Wire>),
    ...{ default_quant_ids: idsOf(rows), default_quant_to_fix_ids: idsOf(stale) },
  },
});
