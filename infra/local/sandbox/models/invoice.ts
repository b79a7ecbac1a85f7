import type { Behaviour } from '../behaviour.ts';
import { UserError } from '../faults.ts';
import { COMPANY, type Orm } from '../orm.ts';
import { asIds, type Row, truthy, type Vals, type Value } from '../types.ts';
import { cancelPayments, settle, today } from './settlement.ts';

/** The journal that sales are booked in. */
export const SALES_JOURNAL = 1;

const READONLY_WHEN_POSTED = [
  ...['invoice_line_ids', 'line_ids', 'invoice_date', 'date', 'partner_id', 'invoice_payment_term_id', 'currency_id'],
  ...['fiscal_position_id', 'invoice_cash_rounding_id'],
];

/** Invoices and credit notes. */
export const invoice: Behaviour = {
  order: 'date desc, name desc, invoice_date desc, id desc',
  searchNames: ['name', 'ref'],
  displayName(_orm, row) {
    const title = row.move_type === 'out_refund' ? 'Draft Credit Note' : 'Draft Invoice';
    const parts = row.state === 'draft' ? [title, row.name] : [row.name || ''];
    const name = parts.filter((part) => part !== false).join(' ');
    return row.ref ? `${name} (${row.ref})` : name;
  },
  computed: {
    status_in_payment: (_orm, row) => (row.payment_state === 'not_paid' ? (row.state ?? false) : stateOrPayment(row)),
    commercial_partner_id: (_orm, row) => row.partner_id ?? false,
    reversal_move_ids: (orm, row) => reversalsOf(orm, row.id),
  },
  complete: (orm, vals) => ({
    ...{ state: 'draft', payment_state: 'not_paid', name: false, date: vals.invoice_date || today() },
    ...{ invoice_date_due: today(), journal_id: SALES_JOURNAL, company_id: COMPANY, invoice_user_id: orm.uid },
    ...vals,
  }),
  beforeWrite(_orm, rows, vals) {
    const touched = READONLY_WHEN_POSTED.filter((name) => name in vals);
    if (touched.length > 0 && rows.some((row) => row.state === 'posted')) {
      const listed = Object.keys(vals).filter((name) => touched.includes(name));
      throw new UserError(`You cannot modify the following readonly fields on a posted move: ${listed.join(', ')}`);
    }
    return vals.invoice_date ? { date: vals.invoice_date, ...vals } : vals;
  },
  beforeUnlink(orm, rows) {
    if (rows.some((row) => row.state === 'posted')) {
      throw new UserError(
        "You can't delete a posted journal item. Don’t play games with your accounting records; " +
          'reset the journal entry to draft before deleting it.',
      );
    }
    const lines = rows.flatMap((row) => [...(orm.store.lookup('account.move.line', 'move_id', row.id) ?? [])]);
    for (const line of orm.rows('account.move.line', lines)) unlinkFromOrder(orm, line);
  },
  methods: {
    action_post(orm, ids) {
      const rows = orm.rows('account.move', ids);
      const wrong = rows.filter((row) => row.state !== 'draft');
      if (wrong.length > 0) throw new UserError(wrong.map(mustBeDraft).join('\n'));
      for (const row of rows) post(orm, row);
      return false;
    },
    button_draft(orm, ids) {
      toDraft(orm, orm.rows('account.move', ids));
      return null;
    },
    button_cancel(orm, ids) {
      cancelInvoices(orm, ids);
      return null;
    },
  },
};

export const invoiceLine: Behaviour = { order: 'sequence, id', cascade: ['move_id'], searchNames: ['name'] };

function stateOrPayment(row: Row): Value {
  return row.state === 'cancel' ? 'cancel' : (row.payment_state ?? false);
}

const reversalsOf = (orm: Orm, id: number): number[] =>
  [...(orm.store.lookup('account.move', 'reversed_entry_id', id) ?? [])].sort((a, b) => b - a);

const mustBeDraft = (row: Row): string =>
  `The entry ${row.name === false ? 'False' : row.name} (id ${row.id}) must be in draft.`;

function toDraft(orm: Orm, rows: Row[]): void {
  if (rows.some((row) => row.state === 'draft')) {
    throw new UserError('Only posted/cancelled journal entries can be reset to draft.');
  }
  for (const row of rows) orm.patch('account.move', row.id, { state: 'draft' });
}

/** `button_cancel`: a posted invoice passes through draft, and what paid it is free again. */
export function cancelInvoices(orm: Orm, ids: number[]): void {
  const rows = orm.rows('account.move', ids);
  const posted = rows.filter((row) => row.state === 'posted');
  if (rows.some((row) => row.state === 'cancel')) throw new UserError('Only draft journal entries can be cancelled.');
  toDraft(orm, posted);
  for (const { id } of rows) {
    cancelPayments(orm, id);
    const residual = orm.row('account.move', id)?.amount_total ?? 0;
    orm.patch('account.move', id, { state: 'cancel', amount_residual: residual, payment_state: 'not_paid' });
  }
}

/** Numbers the invoice by the year of its date and settles a credit note with what it takes back. */
function post(orm: Orm, row: Row): void {
  const date = String(row.invoice_date || today());
  const refund = row.move_type === 'out_refund';
  const prefix = `${refund ? 'RINV' : 'INV'}/${date.slice(0, 4)}`;
  const name = row.name || `${prefix}/${String(orm.store.next(`account.move.${prefix}`)).padStart(5, '0')}`;
  const reference = refund ? (row.payment_reference ?? false) : row.payment_reference || name;
  orm.patch('account.move', row.id, {
    ...{ state: 'posted', name, invoice_date: date, date, payment_reference: reference },
    ...(row.amount_total === 0 ? { payment_state: 'paid' } : {}),
  });
  const original = orm.row('account.move', row.reversed_entry_id);
  if (original?.state === 'posted') reconcile(orm, row, original);
}

function reconcile(orm: Orm, refund: Row, original: Row): void {
  const amount = Math.min(Number(refund.amount_residual), Number(original.amount_residual));
  if (amount <= 0) return;
  settle(orm, refund.id, amount, 'paid');
  const paidBefore = Number(original.amount_residual) < Number(original.amount_total);
  settle(orm, original.id, amount, paidBefore ? 'paid' : 'reversed');
}

/** Order lines know their invoice lines, and the other way round. */
export function linkToOrder(orm: Orm, line: Row): void {
  for (const id of asIds(line.sale_line_ids)) {
    const known = asIds(orm.row('sale.order.line', id)?.invoice_lines);
    orm.patch('sale.order.line', id, { invoice_lines: [...new Set([...known, line.id])] });
  }
}

function unlinkFromOrder(orm: Orm, line: Row): void {
  for (const id of asIds(line.sale_line_ids)) {
    const known = asIds(orm.row('sale.order.line', id)?.invoice_lines);
    orm.patch('sale.order.line', id, { invoice_lines: known.filter((each) => each !== line.id) });
  }
}

/** Makes an invoice with its lines and connects both to the orders. */
export function createInvoice(orm: Orm, vals: Vals, lines: Vals[]): number {
  const [id = 0] = orm.create('account.move', [vals]);
  const currency = vals.currency_id ?? false;
  const made = orm.create(
    'account.move.line',
    lines.map((line, sequence) => ({ sequence, currency_id: currency, company_id: COMPANY, ...line, move_id: id })),
  );
  for (const line of orm.rows('account.move.line', made)) if (truthy(line.sale_line_ids)) linkToOrder(orm, line);
  return id;
}
