import { chunks } from '../collections.ts';
import type { Domain, Odoo, OdooRecord, Value } from '../odoo/client.ts';
import type { MatchRule, Reference } from './declare.ts';
import type { PlanNode } from './node.ts';

/** The database id of a record that is in Odoo already. */
export type Resolve = (reference: Reference) => number | undefined;

interface Wanted {
  node: PlanNode;
  rule: MatchRule<unknown>;
  value: string | number;
}

/** An Odoo record that fits. */
export interface Match {
  id: number;
  archived: boolean;
}

/** Values per search: keeps the request small and Odoo's query plan sane. */
const SEARCH_VALUES = 500;

/**
 * Looks in Odoo for records of one entity that are not mapped yet: one search for all of them and
 * all rules.
 *
 * @returns per node the records found, best first
 */
export async function matchNodes(
  odoo: Odoo,
  nodes: readonly PlanNode[],
  resolve: Resolve,
): Promise<Map<PlanNode, Match[]>> {
  const wanted = nodes.flatMap((node) => wantedOf(node, resolve));
  const found = new Map<PlanNode, Match[]>();
  for (const batch of chunks(wanted, SEARCH_VALUES)) {
    const records = await search(odoo, batch);
    for (const { node, rule, value } of batch) {
      const matches = records
        .filter((record) => sameValue(comparedValue(record, rule), value))
        .filter((record) => rule.accept?.(record, node.snapshot, resolve) ?? true)
        .map((record) => ({ id: record.id, archived: record.active === false }));
      found.set(node, [...(found.get(node) ?? []), ...matches]);
    }
  }
  return found;
}

function wantedOf(node: PlanNode, resolve: Resolve): Wanted[] {
  return node.declaration.match.flatMap((rule) => {
    const given = rule.value(node.snapshot, node.recordId);
    const value = typeof given === 'object' ? resolve(given) : given;
    return value === undefined || value === '' ? [] : [{ node, rule, value }];
  });
}

async function search(odoo: Odoo, wanted: readonly Wanted[]): Promise<OdooRecord[]> {
  const first = wanted[0];
  if (first === undefined) return [];
  const { model, match } = first.node.declaration;
  const rules = match.filter((rule) => wanted.some((one) => one.rule === rule));
  const branches = rules.map((rule): Domain => {
    const values = [...new Set(wanted.filter((one) => one.rule === rule).map((one) => one.value))];
    const scope = rule.scope ?? [];
    return [...Array<string>(scope.length).fill('&'), [rule.field, 'in', values as Value], ...scope];
  });
  const domain: Domain = [...Array<string>(branches.length - 1).fill('|'), ...branches.flat()];
  const archived = rules.every((rule) => rule.archived !== false);
  const fields = new Set(
    rules.flatMap((rule) => [...(rule.key === undefined ? [rule.field] : []), ...(rule.reads ?? [])]),
  );
  if (first.node.declaration.activates) fields.add('active');
  // Several may fit: those in use first, then the oldest, so that every search finds the same one.
  const order = archived ? 'active desc, id' : 'id';
  return odoo.searchRead(model, domain, [...fields], { archived, order });
}

function comparedValue(record: OdooRecord, rule: MatchRule<unknown>): unknown {
  if (rule.key !== undefined) return rule.key(record);
  const value = record[rule.field];
  return Array.isArray(value) ? value[0] : value;
}

function sameValue(found: unknown, wanted: string | number): boolean {
  return typeof found === 'string' && typeof wanted === 'string'
    ? found.trim().toLowerCase() === wanted.trim().toLowerCase()
    : found === wanted;
}
