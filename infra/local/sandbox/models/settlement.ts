import { now, type Orm } from '../orm.ts';
import { floatRound } from '../rounding.ts';
import { asIds } from '../types.ts';

/** The date an invoice or a payment gets when none is given. */
export const today = (): string => now().slice(0, 10);

/** Takes an amount off what is still to be paid; `whenDone` is the state once nothing is left. */
export function settle(orm: Orm, id: number, amount: number, whenDone: string): void {
  const row = orm.row('account.move', id);
  if (!row) return;
  const step = Number(orm.row('res.currency', row.currency_id)?.rounding) || 0.01;
  const residual = floatRound(Number(row.amount_residual) - amount, step);
  const state = residual === 0 ? whenDone : 'partial';
  orm.patch('account.move', id, { amount_residual: residual, payment_state: state });
}

/** A cancelled invoice sets free what paid it. */
export function cancelPayments(orm: Orm, invoice: number): void {
  for (const id of asIds(orm.row('account.move', invoice)?.matched_payment_ids)) {
    orm.patch('account.payment', id, { state: 'in_process', is_reconciled: false });
  }
}
