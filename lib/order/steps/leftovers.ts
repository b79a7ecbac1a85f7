import { idsOf } from '../../odoo/ids.ts';
import type { OrderSnapshot } from '../../opencart/snapshots.ts';
import type { Step, StepTools, SyncContext } from '../../sync/declare.ts';
import { draftLines } from '../lines.ts';
import { checkTotal } from './total.ts';
import { isQuotation, type Order } from './wanted.ts';

/**
 * An attempt may have made the order and ended before its mapping stood. If the store has edited it since, its lines
 * have other ids there: they were added beside those of the attempt.
 */
export const mayHaveLeftovers = ({ made, odoo, snapshot }: Order, { dialect }: SyncContext): boolean =>
  made && isQuotation(odoo) && idsOf(odoo.order_line).length > draftLines(snapshot, dialect.priceDigits).length;

/**
 * Takes away lines that bear our external id and are none of the store's, and compares the total only then. What
 * somebody added in Odoo stays.
 */
export const dropLeftovers: Step<OrderSnapshot> = {
  name: 'drop-leftovers',
  // Due as long as the total is wrong: where it is, it fails this order, and no other of its group.
  due: (order, context) => mayHaveLeftovers(order, context) || (order.made && checkTotal(order, context) !== undefined),
  async run(orders, tools) {
    const { odoo, context } = tools;
    const lines = orders.flatMap((order) => idsOf(order.odoo.order_line));
    const names = await odoo.externalIds('sale.order.line', lines);
    const left = orders.flatMap((order) => leftoversOf(order, names, tools));
    if (left.length > 0) await odoo.call('sale.order.line', 'unlink', [left]);
    const ids = orders.map((order) => order.odooId);
    const found = new Map(
      (await odoo.read('sale.order', ids, ['order_line', 'amount_total'])).map((record) => [record.id, record]),
    );
    for (const order of orders) {
      Object.assign(order.odoo, found.get(order.odooId));
      const error = checkTotal(order, context);
      if (error !== undefined) throw error;
    }
  },
};

function leftoversOf(
  { recordId, snapshot, odoo }: Order,
  names: ReadonlyMap<number, readonly string[]>,
  { childId, context }: StepTools,
): number[] {
  const own = childId(recordId, '');
  const wanted = new Set(draftLines(snapshot, context.dialect.priceDigits).map(({ key }) => childId(recordId, key)));
  const isLeft = (name: string) => name.startsWith(own) && !wanted.has(name);
  return idsOf(odoo.order_line).filter((id) => names.get(id)?.some(isLeft));
}
