import type { Behaviour } from '../behaviour.ts';
import type { Orm } from '../orm.ts';
import { fieldOf } from '../schema.ts';
import { type Row, truthy, type Vals } from '../types.ts';

const ADDRESS = ['street', 'street2', 'zip', 'city', 'state_id', 'country_id'];
const COMMERCIAL = ['vat'];

export const partner: Behaviour = {
  order: 'complete_name ASC, id DESC',
  searchNames: ['complete_name', 'email', 'ref', 'vat', 'company_registry'],
  displayName: completeName,
  activeOnly: ['child_ids'],
  computed: {
    complete_name: completeName,
    commercial_partner_id: (orm, row) => commercialPartner(orm, row).id,
    commercial_company_name: (orm, row) => companyName(orm, row) || false,
    email_normalized: (_orm, row) => normalize(row.email),
    company_type: (_orm, row) => (truthy(row.is_company) ? 'company' : 'person'),
    country_code: (orm, row) => orm.row('res.country', row.country_id)?.code ?? false,
  },
  check(row) {
    if (row.type === 'contact' && (row.name ?? false) === false) return 'Contacts require a name';
    return undefined;
  },
  created(orm, ids, given) {
    ids.forEach((id, index) => {
      const vals = given[index] ?? {};
      forgetCompanyName(orm, id, vals);
      syncAddress(orm, id, vals);
    });
  },
  written(orm, before, vals) {
    for (const { id } of before) {
      forgetCompanyName(orm, id, vals);
      syncAddress(orm, id, vals);
    }
  },
};

/** Whoever belongs to somebody has no company name of its own, also where one comes in the same breath. */
function forgetCompanyName(orm: Orm, id: number, vals: Vals): void {
  if (truthy(vals.parent_id)) orm.patch('res.partner', id, { company_name: false });
}

/** Invoice and delivery addresses may go without a name: they are shown by their kind. */
function completeName(orm: Orm, row: Row): string {
  let name = String(row.name || '');
  if (truthy(row.company_name) || truthy(row.parent_id)) {
    if (!name && row.type !== 'contact') {
      name = fieldOf('res.partner', 'type')?.selection?.find(([key]) => key === row.type)?.[1] ?? '';
    }
    if (!truthy(row.is_company)) {
      name = `${companyName(orm, row) || orm.row('res.partner', row.parent_id)?.name || ''}, ${name}`;
    }
  }
  return name.trim();
}

/** The nearest company above, or the topmost person. */
function commercialPartner(orm: Orm, row: Row): Row {
  const parent = truthy(row.is_company) ? undefined : orm.row('res.partner', row.parent_id);
  return parent ? commercialPartner(orm, parent) : row;
}

function companyName(orm: Orm, row: Row): string {
  const commercial = commercialPartner(orm, row);
  return String((truthy(commercial.is_company) ? commercial.name : row.company_name) || '');
}

const normalize = (email: Row[string] | undefined): string | false =>
  typeof email === 'string' && /^[^\s@]+@[^\s@]+$/.test(email.trim()) ? email.trim().toLowerCase() : false;

/**
 * `_fields_sync`: a contact shares its parent's address. It takes the parent's when it joins, and afterwards changes
 * travel up and down. Other kinds of address keep their own.
 */
function syncAddress(orm: Orm, id: number, vals: Vals): void {
  fromParent(orm, id, vals);
  toParent(orm, id, vals);
  toChildren(orm, id, vals);
}

function fromParent(orm: Orm, id: number, vals: Vals): void {
  const row = orm.row('res.partner', id);
  const parent = orm.row('res.partner', row?.parent_id);
  if (!row || !parent || !(truthy(vals.parent_id) || vals.type === 'contact')) return;
  if (truthy(vals.parent_id)) orm.patch('res.partner', id, pick(commercialPartner(orm, row), COMMERCIAL));
  if (row.type === 'contact' && ADDRESS.some((field) => truthy(parent[field]))) {
    orm.patch('res.partner', id, filled(parent, ADDRESS));
  }
}

function toParent(orm: Orm, id: number, vals: Vals): void {
  const row = orm.row('res.partner', id);
  const parent = orm.row('res.partner', row?.parent_id);
  if (!row || !parent || row.type !== 'contact') return;
  const touched = [...ADDRESS, 'parent_id'].some((field) => field in vals);
  if (touched && differs(row, parent, ADDRESS)) orm.write('res.partner', [parent.id], filled(row, ADDRESS));
}

function toChildren(orm: Orm, id: number, vals: Vals): void {
  const row = orm.row('res.partner', id);
  const children = [...(orm.store.lookup('res.partner', 'parent_id', id) ?? [])];
  if (!row || children.length === 0) return;
  const address = ADDRESS.filter((field) => field in vals);
  const commercial = COMMERCIAL.filter((field) => field in vals);
  for (const child of children) {
    const contact = orm.row('res.partner', child)?.type === 'contact';
    if (contact && address.length > 0) orm.patch('res.partner', child, pick(row, address));
    if (commercial.length > 0) orm.patch('res.partner', child, pick(row, commercial));
  }
}

const pick = (row: Row, fields: string[]): Vals =>
  Object.fromEntries(fields.map((field) => [field, row[field] ?? false]));

/** What is empty is not passed on. */
const filled = (row: Row, fields: string[]): Vals =>
  pick(
    row,
    fields.filter((field) => truthy(row[field])),
  );

const differs = (a: Row, b: Row, fields: string[]): boolean =>
  fields.some((field) => (a[field] || false) !== (b[field] || false));

/** `address_get`: the address of a kind among a partner's contacts, or the partner itself. */
export function addressOf(orm: Orm, id: number, kind: 'invoice' | 'delivery'): number {
  const found = new Map<string, number>();
  const visited = new Set<number>();
  let current = orm.row('res.partner', id);
  while (current) {
    const scan: Row[] = [current];
    for (let row = scan.shift(); row; row = scan.shift()) {
      visited.add(row.id);
      const type = String(row.type);
      if ((type === kind || type === 'contact') && !found.has(type)) found.set(type, row.id);
      if (found.size === 2) return found.get(kind) ?? id;
      scan.unshift(...childrenOf(orm, row).filter((child) => !visited.has(child.id) && !truthy(child.is_company)));
    }
    if (truthy(current.is_company)) break;
    current = orm.row('res.partner', current.parent_id);
  }
  return found.get(kind) ?? found.get('contact') ?? id;
}

const childrenOf = (orm: Orm, row: Row): Row[] =>
  orm.rows('res.partner', orm.children(row, orm.field('res.partner', 'child_ids')));
