import { chunks, groupBy } from '../collections.ts';
import type { Domain, Odoo, OdooRecord, Value } from '../odoo/client.ts';
import type { MatchRule, Resolve, SyncContext } from './declare.ts';
import type { PlanNode } from './node.ts';

interface Wanted {
  node: PlanNode;
  rule: MatchRule<unknown>;
  value: string | number;
}

/** An Odoo record that fits. */
export interface Match {
  id: number;
  archived: boolean;
  record: OdooRecord;
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
  look: { resolve: Resolve; context: SyncContext },
): Promise<Map<PlanNode, Match[]>> {
  const wanted = nodes.flatMap((node) => wantedOf(node, look.resolve));
  const found = new Map<PlanNode, Match[]>();
  // Those that look for the same value stand together: each value is searched once.
  const byValue = [...groupBy(wanted, ({ value }) => value).values()];
  for (const batch of chunks(byValue, SEARCH_VALUES).map((groups) => groups.flat())) {
    const records = await search(odoo, batch, look.context);
    const indexes = new Map([...new Set(batch.map(({ rule }) => rule))].map((rule) => [rule, indexOf(records, rule)]));
    for (const { node, rule, value } of batch) {
      const matches = (indexes.get(rule)?.get(comparable(value)) ?? [])
        .filter((record) => rule.accept?.(record, node.snapshot, look) ?? true)
        .map((record) => ({ id: record.id, archived: record.active === false, record }));
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

async function search(odoo: Odoo, wanted: readonly Wanted[], { settings }: SyncContext): Promise<OdooRecord[]> {
  const first = wanted[0];
  if (first === undefined) return [];
  const { model, match, name } = first.node.declaration;
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
  // For people who shall decide; Odoo computes it, of variants from all that makes them.
  if (settings.matchPolicies[name] === 'report') fields.add('display_name');
  // Several may fit: those in use first, then the oldest, so that every search finds the same one.
  const order = archived ? 'active desc, id' : 'id';
  return odoo.searchRead(model, domain, [...fields], { archived, order });
}

function indexOf(records: readonly OdooRecord[], rule: MatchRule<unknown>): Map<unknown, OdooRecord[]> {
  return groupBy(records, (record) => comparable(comparedValue(record, rule)));
}

function comparedValue(record: OdooRecord, rule: MatchRule<unknown>): unknown {
  if (rule.key !== undefined) return rule.key(record);
  const value = record[rule.field];
  return Array.isArray(value) ? value[0] : value;
}

const comparable = (value: unknown): unknown => (typeof value === 'string' ? value.trim().toLowerCase() : value);
