import type { Behaviour } from '../behaviour.ts';
import { UserError } from '../faults.ts';
import { COMPANY, type Orm } from '../orm.ts';
import type { Row } from '../types.ts';

/** The small models that orders, products and partners refer to. */
export const named: Behaviour = {};

/** A two-letter text is looked up as a code first. */
export const country: Behaviour = {
  order: 'name, id',
  searchNames: ['name', 'code'],
  name_search(orm, name, operator, limit) {
    if (name.length !== 2) return undefined;
    const byCode = orm.search('res.country', [['code', operator, name]], { limit });
    return unique([...byCode, ...byNameOrCode(orm, 'res.country', name, operator, limit)], limit);
  },
};

export const state: Behaviour = {
  order: 'code, id',
  searchNames: ['name', 'code'],
  displayName(orm, row) {
    const code = orm.row('res.country', row.country_id)?.code;
    return `${row.name} (${code ?? ''})`;
  },
  name_search(orm, name, operator, limit) {
    const byCode = orm.search('res.country.state', [['code', '=like', name]], { limit });
    return unique([...byCode, ...byNameOrCode(orm, 'res.country.state', name, operator, limit)], limit);
  },
};

const byNameOrCode = (orm: Orm, model: string, name: string, operator: string, limit: number): number[] =>
  orm.search(model, ['|', ['name', operator, name], ['code', operator, name]], { limit });

const unique = (ids: number[], limit: number): number[] => [...new Set(ids)].slice(0, limit);

export const language: Behaviour = { order: 'active desc, name', searchNames: ['name', 'code'] };

export const unit: Behaviour = { order: 'sequence, id' };

export const location: Behaviour = {
  order: 'complete_name, id',
  searchNames: ['complete_name'],
  displayName: (_orm, row) => String(row.complete_name || row.name),
};

export const operationType: Behaviour = {
  order: 'sequence, id',
  displayName: (orm, row) =>
    `${orm.row('stock.warehouse', row.warehouse_id)?.name ?? ''}: ${orm.value('stock.picking.type', row, 'name')}`,
};

export const user: Behaviour = { order: 'name, login', searchNames: ['name', 'login'] };

export const category: Behaviour = {
  order: 'complete_name',
  searchNames: ['complete_name'],
  displayName: (orm, row) => completeName(orm, row),
  computed: { complete_name: (orm, row) => completeName(orm, row) },
  validate(orm, ids) {
    for (const id of ids) {
      const seen = new Set<number>();
      for (let row = orm.row('product.category', id); row; row = orm.row('product.category', row.parent_id)) {
        if (seen.has(row.id)) throw new UserError('You cannot create recursive categories.');
        seen.add(row.id);
      }
    }
  },
};

function completeName(orm: Orm, row: Row): string {
  const parent = orm.row('product.category', row.parent_id);
  return parent ? `${completeName(orm, parent)} / ${row.name}` : String(row.name);
}

export const pricelist: Behaviour = {
  order: 'sequence, id, name',
  displayName: (orm, row) =>
    `${orm.value('product.pricelist', row, 'name')} (${orm.displayName('res.currency', Number(row.currency_id))})`,
};

export const tax: Behaviour = {
  order: 'sequence, id',
  computed: { price_include: (_orm, row) => row.price_include_override === 'tax_included' },
  complete(orm, vals) {
    const country = orm.row('res.company', COMPANY)?.country_id ?? false;
    return { tax_group_id: 1, country_id: country, ...vals };
  },
  /** Names are unique per company, country, use and scope. */
  validate(orm, ids) {
    const key = (row: Row) =>
      [row.name, row.company_id, row.country_id, row.type_tax_use, row.tax_scope || ''].join('|');
    for (const row of orm.rows('account.tax', ids)) {
      const twin = [...orm.store.rows('account.tax')].some((other) => other.id !== row.id && key(other) === key(row));
      if (!twin) continue;
      throw new UserError(`Tax names must be unique!\n- ${row.name} in ${orm.displayName('res.company', COMPANY)}`);
    }
  },
};
