import type { Behaviour } from '../behaviour.ts';
import { SqlError } from '../faults.ts';
import { COMPANY, now, type Orm } from '../orm.ts';
import type { Row, Vals, Value } from '../types.ts';

const RATE = 'res.currency.rate';

/** A currency's rates, newest first. */
const ratesOf = (orm: Orm, currency: Value | undefined): Row[] =>
  orm
    .rows(RATE, [...(orm.store.lookup(RATE, 'currency_id', Number(currency)) ?? [])])
    .sort((a, b) => (String(a.name) < String(b.name) ? 1 : -1));

/** Rates count against the company's currency, which may have a rate itself. */
const companyRate = (orm: Orm): number =>
  Number(ratesOf(orm, orm.row('res.company', COMPANY)?.currency_id)[0]?.rate) || 1;

/** The rate of the context's day or, before the first, the first. */
function currentRate(orm: Orm, currency: Row): number {
  const day = String(orm.context.date || now()).slice(0, 10);
  const rates = ratesOf(orm, currency.id);
  const valid = rates.find((rate) => String(rate.name) <= day) ?? rates.at(-1);
  return (Number(valid?.rate) || 1) / companyRate(orm);
}

export const currency: Behaviour = {
  order: 'active desc, name',
  searchNames: ['name', 'full_name'],
  computed: {
    rate: currentRate,
    inverse_rate: (orm, row) => 1 / currentRate(orm, row),
    decimal_places: (_orm, row) => Math.max(0, Math.ceil(-Math.log10(Number(row.rounding) || 0.01) - 1e-9)),
  },
};

/** A rate is kept once, however it is told. */
function storedRate(orm: Orm, vals: Vals): Vals {
  const { company_rate: perUnit, inverse_company_rate: inverse, ...rest } = vals;
  if (inverse !== undefined) return { ...rest, rate: companyRate(orm) / Number(inverse) };
  return perUnit === undefined ? rest : { ...rest, rate: Number(perUnit) * companyRate(orm) };
}

export const currencyRate: Behaviour = {
  order: 'name desc, id',
  cascade: ['currency_id'],
  displayName: (_orm, row) => String(row.name || ''),
  computed: {
    company_rate: (orm, row) => (Number(row.rate) || 1) / companyRate(orm),
    inverse_company_rate: (orm, row) => companyRate(orm) / (Number(row.rate) || 1),
  },
  prepare: (orm, vals) => storedRate(orm, vals),
  complete: (_orm, vals) => ({ company_id: COMPANY, ...vals, name: vals.name || now().slice(0, 10) }),
  beforeWrite: (orm, _rows, vals) => storedRate(orm, vals),
  validate(orm, ids) {
    for (const row of orm.rows(RATE, ids)) {
      if (row.rate !== undefined && Number(row.rate) <= 0) {
        throw new SqlError('check', RATE, 'rate', 'The currency rate must be strictly positive.');
      }
      const same = (other: Row) => other.name === row.name && other.company_id === row.company_id;
      if (ratesOf(orm, row.currency_id).filter(same).length > 1) {
        throw new SqlError('check', RATE, '', 'Only one currency rate per day allowed!');
      }
    }
  },
};
