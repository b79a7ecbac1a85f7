import type { Behaviour } from '../behaviour.ts';
import { PythonError } from '../faults.ts';
import { COMPANY, type Orm } from '../orm.ts';
import { asIds, type Row, truthy, type Vals, type Wire } from '../types.ts';
import { createInvoice } from './invoice.ts';
import { today } from './settlement.ts';

const COPIED_LINE = [
  ...['name', 'display_type', 'sale_line_ids', 'product_id', 'product_uom_id', 'quantity', 'price_unit', 'discount'],
  ...['tax_ids', 'price_subtotal', 'price_total', 'sequence'],
];

const COPIED = [
  ...['partner_id', 'partner_shipping_id', 'currency_id', 'amount_untaxed', 'amount_tax', 'amount_total'],
  ...['invoice_origin', 'narration', 'fiscal_position_id', 'invoice_user_id', 'journal_id'],
];

const DATELESS = "'>' not supported between instances of 'bool' and 'datetime.date'";

/** The wizard that takes posted invoices back with credit notes. */
export const reversalWizard: Behaviour = {
  complete: (orm, vals) => ({
    ...{ date: today(), company_id: COMPANY },
    move_ids: orm.context.active_model === 'account.move' ? asIds(orm.context.active_ids) : [],
    ...vals,
  }),
  methods: {
    refund_moves(orm, ids): Wire {
      const [wizard] = orm.rows('account.move.reversal', ids.slice(0, 1));
      if (!wizard) return null;
      if (!truthy(wizard.date)) throw new PythonError('TypeError', DATELESS);
      // Drafts are passed over without a word.
      const posted = orm.rows('account.move', asIds(wizard.move_ids)).filter((row) => row.state === 'posted');
      const made = posted.map((row) => reverse(orm, wizard, row));
      orm.patch('account.move.reversal', wizard.id, { new_move_ids: made });
      return viewReversals(made);
    },
  },
};

const pick = (row: Row, names: string[]): Vals => Object.fromEntries(names.map((name) => [name, row[name] ?? false]));

function reverse(orm: Orm, wizard: Row, row: Row): number {
  const lines = orm.rows('account.move.line', [...(orm.store.lookup('account.move.line', 'move_id', row.id) ?? [])]);
  const ref = `Reversal of: ${row.name}${wizard.reason ? `, ${wizard.reason}` : ''}`;
  const vals: Vals = {
    ...pick(row, COPIED),
    ...{ move_type: row.move_type === 'out_refund' ? 'out_invoice' : 'out_refund', reversed_entry_id: row.id, ref },
    ...{ amount_residual: row.amount_total ?? 0, invoice_date: wizard.date ?? false },
  };
  return createInvoice(
    orm,
    vals,
    lines.map((line) => pick(line, COPIED_LINE)),
  );
}

function viewReversals(made: number[]): Wire {
  const action = { name: 'Reverse Moves', type: 'ir.actions.act_window', res_model: 'account.move' };
  const [only = 0] = made;
  if (made.length === 1) {
    return { ...action, view_mode: 'form', res_id: only, context: { default_move_type: 'out_refund' } };
  }
  return { ...action, view_mode: 'list,form', domain: [['id', 'in', made]] };
}
