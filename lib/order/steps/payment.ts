import { groupBy } from '../../collections.ts';
import { ConnectorError } from '../../errors/index.ts';
import type { Odoo } from '../../odoo/client.ts';
import type { OrderSnapshot } from '../../opencart/snapshots.ts';
import { type Reference, reference, type StepTools } from '../../sync/declare.ts';
import type { Cancelling } from './wanted.ts';
import { runWizard, wizards } from './wizard.ts';

/** The journal that an order's payment goes to. The store's code may name a variant, as in `cod.cod`. */
export function paymentMethod({ paymentMethod: method }: OrderSnapshot): { to: Reference; snapshot: { name: string } } {
  const code = method?.code.split('.')[0] || 'other';
  return { to: reference('payment-method', code), snapshot: { name: method?.name || 'OpenCart' } };
}

/** A posted invoice or credit note, and the order it belongs to. */
export interface Payable {
  moveId: number;
  order: Cancelling;
}

/** Registers payments that settle posted invoices or credit notes: three calls per journal. */
export async function pay(payables: readonly Payable[], tools: StepTools): Promise<void> {
  const { odoo } = tools;
  const byJournal = groupBy(payables, ({ order }) => journalOf(order, tools));
  for (const [journal, some] of byJournal) {
    const ids = some.map(({ moveId }) => moveId);
    await runWizard(odoo, wizards.payments, {
      over: ids,
      values: { journal_id: journal, payment_date: today(), group_payment: false },
      context: { active_model: 'account.move', active_ids: ids },
    });
    // Money goes back from where it went to, also once nobody knows the order's payment method any more.
    for (const { order } of some) order.details.journalId = journal;
  }
}

/** @throws ConnectorError PAYMENT_UNMAPPED */
function journalOf({ snapshot, recordId, details }: Cancelling, { find, context }: StepTools): number {
  const { defaultJournalId } = context.settings;
  if (snapshot === undefined) {
    const paidInto = typeof details.journalId === 'number' ? details.journalId : defaultJournalId;
    if (paidInto !== undefined) return paidInto;
    const message = `Order ${recordId} was deleted in the store, and nobody knows which journal it was paid into.`;
    throw new ConnectorError('PAYMENT_UNMAPPED', message, { subject: `order/${recordId}` });
  }
  const { to } = paymentMethod(snapshot);
  const journal = find(to) ?? defaultJournalId;
  if (journal !== undefined) return journal;
  const message = `Order ${recordId}: Odoo has no journal for the payment method "${to.recordId}".`;
  throw new ConnectorError('PAYMENT_UNMAPPED', message, { subject: `${to.entity}/${to.recordId}` });
}

export const today = (): string => new Date().toISOString().slice(0, 10);

/** Reads records by id; without any there is no call. */
export async function readAll(odoo: Odoo, model: string, ids: readonly number[], fields: readonly string[]) {
  return ids.length === 0 ? [] : odoo.read(model, ids, fields);
}
