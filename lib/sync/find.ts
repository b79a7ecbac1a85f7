import { ConnectorError } from '../errors/index.ts';
import type { Odoo } from '../odoo/client.ts';
import { mappedElsewhere } from '../store/mappings.ts';
import type { Resolve, SyncContext } from './declare.ts';
import { type Match, matchNodes } from './match.ts';
import { externalId } from './names.ts';
import { isBorn, nodeName, type PlanNode } from './node.ts';

export interface Finding {
  context: SyncContext;
  odoo: Odoo;
  resolve: Resolve;
}

/**
 * Looks for unmapped records of one entity in Odoo and decides what becomes of them: one search for
 * all that are to be looked for.
 */
export async function findInOdoo(finding: Finding, nodes: readonly PlanNode[]): Promise<void> {
  const unmapped = nodes.filter((node) => node.action === 'create' && node.error === undefined);
  for (const node of unmapped) {
    if (node.optional) {
      node.action = 'absent';
    } else if (node.snapshot === undefined) {
      const message = `${node.declaration.label} ${node.recordId} is neither mapped nor part of the event.`;
      node.error = new ConnectorError('SNAPSHOT_MISSING', message, { subject: nodeName(node) });
    }
  }
  const left = () => unmapped.filter((node) => node.action === 'create' && node.error === undefined);
  await adoptFound(finding, left());
  for (const node of left()) settleMissing(node);
}

async function adoptFound({ context, odoo, resolve }: Finding, nodes: readonly PlanNode[]): Promise<void> {
  const [first] = nodes;
  if (first === undefined) return;
  const { declaration } = first;
  const { name, match, shared } = declaration;
  const policy = declaration.creates === false ? 'adopt' : (context.settings.matchPolicies[name] ?? 'adopt');
  if (match.length === 0 || (policy === 'off' && !isBorn(declaration))) return;
  const found = await matchNodes(odoo, nodes, { resolve, context });
  const anybodys = shared === true || isBorn(declaration);
  const taken = anybodys ? new Set<number>() : await takenIds(context.connection, found);
  const reports = policy === 'report' && !isBorn(declaration);
  const own = reports ? await ownRecords({ context, odoo, resolve }, found) : new Set();
  for (const [node, matches] of found) {
    const free = anybodys ? matches[0] : matches.find(({ id }) => !taken.has(id));
    if (free === undefined || own.has(node)) continue;
    if (reports) {
      node.error = reported(node, free);
      continue;
    }
    node.action = 'adopt';
    node.odooId = free.id;
    node.archived = declaration.activates === true && free.archived;
    node.found = free.record;
    taken.add(free.id);
  }
}

/**
 * Those that were found to be in Odoo under our external id: an attempt that came to no end has made them, and
 * making them again finds them there. One call.
 */
async function ownRecords(
  { context, odoo }: Finding,
  found: ReadonlyMap<PlanNode, readonly Match[]>,
): Promise<ReadonlySet<PlanNode>> {
  const ids = [...new Set([...found.values()].flat().map(({ id }) => id))];
  const [first] = found.keys();
  if (first === undefined || ids.length === 0) return new Set();
  const names = await odoo.externalIds(first.declaration.model, ids);
  const isOwn = ([{ declaration, recordId, identity }, matches]: [PlanNode, readonly Match[]]) => {
    const ours = externalId(context.connection, declaration.name, recordId, identity);
    return matches.some(({ id }) => names.get(id)?.includes(ours));
  };
  return new Set([...found].filter(isOwn).map(([node]) => node));
}

function reported(node: PlanNode, { id, record }: Match): ConnectorError {
  const { label, model, title, personal } = node.declaration;
  const [ours, theirs] =
    personal === true
      ? ['', `${model} ${id}`]
      : [`, "${title(node.snapshot, node.recordId)}",`, `"${String(record.display_name)}" (${model} ${id})`];
  const message = `${label} ${node.recordId}${ours} may be ${theirs}, which Odoo has already.`;
  return new ConnectorError('MATCH_REPORTED', message, { subject: nodeName(node) });
}

/** Odoo records that another record of the same entity is mapped to: they are not adopted twice. */
async function takenIds(connection: string, found: ReadonlyMap<PlanNode, readonly Match[]>): Promise<Set<number>> {
  const taken = new Set<number>();
  await Promise.all(
    [...found].flatMap(([node, matches]) =>
      matches.map(async ({ id }) => {
        const { name: entity, model } = node.declaration;
        if (await mappedElsewhere(connection, { entity, recordId: node.recordId }, model, id)) taken.add(id);
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
