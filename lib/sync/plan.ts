import type { Odoo } from '../odoo/client.ts';
import { type Mapping, readMappings, recordName } from '../store/mappings.ts';
import type { Reference, Registry, SyncContext } from './declare.ts';
import { findInOdoo } from './find.ts';
import type { Graph } from './graph.ts';
import { isBorn, odooIdOf, type PlanNode } from './node.ts';
import { wavesOf } from './waves.ts';

/** What a sync would do, in the order in which it would do it: one stage per entity. */
export type Plan = readonly (readonly PlanNode[])[];

export interface Planning {
  context: SyncContext;
  registry: Registry;
  odoo: Odoo;
}

/**
 * Decides what each record of the graph needs. Reads mappings (100 per request) and searches Odoo
 * (once per entity that has unmapped records); writes nothing.
 */
export async function makePlan({ context, registry, odoo }: Planning, graph: Graph): Promise<Plan> {
  await grow(context.connection, graph);
  const required = requiredNodes(graph);
  unify(required);
  const stages = registry.map((declaration) => [...required].filter((node) => node.declaration === declaration));
  const resolve = (reference: Reference) => odooIdOf(graph.get(reference));
  const helpers = neededToMake(required, graph);
  const find = async (nodes: readonly PlanNode[]) => {
    const declaration = nodes[0]?.declaration;
    if (declaration !== undefined && !isBorn(declaration)) await findInOdoo({ context, odoo, resolve }, nodes);
  };
  // Parents first: a child is looked for under the parent that was found.
  for (const wave of stages.flatMap(wavesOf)) await find(wave.filter((node) => !helpers.has(node)));
  for (const stage of stages) {
    const some = stage.filter((node) => helpers.has(node));
    for (const node of some) if (helpers.get(node)?.every((one) => one.action !== 'create')) node.action = 'absent';
    await find(some);
  }
  return stages.filter((stage) => stage.length > 0);
}

/** Unmapped records that others need only if those must be made, with those others. */
function neededToMake(required: ReadonlySet<PlanNode>, graph: Graph): Map<PlanNode, PlanNode[]> {
  const helpers = new Map<PlanNode, PlanNode[]>();
  const used = new Set<PlanNode>();
  for (const node of required) {
    if (node.action === 'known') continue;
    for (const need of node.needs) {
      const needed = graph.get(need);
      if (needed === undefined || needed.action !== 'create' || needed.asked) continue;
      if (need.toMake) helpers.set(needed, [...(helpers.get(needed) ?? []), node]);
      else used.add(needed);
    }
  }
  for (const node of used) helpers.delete(node);
  return helpers;
}

/** Reads the mappings of the records asked for, then of what the unknown ones among them need, and so on. */
async function grow(connection: string, graph: Graph): Promise<void> {
  const classified = new Set<PlanNode>();
  let frontier = [...graph.nodes.values()];
  while (frontier.length > 0) {
    const fresh = frontier.filter((node) => !classified.has(node));
    const mappings = await readMappings(connection, fresh.flatMap(keysOf));
    for (const node of fresh) {
      classify(node, mappings);
      classified.add(node);
    }
    frontier = frontier
      .filter((node) => node.action !== 'known' && !(node.optional && node.odooId === undefined))
      .flatMap((node) => graph.expand(node));
  }
}

const keysOf = (node: PlanNode) =>
  [node.recordId, ...node.aliases].map((recordId) => ({ entity: node.declaration.name, recordId }));

function classify(node: PlanNode, mappings: ReadonlyMap<string, Mapping>): void {
  const entity = node.declaration.name;
  const own = mappings.get(recordName({ entity, recordId: node.recordId }));
  node.mapping = own?.aliasOf === undefined ? own : undefined;
  const ids = [node.recordId, ...node.aliases];
  node.unmapped = new Set(ids.filter((recordId) => !mappings.has(recordName({ entity, recordId }))));
  // Where the snapshot says which Odoo record is meant, a mapping may be for another one.
  const named = node.declaration.identity !== undefined && node.snapshot !== undefined;
  const isSame = (mapping: Mapping | undefined) =>
    mapping?.odooId !== undefined && (!named || mapping.identity === node.identity);
  const mapped = [own, ...node.aliases.map((recordId) => mappings.get(recordName({ entity, recordId })))].find(isSame);
  node.details = { ...node.mapping?.details };
  node.unsettled = node.mapping?.unsettled === true;
  if (mapped === undefined) {
    // Which one it is turns out when the other one is there.
    node.action = node.declaration.through === undefined ? 'create' : 'adopt';
    return;
  }
  node.odooId = mapped.odooId;
  // An alias does not tell whether its record was archived since.
  const byAlias = mapped !== own || own.aliasOf !== undefined;
  node.archived = node.asked && (mapped.removed === 'archive' || (byAlias && node.declaration.activates === true));
  if (!node.asked) node.action = 'known';
  else if (byAlias) node.action = 'adopt';
  else if (own.hash === node.hash) node.action = 'known';
  else node.action = own.contentHash === node.contentHash || isOthers(own, node) ? 'settle' : 'update';
}

/** What several records of the store may share is only written to where it was made for one of them. */
const isOthers = ({ origin }: Mapping, { declaration }: PlanNode): boolean =>
  declaration.shared === true && origin !== 'created';

/**
 * Records of one batch that share a record id or alias are one record in Odoo: the guest who ordered
 * and the customer who opened an account right afterwards. One of them is made, the others follow it.
 */
function unify(required: ReadonlySet<PlanNode>): void {
  const leaders = new Map<string, PlanNode>();
  const named = [...required].filter((node) => node.declaration.aliases !== undefined && node.error === undefined);
  const mappedFirst = [
    ...named.filter((node) => node.odooId !== undefined),
    ...named.filter((node) => node.odooId === undefined),
  ];
  for (const node of mappedFirst) {
    const keys = [node.recordId, ...node.aliases].map((recordId) => `${node.declaration.name}/${recordId}`);
    const leader = keys.map((key) => leaders.get(key)).find((one) => one !== undefined && isSameRecord(one, node));
    if (leader !== undefined && node.action === 'create') {
      node.action = 'adopt';
      node.sameAs = leader;
    }
    for (const key of keys) leaders.set(key, leader ?? node);
  }
}

const isSameRecord = (one: PlanNode, other: PlanNode): boolean =>
  one.declaration.identity === undefined || one.identity === other.identity;

/** The records asked for, and what those of them need that will be written or brought to a state. */
function requiredNodes(graph: Graph): Set<PlanNode> {
  const required = new Set<PlanNode>();
  const visit = (node: PlanNode) => {
    if (required.has(node)) return;
    required.add(node);
    if (node.action === 'known') return;
    for (const need of node.needs) {
      const needed = graph.get(need);
      if (needed !== undefined) visit(needed);
    }
  };
  for (const node of graph.nodes.values()) if (node.asked) visit(node);
  return required;
}
