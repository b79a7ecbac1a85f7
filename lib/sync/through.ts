import { groupBy } from '../collections.ts';
import type { Odoo } from '../odoo/client.ts';
import type { Graph } from './graph.ts';
import { odooIdOf, type PlanNode } from './node.ts';

/** A record that is what another one points at. */
interface Following {
  node: PlanNode;
  target: PlanNode;
  field: string;
}

/** Finds records that others point at: one read per field for all that are not known yet. */
export async function followThrough(odoo: Odoo, wave: readonly PlanNode[], graph: Graph): Promise<void> {
  const unknown: Following[] = [];
  for (const following of followingOf(wave, graph)) {
    const { node, target, field } = following;
    const id = odooIdOf(target);
    if (id === undefined) {
      node.action = 'absent';
    } else if (field === 'id') {
      // The other one was made anew: what stood on the former must be written again.
      if (node.action === 'known' && node.odooId !== id) node.action = 'update';
      node.odooId = id;
    } else if (node.odooId === undefined) {
      if (target.found !== undefined && field in target.found) pointAt(node, target.found[field]);
      else unknown.push(following);
    }
  }
  for (const group of groupBy(unknown, ({ target, field }) => `${target.declaration.model} ${field}`).values()) {
    const { field, target } = group[0] as Following;
    const ids = [...new Set(group.map((one) => odooIdOf(one.target) as number))];
    const found = await odoo.read(target.declaration.model, ids, [field]);
    const records = new Map(found.map((record) => [record.id, record]));
    for (const one of group) pointAt(one.node, records.get(odooIdOf(one.target) as number)?.[field]);
  }
}

function followingOf(wave: readonly PlanNode[], graph: Graph): Following[] {
  return wave.flatMap((node) => {
    if (node.error !== undefined || node.snapshot === undefined) return [];
    const through = node.declaration.through?.(node.snapshot);
    const target = through === undefined ? undefined : graph.get(through.of);
    return through === undefined || target === undefined ? [] : [{ node, target, field: through.field }];
  });
}

/** A many2one as Odoo answers it. */
function pointAt(node: PlanNode, value: unknown): void {
  if (Array.isArray(value)) node.odooId = Number(value[0]);
  else node.action = 'absent';
}
