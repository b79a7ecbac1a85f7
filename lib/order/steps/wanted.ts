import type { OrderSnapshot } from '../../opencart/snapshots.ts';
import type { OrderState } from '../../store/connections.ts';
import type { OdooRecord, Settling, SyncContext } from '../../sync/declare.ts';

export type Order = Settling<OrderSnapshot>;

/** An order to be cancelled; of one that the store has deleted nobody knows the snapshot any more. */
export type Cancelling = Settling<OrderSnapshot | undefined>;

/** What each state takes; an event may skip states, so each names all that lead to it. */
const milestones: Record<OrderState, readonly OrderState[]> = {
  CONFIRM: ['CONFIRM'],
  PAID: ['CONFIRM', 'PAID'],
  DELIVERED: ['CONFIRM', 'DELIVERED'],
  DONE: ['CONFIRM', 'PAID', 'DELIVERED', 'DONE'],
  CANCEL: ['CANCEL'],
};

/** Whether the store's status asks for a state. An unmapped status asks for none: a quotation. */
export function wants(state: OrderState, { statusId }: OrderSnapshot, { settings }: SyncContext): boolean {
  const wanted = settings.statusMapping[statusId];
  return wanted !== undefined && milestones[wanted].includes(state);
}

/** An order that was cancelled, and that the store has taken back: it is about to be a quotation again. */
export const isReopened = ({ odoo, snapshot }: Order, context: SyncContext): boolean =>
  odoo.state === 'cancel' && wants('CONFIRM', snapshot, context);

export const isQuotation = (odoo: OdooRecord): boolean => odoo.state === 'draft' || odoo.state === 'sent';

/** A hundred invoices or deliveries took a busy Odoo longer than a call may take; a batch of 200 makes three groups. */
export const HEAVY_RECORDS = 70;
