import type { Behaviour } from '../behaviour.ts';
import { UserError } from '../faults.ts';
import { COMPANY, type Orm } from '../orm.ts';
import { asIds, type Row, truthy, type Vals, type Wire } from '../types.ts';
import { settle, today } from './settlement.ts';

const NO_JOURNAL =
  "The operation cannot be completed: Missing required value for the field 'Journal' (journal_id).\n" +
  "Model: 'Payments' (account.payment)\n- create/update: a mandatory field is not set\n" +
  '- delete: another model requires the record being deleted, you can archive it instead\n';

/** Money received from customers or paid back to them. */
export const payment: Behaviour = {
  order: 'date desc, name desc, id desc',
  searchNames: ['name'],
  computed: { reconciled_invoice_ids: (_orm, row) => row.invoice_ids ?? [] },
  complete(orm, vals) {
    const code = orm.row('account.journal', vals.journal_id)?.code ?? '';
    const prefix = `P${code}/${String(vals.date || today()).slice(0, 4)}`;
    const number = String(orm.store.next(`account.payment.${prefix}`)).padStart(5, '0');
    return { company_id: COMPANY, partner_type: 'customer', state: 'in_process', ...vals, name: `${prefix}/${number}` };
  },
};

/** The wizard that pays invoices; the invoices come with the context. */
export const registerWizard: Behaviour = {
  complete(orm, vals) {
    if (orm.context.active_model !== 'account.move') {
      throw new UserError(
        'The register payment wizard should only be called on account.move or account.move.line records.',
      );
    }
    const moves = orm.rows('account.move', asIds(orm.context.active_ids));
    const open = moves.filter((row) => Number(row.amount_residual) !== 0);
    const [first] = open;
    if (!first) {
      throw new UserError(
        "There's nothing left to pay for the selected journal items, so no payment registration is necessary. " +
          "You've got your finances under control like a boss!",
      );
    }
    const bank = orm.search('account.journal', [['type', 'in', ['bank', 'cash']]], { limit: 1 })[0] ?? false;
    return {
      ...{ journal_id: bank, payment_date: today(), group_payment: open.length === 1, company_id: COMPANY },
      ...{ currency_id: first.currency_id ?? false, partner_id: first.partner_id ?? false },
      ...{ payment_type: first.move_type === 'out_refund' ? 'outbound' : 'inbound', communication: memoOf([first]) },
      ...vals,
      line_ids: open.flatMap((row) => [...(orm.store.lookup('account.move.line', 'move_id', row.id) ?? [])]),
      // What was open when the wizard was made is what each of its runs pays.
      open: open.map((row) => [row.id, Number(row.amount_residual)]),
    };
  },
  methods: {
    action_create_payments(orm, ids): Wire {
      const [wizard] = orm.rows('account.payment.register', ids.slice(0, 1));
      if (!wizard) return null;
      if (!truthy(wizard.journal_id)) throw new UserError(NO_JOURNAL);
      return viewPayments(batches(orm, wizard).map((batch) => pay(orm, wizard, batch)));
    },
  },
};

interface Due {
  row: Row;
  amount: number;
}

const memoOf = (rows: Row[]): string =>
  rows.map((row) => row.payment_reference || row.ref || row.name || '').join(', ');

/** One payment per invoice, or per customer when grouped. */
function batches(orm: Orm, wizard: Row): Due[][] {
  const dues = (Array.isArray(wizard.open) ? wizard.open : []).map((entry) => {
    const [id, amount] = asIds(entry);
    return { row: orm.rows('account.move', [id ?? 0])[0] as Row, amount: amount ?? 0 };
  });
  if (dues.some(({ row }) => row.state === 'cancel')) throw new UserError('You can not reconcile cancelled entries.');
  if (!truthy(wizard.group_payment)) return dues.map((due) => [due]);
  const groups = new Map<string, Due[]>();
  for (const due of dues) {
    const key = `${due.row.partner_id}:${due.row.move_type}:${due.row.currency_id}`;
    groups.set(key, [...(groups.get(key) ?? []), due]);
  }
  return [...groups.values()];
}

function pay(orm: Orm, wizard: Row, batch: Due[]): number {
  const owed = batch.reduce((sum, due) => sum + due.amount, 0);
  // An amount of the client's own stands for the whole wizard.
  const amount = Number(wizard.amount) > 0 ? Number(wizard.amount) : owed;
  const rows = batch.map(({ row }) => row);
  const [first] = rows;
  const [id = 0] = orm.create('account.payment', [paymentVals(wizard, first, amount, memoOf(rows))]);
  let left = amount;
  for (const { row } of batch) {
    const part = Math.min(left, Number(orm.row('account.move', row.id)?.amount_residual));
    if (part > 0) settle(orm, row.id, part, 'paid');
    left -= Math.max(part, 0);
    const known = asIds(orm.row('account.move', row.id)?.matched_payment_ids);
    orm.patch('account.move', row.id, { matched_payment_ids: [id, ...known] });
  }
  const used = left < 0.005;
  orm.patch('account.payment', id, {
    ...{ invoice_ids: rows.map((row) => row.id), state: used ? 'paid' : 'in_process', is_reconciled: used },
  });
  return id;
}

const paymentVals = (wizard: Row, first: Row | undefined, amount: number, memo: string): Vals => ({
  ...{ amount, memo, date: wizard.payment_date ?? false, journal_id: wizard.journal_id ?? false },
  ...{ partner_id: first?.partner_id ?? false, currency_id: first?.currency_id ?? false },
  payment_type: first?.move_type === 'out_refund' ? 'outbound' : 'inbound',
});

function viewPayments(ids: number[]): Wire {
  const action = {
    ...{ name: 'Payments', type: 'ir.actions.act_window', res_model: 'account.payment', context: { create: false } },
  };
  const [only = 0] = ids;
  if (ids.length === 1) return { ...action, view_mode: 'form', res_id: only };
  return { ...action, view_mode: 'list,form', domain: [['id', 'in', ids]] };
}
