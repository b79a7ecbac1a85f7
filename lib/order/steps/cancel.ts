import { groupBy } from '../../collections.ts';
import { ConnectorError } from '../../errors/index.ts';
import type { OdooRecord } from '../../odoo/client.ts';
import { idOf, idsOf } from '../../odoo/ids.ts';
import type { OrderSnapshot } from '../../opencart/snapshots.ts';
import type { Step, StepTools, SyncContext } from '../../sync/declare.ts';
import { asText, sum, zero } from '../money.ts';
import { validateTransfers, withInventory } from './deliver.ts';
import { pay, readAll, today } from './payment.ts';
import { amount } from './total.ts';
import { type Cancelling as Order, wants } from './wanted.ts';
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
export const cancel: Step<OrderSnapshot | undefined> = {
  name: 'cancel',
  alone: true,
  due: ({ odoo, snapshot }, context) =>
    odoo.state !== 'cancel' && (snapshot === undefined || wants('CANCEL', snapshot, context)),
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
  const { invoices, owners } = await invoicesOf(orders, tools);
  // Odoo counts an invoice over nothing as paid, but there is nothing to pay back.
  const isOpen = (move: OdooRecord) => move.payment_state === 'not_paid' || amount(move.amount_total).eq(zero);
  const open = invoices.filter(isOpen).map((move) => move.id);
  if (open.length > 0) {
    await odoo.call('account.move', 'button_draft', [open]);
    await odoo.call('account.move', 'button_cancel', [open]);
  }
  // Of what was paid in part Odoo sets the credit off against the rest, and only what was paid is paid back.
  const paid = invoices.filter((move) => !isOpen(move));
  if (paid.length === 0) return;
  const credited = groupBy(await creditsOf(paid, odoo), (move) => idOf(move.reversed_entry_id));
  for (const move of paid) expectWhole(move, credited.get(move.id) ?? [], owners.get(move.id) as Order, tools.context);
  await reverse(
    paid.filter((move) => !credited.has(move.id)),
    tools,
  );
  await settleCredits(paid, owners, tools);
}

/** The posted invoices of orders, and whose they are. */
async function invoicesOf(orders: readonly Order[], { odoo }: StepTools) {
  const owners = new Map(orders.flatMap((order) => idsOf(order.odoo.invoice_ids).map((id) => [id, order] as const)));
  const fields = ['state', 'payment_state', 'amount_total', 'journal_id', 'reversed_entry_id'];
  const moves = await readAll(odoo, 'account.move', [...owners.keys()], fields);
  const invoices = moves.filter((move) => move.state === 'posted' && idOf(move.reversed_entry_id) === undefined);
  return { invoices, owners };
}

const creditsOf = (invoices: readonly OdooRecord[], odoo: StepTools['odoo']) =>
  odoo.searchRead(
    'account.move',
    [
      ['reversed_entry_id', 'in', invoices.map((move) => move.id)],
      ['state', '!=', 'cancel'],
    ],
    ['state', 'payment_state', 'amount_total', 'reversed_entry_id'],
  );

/**
 * Odoo credits an invoice whole. What somebody has credited of it already would be paid back twice; and what is not
 * paid yet would be paid back, too, where Odoo does not set the credit off against it.
 */
function expectWhole(
  invoice: OdooRecord,
  credits: readonly OdooRecord[],
  { recordId }: Order,
  { dialect }: SyncContext,
): void {
  const total = amount(invoice.amount_total);
  const credited = sum(credits.map((move) => amount(move.amount_total)));
  const isWhole = credits.length === 0 || credited.eq(total);
  const isApart = invoice.payment_state === 'partial' && dialect.vocabulary.minds('keepsCreditsApart');
  if (isWhole && !isApart) return;
  const message =
    `Order ${recordId} was cancelled in the store. Of its invoice over ${asText(total)} ` +
    (isApart
      ? 'a part was paid in Odoo: somebody must credit it and reconcile that with it.'
      : `${asText(credited)} was credited in Odoo: somebody must credit the rest.`);
  throw new ConnectorError('INVOICE_PARTLY_SETTLED', message, { subject: `order/${recordId}` });
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
  const credits = await creditsOf(invoices, odoo);
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
  const moves = await doneMoves(orders, odoo);
  const returned = new Set(moves.map((move) => idOf(move.origin_returned_move_id)));
  const open = moves.filter((move) => idOf(move.origin_returned_move_id) === undefined && !returned.has(move.id));
  const returns: number[] = [];
  for (const [picking, some] of groupBy(open, (move) => idOf(move.picking_id))) {
    returns.push(await createReturn(picking as number, some, tools));
  }
  if (returns.length > 0) await validateTransfers(odoo, returns);
}

/** What has moved for orders, whoever said so: the connector, or somebody in Odoo. */
async function doneMoves(orders: readonly Order[], odoo: StepTools['odoo']): Promise<OdooRecord[]> {
  if (orders.length === 0) return [];
  const done = [
    ['picking_id.sale_id', 'in', orders.map((order) => order.odooId)],
    ['state', '=', 'done'],
  ] as const;
  const fields = ['picking_id', 'product_id', 'quantity', 'location_id', 'origin_returned_move_id'];
  return withInventory(() => odoo.searchRead('stock.move', done, fields));
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
