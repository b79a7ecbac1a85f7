import { groupBy } from '../collections.ts';
import { readMappings, recordName } from '../store/mappings.ts';
import type { Applying } from './apply.ts';
import type { Graph } from './graph.ts';
import type { PlanNode } from './node.ts';
import { dismiss, removeRecords } from './remove.ts';

/**
 * Records that were part of another one and no longer are, such as an address that a customer has
 * deleted: treated as if the store had said so of each.
 */
export async function removeGoneParts(tools: Applying, wholes: readonly PlanNode[], graph: Graph): Promise<void> {
  const gone = wholes.flatMap((whole) => {
    const present = new Set(graph.partsOf(whole).map(recordName));
    return (whole.mapping?.parts ?? [])
      .filter((part) => !present.has(part))
      .map((part) => ({ part, key: keyOf(part), whole }));
  });
  const removable = gone.filter(
    ({ key, whole: { declaration, snapshot } }) =>
      !graph.get(key)?.asked && declaration.retains?.(key, snapshot, tools.context) !== true,
  );
  if (removable.length === 0) return;
  const { connection } = tools.context;
  const mappings = await readMappings(
    connection,
    removable.map(({ key }) => key),
  );
  for (const [entity, some] of groupBy(removable, ({ key }) => key.entity)) {
    const removals = some
      .map(({ key, whole, part }) => ({ ...key, sequence: whole.sequence, mapping: mappings.get(part), whole }))
      .filter(({ mapping }) => mapping !== undefined && mapping.aliasOf === undefined && mapping.removed === undefined);
    const outcomes = await removeRecords(tools, graph.declaration(entity), removals);
    for (const { whole, ...removal } of removals) {
      const outcome = [...outcomes].find(([one]) => one.recordId === removal.recordId)?.[1];
      if (outcome !== undefined && 'error' in outcome) whole.error ??= outcome.error;
    }
  }
}

/** Odoo records that store records were before they became others, and that nobody else is. */
export async function removeReplaced({ context, odoo }: Applying, nodes: readonly PlanNode[]): Promise<void> {
  const replaced = nodes.filter(
    ({ declaration, mapping, odooId, identity }) =>
      declaration.dropsFormer === true &&
      mapping?.odooId !== undefined &&
      mapping.odooId !== odooId &&
      mapping.identity !== identity,
  );
  for (const group of groupBy(replaced, ({ declaration }) => declaration.name).values()) {
    const { declaration } = group[0] as PlanNode;
    const errors = await dismiss({ odoo, context }, declaration, group);
    for (const [node, error] of errors) node.error ??= error;
  }
}

function keyOf(part: string) {
  const slash = part.indexOf('/');
  return { entity: part.slice(0, slash), recordId: part.slice(slash + 1) };
}
