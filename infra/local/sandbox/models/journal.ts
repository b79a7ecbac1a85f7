import type { Behaviour } from '../behaviour.ts';
import { SqlError, UserError } from '../faults.ts';
import { COMPANY, type Orm } from '../orm.ts';

const PREFIXES: Record<string, string> = { bank: 'BNK', cash: 'CSH', credit: 'CCD' };

const NAMELESS =
  "The operation cannot be completed: Missing required value for the field 'Account Name' (name).\n" +
  "Model: 'Account' (account.account)\n- create/update: a mandatory field is not set\n" +
  '- delete: another model requires the record being deleted, you can archive it instead\n';

/** Journals: each of a store's payment methods gets one. */
export const journal: Behaviour = {
  order: 'sequence, type, code',
  searchNames: ['name', 'code'],
  complete(orm, vals) {
    const prefix = PREFIXES[String(vals.type)];
    // Odoo opens a ledger account of the same name first, and that is what complains.
    if (prefix && !vals.name) throw new UserError(NAMELESS);
    return {
      sequence: 10,
      company_id: COMPANY,
      ...vals,
      code: vals.code || (prefix && freeCode(orm, prefix)) || false,
    };
  },
  validate(orm, ids) {
    for (const row of orm.rows('account.journal', ids)) {
      const twin = [...orm.store.rows('account.journal')].some(({ id, code }) => id !== row.id && code === row.code);
      if (twin) throw new SqlError('check', 'account.journal', 'code', 'Journal codes must be unique per company.');
    }
  },
};

/** BNK1, BNK2, …: the first that is free. */
function freeCode(orm: Orm, prefix: string): string {
  const taken = new Set([...orm.store.rows('account.journal')].map(({ code }) => code));
  let number = 1;
  while (taken.has(`${prefix}${number}`)) number++;
  return `${prefix}${number}`;
}
