import { groupBy } from '../../collections.ts';
import type { OdooRecord } from '../../odoo/client.ts';
import { idOf, idsOf } from '../../odoo/ids.ts';
import type { OrderSnapshot } from '../../opencart/snapshots.ts';
import type { Step, StepTools } from '../../sync/declare.ts';
import { validateTransfers } from './deliver.ts';
import { pay, readAll, today } from './payment.ts';
import { type Order, wants } from './wanted.ts';
import { notToBeRepeatedSoon, runWizard, wizards } from './wizard.ts';

const REASON = 'Cancelled in the store';
/** Odoo 16 to 18 would open a wizard and do nothing. */
const CANCEL = { disable_cancel_warning: true };
const UNPAID = new Set(['not_paid', 'partial']);

/**
 * CANCEL, from any state: what was delivered is returned, what was paid is credited and paid back,
 * what was only invoiced is cancelled. Each part looks at what is there, so that a repetition goes on
 * where the last one stopped.
 */
export const cancel: Step<OrderSnapshot> = {
  name: 'cancel',
  alone: true,
  due: ({ odoo, snapshot }, context) => odoo.state !== 'cancel' && wants('CANCEL', snapshot, context),
  async run(orders, tools) {
    const confirmed = orders.filter((order) => order.odoo.state === 'sale');
    const locked = confirmed.filter((order) => order.odoo.locked === true).map((order) => order.odooId);
    // Odoo 16 unlocks what is cancelled, too: then it is cancelled no more.
    if (locked.length > 0) await notToBeRepeatedSoon(tools.odoo.call('sale.order', 'action_unlock', [locked]));
    await creditInvoices(confirmed, tools);
    await returnDeliveries(confirmed, tools);
    const ids = orders.map((order) => order.odooId);
    await tools.odoo.call('sale.order', 'action_cancel', [ids], { context: CANCEL });
    for (const order of orders) {
      order.odoo.state = 'cancel';
      delete order.details.paidAt;
      delete order.details.deliveredAt;
    }
  },
};

async function creditInvoices(orders: readonly Order[], tools: StepTools): Promise<void> {
  const { odoo } = tools;
  const owners = new Map(orders.flatMap((order) => idsOf(order.odoo.invoice_ids).map((id) => [id, order] as const)));
  const fields = ['state', 'payment_state', 'amount_total', 'journal_id', 'reversed_entry_id'];
  const moves = await readAll(odoo, 'account.move', [...owners.keys()], fields);
  const posted = moves.filter((move) => move.state === 'posted' && idOf(move.reversed_entry_id) === undefined);
  // Odoo counts an invoice over nothing as paid, but there is nothing to pay back.
  const moved = posted.filter((move) => Number(move.amount_total) !== 0);
  const paid = moved.filter((move) => !UNPAID.has(String(move.payment_state)));
  const unpaid = posted
    .filter((move) => move.payment_state === 'not_paid' || !moved.includes(move))
    .map((move) => move.id);
  if (unpaid.length > 0) {
    await odoo.call('account.move', 'button_draft', [unpaid]);
    await odoo.call('account.move', 'button_cancel', [unpaid]);
  }
  const credited = new Set(moves.map((move) => idOf(move.reversed_entry_id)));
  await reverse(
    paid.filter((move) => !credited.has(move.id)),
    tools,
  );
  if (paid.length > 0) await settleCredits(paid, owners, tools);
}

async function reverse(invoices: readonly OdooRecord[], { odoo }: StepTools): Promise<void> {
  for (const [journal, some] of groupBy(invoices, (move) => idOf(move.journal_id))) {
    const ids = some.map((move) => move.id);
    await runWizard(odoo, wizards.reversals, {
      over: ids,
      values: { journal_id: journal as number, reason: REASON, date: today() },
      context: { active_model: 'account.move', active_ids: ids },
    });
  }
}

/** Posts what reverses paid invoices and credit notes, and pays the money back. */
async function settleCredits(
  invoices: readonly OdooRecord[],
  owners: ReadonlyMap<number, Order>,
  tools: StepTools,
): Promise<void> {
  const { odoo } = tools;
  const domain = [['reversed_entry_id', 'in', invoices.map((move) => move.id)]] as const;
  const credits = await odoo.searchRead('account.move', domain, ['state', 'payment_state', 'reversed_entry_id']);
  const drafts = credits.filter((move) => move.state === 'draft').map((move) => move.id);
  if (drafts.length > 0) await odoo.call('account.move', 'action_post', [drafts]);
  await pay(
    credits
      .filter((move) => UNPAID.has(String(move.payment_state)))
      .map((move) => ({ moveId: move.id, order: owners.get(idOf(move.reversed_entry_id) as number) as Order })),
    tools,
  );
}

async function returnDeliveries(orders: readonly Order[], tools: StepTools): Promise<void> {
  const { odoo } = tools;
  const delivered = orders.filter((order) => order.details.deliveredAt !== undefined).map((order) => order.odooId);
  if (delivered.length === 0) return;
  const done = [
    ['picking_id.sale_id', 'in', delivered],
    ['state', '=', 'done'],
  ] as const;
  const fields = ['picking_id', 'product_id', 'quantity', 'location_id', 'origin_returned_move_id'];
  const moves = await odoo.searchRead('stock.move', done, fields);
  const returned = new Set(moves.map((move) => idOf(move.origin_returned_move_id)));
  const open = moves.filter((move) => idOf(move.origin_returned_move_id) === undefined && !returned.has(move.id));
  const returns: number[] = [];
  for (const [picking, some] of groupBy(open, (move) => idOf(move.picking_id))) {
    returns.push(await createReturn(picking as number, some, tools));
  }
  if (returns.length > 0) await validateTransfers(odoo, returns);
}

async function createReturn(
  picking: number,
  moves: readonly OdooRecord[],
  { odoo, context }: StepTools,
): Promise<number> {
  const lines = moves.map((move) => [
    0,
    0,
    { product_id: idOf(move.product_id) as number, quantity: Number(move.quantity), move_id: move.id },
  ]);
  const from = idOf(moves[0]?.location_id) as number;
  const place = context.dialect.vocabulary.minds('asksReturnPlace') ? { location_id: from } : {};
  const values = { picking_id: picking, product_return_moves: lines, ...place };
  const action = await runWizard(odoo, wizards.returns, { over: [picking], values });
  return Number((action as { res_id?: unknown }).res_id);
}
