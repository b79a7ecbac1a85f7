/** What older Odoos do otherwise than 19 when one of their methods is called, as measured. */
import { callMethod } from '../methods.ts';
import type { Orm } from '../orm.ts';
import { asIds, truthy, type Value, type Wire } from '../types.ts';
import type { OlderVersion } from './recorded.ts';

/** A call in the sandbox's own words. */
export interface Call {
  orm: Orm;
  model: string;
  args: Value[];
  kwargs: { [name: string]: Value };
}

interface Habit {
  from?: OlderVersion;
  until: OlderVersion;
  model: string;
  method: string;
  /** Undefined: the version has no such method. */
  run: ((call: Call) => Wire | undefined) | undefined;
}

const as = (method: string) => (call: Call) => callMethod(call, method);
const idsOf = ({ args }: Call): number[] => asIds(args[0]);

const wizard = (name: string, model: string): Wire => ({
  ...{ type: 'ir.actions.act_window', name, res_model: model, view_mode: 'form', target: 'new' },
});

/** A warning that only the web client can answer; of drafts alone there is none. */
function cancelOrders(call: Call, mayBeLocked: boolean): Wire | undefined {
  const { orm } = call;
  const rows = orm.rows('sale.order', idsOf(call));
  if (!mayBeLocked && rows.some((row) => truthy(row.locked))) return callMethod(call, 'action_cancel');
  const warned = truthy(orm.context.disable_cancel_warning) || rows.every((row) => row.state === 'draft');
  if (!warned) return wizard('Cancel Sales Order', 'sale.order.cancel');
  if (mayBeLocked) for (const { id } of rows) orm.patch('sale.order', id, { locked: false });
  return callMethod(call, 'action_cancel');
}

/** Confirms again what is confirmed, with the date of now. */
function confirmAgain(call: Call): Wire | undefined {
  const { orm } = call;
  const ids = idsOf(call);
  for (const row of orm.rows('sale.order', ids)) {
    if (row.state === 'sale')
      orm.patch('sale.order', row.id, { date_order: new Date().toISOString().slice(0, 19).replace('T', ' ') });
  }
  const left = orm.rows('sale.order', ids).filter((row) => row.state !== 'sale');
  if (left.length === 0) return true;
  return callMethod({ ...call, args: [left.map(({ id }) => id)] }, 'action_confirm');
}

/** Whatever state an order is in, it is confirmed and open afterwards. */
function unlock(call: Call): Wire {
  for (const id of idsOf(call)) call.orm.patch('sale.order', id, { state: 'sale', locked: false });
  return null;
}

/** Moves nothing that no quantity was written of; asks what was meant, or says yes where it may not ask. */
function validateWritten(call: Call): Wire | undefined {
  const { orm } = call;
  const ids = idsOf(call);
  const written = ids.filter((id) =>
    [...(orm.store.lookup('stock.move', 'picking_id', id) ?? [])].some((move) =>
      truthy(orm.row('stock.move', move)?.picked),
    ),
  );
  if (written.length < ids.length) {
    const { skip_immediate, skip_backorder } = orm.context;
    if (!truthy(skip_immediate)) return wizard('Immediate Transfer?', 'stock.immediate.transfer');
    if (!truthy(skip_backorder)) return wizard('Create Backorder?', 'stock.backorder.confirmation');
  }
  return written.length === 0 ? true : callMethod({ ...call, args: [written] }, 'button_validate');
}

/** There is no choice: the orders of a customer become one invoice. */
function mergeInvoices(call: Call): Wire | undefined {
  for (const id of idsOf(call)) call.orm.patch('sale.advance.payment.inv', id, { consolidated_billing: true });
  return callMethod(call, 'create_invoices');
}

const habits: readonly Habit[] = [
  { from: 17, until: 18, model: 'sale.order', method: 'action_cancel', run: (call) => cancelOrders(call, false) },
  { until: 17, model: 'stock.return.picking', method: 'create_returns', run: as('action_create_returns') },
  { until: 17, model: 'stock.return.picking', method: 'action_create_returns', run: undefined },
  { until: 16, model: 'sale.order', method: 'action_cancel', run: (call) => cancelOrders(call, true) },
  { until: 16, model: 'sale.order', method: 'action_confirm', run: confirmAgain },
  { until: 16, model: 'sale.order', method: 'action_done', run: as('action_lock') },
  { until: 16, model: 'sale.order', method: 'action_lock', run: undefined },
  { until: 16, model: 'sale.order', method: 'action_unlock', run: unlock },
  { until: 16, model: 'account.move.reversal', method: 'reverse_moves', run: as('refund_moves') },
  { until: 16, model: 'account.move.reversal', method: 'refund_moves', run: undefined },
  { until: 16, model: 'sale.advance.payment.inv', method: 'create_invoices', run: mergeInvoices },
  { until: 16, model: 'stock.picking', method: 'button_validate', run: validateWritten },
];

/** The habits of a version, by `model.method`. */
export const habitsOf = (version: OlderVersion): Map<string, Habit['run']> =>
  new Map(
    habits
      .filter(({ from = 16, until }) => from <= version && version <= until)
      .map(({ model, method, run }) => [`${model}.${method}`, run]),
  );
