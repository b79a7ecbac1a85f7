import { ConnectorError } from '../errors/index.ts';
import type { Odoo } from '../odoo/client.ts';
import { type Mapping, mappedElsewhere, readMappings, recordName } from '../store/mappings.ts';
import type { Reference, Registry } from './declare.ts';
import type { Graph } from './graph.ts';
import { type Match, matchNodes } from './match.ts';
import { nodeName, odooIdOf, type PlanNode } from './node.ts';
import { wavesOf } from './waves.ts';

/** What a sync would do, in the order in which it would do it: one stage per entity. */
export type Plan = readonly (readonly PlanNode[])[];

export interface Planning {
  connection: string;
  registry: Registry;
  odoo: Odoo;
}

/**
 * Decides what each record of the graph needs. Reads mappings (100 per request) and searches Odoo
 * (once per entity that has unmapped records); writes nothing.
 */
export async function makePlan({ connection, registry, odoo }: Planning, graph: Graph): Promise<Plan> {
  const mappings = await readMappings(connection, keysOf(graph));
  for (const node of graph.nodes.values()) classify(node, mappings);

  const required = requiredNodes(graph);
  unify(required);
  const stages = registry.map((declaration) => [...required].filter((node) => node.declaration === declaration));
  const resolve = (reference: Reference) => odooIdOf(graph.get(reference));
  // Parents first: a child is looked for under the parent that was found.
  for (const wave of stages.flatMap(wavesOf)) await findInOdoo(connection, odoo, wave, resolve);
  return stages.filter((stage) => stage.length > 0);
}

function keysOf(graph: Graph) {
  return [...graph.nodes.values()].flatMap((node) => {
    const entity = node.declaration.name;
    return [node.recordId, ...node.aliases].map((recordId) => ({ entity, recordId }));
  });
}

function classify(node: PlanNode, mappings: ReadonlyMap<string, Mapping>): void {
  const entity = node.declaration.name;
  const own = mappings.get(recordName({ entity, recordId: node.recordId }));
  node.mapping = own?.aliasOf === undefined ? own : undefined;
  // Where the snapshot says which Odoo record is meant, a mapping may be for another one.
  const named = node.declaration.identity !== undefined && node.snapshot !== undefined;
  const isSame = (mapping: Mapping | undefined) =>
    mapping?.odooId !== undefined && (!named || mapping.identity === node.identity);
  const mapped = [own, ...node.aliases.map((recordId) => mappings.get(recordName({ entity, recordId })))].find(isSame);
  node.details = { ...node.mapping?.details };
  if (mapped === undefined) {
    node.action = 'create';
    return;
  }
  node.odooId = mapped.odooId;
  // An alias does not tell whether its record was archived since.
  const byAlias = mapped !== own || own.aliasOf !== undefined;
  node.archived = node.asked && (mapped.removed === 'archive' || (byAlias && node.declaration.activates === true));
  if (!node.asked) node.action = 'known';
  else if (byAlias) node.action = 'adopt';
  else if (own.hash === node.hash) node.action = 'known';
  else node.action = own.contentHash === node.contentHash ? 'settle' : 'update';
}

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

async function findInOdoo(
  connection: string,
  odoo: Odoo,
  stage: readonly PlanNode[],
  resolve: (reference: Reference) => number | undefined,
): Promise<void> {
  const unmapped = stage.filter((node) => node.action === 'create' && node.error === undefined);
  for (const node of unmapped) {
    if (node.optional) {
      node.action = 'absent';
    } else if (node.snapshot === undefined) {
      const message = `${node.declaration.label} ${node.recordId} is neither mapped nor part of the event.`;
      node.error = new ConnectorError('SNAPSHOT_MISSING', message, { subject: nodeName(node) });
    }
  }
  const matchable = unmapped.filter(
    (node) => node.action === 'create' && node.error === undefined && node.declaration.match.length > 0,
  );
  const found = await matchNodes(odoo, matchable, resolve);
  const taken = await takenIds(connection, found);
  for (const [node, matches] of found) {
    const { name, shared } = node.declaration;
    const free = shared ? matches[0] : matches.find(({ id }) => !taken.has(`${name}/${id}`));
    if (free === undefined) continue;
    node.action = 'adopt';
    node.odooId = free.id;
    node.archived = free.archived;
    taken.add(`${name}/${free.id}`);
  }
  for (const node of unmapped) if (node.action === 'create' && node.error === undefined) settleMissing(node);
}

/** Odoo records that another record of the same entity is mapped to: they are not adopted twice. */
async function takenIds(connection: string, found: ReadonlyMap<PlanNode, readonly Match[]>): Promise<Set<string>> {
  const taken = new Set<string>();
  const candidates = [...found].filter(([node]) => !node.declaration.shared);
  await Promise.all(
    candidates.flatMap(([node, matches]) =>
      matches.map(async ({ id }) => {
        const { name, model } = node.declaration;
        const others = await mappedElsewhere(connection, { entity: name, recordId: node.recordId }, model, id);
        if (others) taken.add(`${name}/${id}`);
      }),
    ),
  );
  return taken;
}

function settleMissing(node: PlanNode): void {
  const { creates, missing, label } = node.declaration;
  if (creates !== false) return;
  if (missing === 'empty') {
    node.action = 'absent';
    return;
  }
  const title = node.declaration.title(node.snapshot, node.recordId);
  node.error = new ConnectorError(missing ?? 'MAPPING_MISSING', `Odoo has no ${label.toLowerCase()} "${title}".`, {
    subject: nodeName(node),
  });
}
