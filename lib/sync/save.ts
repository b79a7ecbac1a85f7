import { type Mapping, type RunMark, recordName, writeMapping, writeNewMappings } from '../store/mappings.ts';
import type { SyncContext } from './declare.ts';
import type { Graph } from './graph.ts';
import { isWritten, type PlanNode } from './node.ts';

/** `done`: the snapshot was applied whole, so an equal one can be skipped. */
export async function saveMappings(
  { connection, run, ensureLane }: SyncContext,
  nodes: readonly PlanNode[],
  done: boolean,
  graph: Graph,
): Promise<void> {
  const [fresh = [], others = []] = [true, false].map((wanted) =>
    nodes.filter((node) => isNew(node, graph) === wanted),
  );
  if (fresh.length > 0) ensureLane?.();
  await writeNewMappings(
    connection,
    fresh.map((node) => ({
      mapping: mappingOf(node, run, done, graph),
      aliases: node.aliased ? [] : node.aliases.filter((alias) => alias !== node.recordId),
    })),
  );
  for (const node of fresh) node.aliased = true;
  await Promise.all(
    others.map((node) => writeMapping(connection, mappingOf(node, run, done, graph), node.mapping?.aliases)),
  );
}

/** Neither the record nor one of its aliases had a mapping, and none of them is a record of this batch by itself. */
const isNew = ({ declaration, recordId, aliases, unmapped }: PlanNode, graph: Graph): boolean =>
  unmapped.has(recordId) &&
  aliases.every(
    (alias) =>
      alias === recordId ||
      (unmapped.has(alias) && graph.get({ entity: declaration.name, recordId: alias }) === undefined),
  );

function mappingOf(node: PlanNode, run: string | undefined, done: boolean, graph: Graph): Mapping {
  const { declaration, recordId, mapping, identity, aliases, sequence, action } = node;
  const applied = done && node.asked && node.spared === undefined;
  const origin = action === 'adopt' ? 'adopted' : action === 'create' ? 'created' : mapping?.origin;
  // Until all is done the parts of before count as well: those that are gone are still to be removed.
  const before = applied ? [] : (mapping?.parts ?? []);
  const parts = [...new Set([...before, ...graph.partsOf(node).map(recordName)])];
  const by = run === undefined ? undefined : markOf(node, run, graph);
  return {
    entity: declaration.name,
    recordId,
    model: declaration.model,
    odooId: node.odooId as number,
    identity,
    ...(origin === undefined ? {} : { origin }),
    ...(applied ? { hash: node.hash } : {}),
    ...(applied && node.storeHash !== undefined ? { storeHash: node.storeHash } : {}),
    ...(by === undefined ? {} : { by }),
    ...(holdsContent(node) ? { contentHash: node.contentHash } : {}),
    ...(node.refused === undefined ? {} : { refused: node.refused }),
    sequence: Math.max(sequence, mapping?.sequence ?? 0),
    title: declaration.title(node.snapshot, recordId),
    ...(aliases.length === 0 ? {} : { aliases }),
    ...(parts.length === 0 ? {} : { parts }),
    ...(node.unsettled && !done ? { unsettled: true as const } : {}),
    // Stays until the failure itself is gone: it tells a repetition to look.
    ...(mapping?.failure === undefined ? {} : { failure: mapping.failure }),
    syncedAt: new Date().toISOString(),
    ...(Object.keys(node.details).length === 0 ? {} : { details: node.details }),
  };
}

/** What a run first made of a record stays: a page that is repeated after a crash finds it done. */
function markOf(node: PlanNode, run: string, graph: Graph): RunMark | undefined {
  const { mapping, action, steps } = node;
  if (mapping?.by?.run === run) return mapping.by;
  if (action === 'create') return { run, as: 'created' };
  if (action === 'adopt') return { run, as: 'adopted' };
  const isChanged = steps.length > 0 || graph.partsOf(node).some((part) => isWritten(graph.get(part)));
  return action === 'update' || isChanged ? { run, as: 'updated' } : undefined;
}

/** Whether Odoo's fields hold the snapshot's content: they do not where a record was only found. */
const holdsContent = (node: PlanNode): boolean =>
  node.spared === undefined && (node.action !== 'adopt' || isWritten(node));
