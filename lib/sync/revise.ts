import { groupBy } from '../collections.ts';
import { asConnectorError, ConnectorError } from '../errors/index.ts';
import type { OdooRecord, Value } from '../odoo/client.ts';
import { NO_CONTENT } from '../store/begun.ts';
import { isMapped } from '../store/mappings.ts';
import type { Applying } from './apply.ts';
import { beginContent } from './begin.ts';
import type { Resolve, Revised, Revision } from './declare.ts';
import { isLeft } from './fill.ts';
import { nodeName, type PlanNode } from './node.ts';

/**
 * Looks at the Odoo records whose content is about to change, where their entity wants that: a record
 * that must stay as it is fails, children are told apart from those that go. A call or two for all.
 */
export async function revise(tools: Applying, nodes: readonly PlanNode[], resolve: Resolve): Promise<void> {
  try {
    await reviseAll(tools, nodes, resolve);
  } catch (thrown) {
    const error = asConnectorError(thrown);
    if (error.kind === 'transient' || nodes.length === 1) {
      for (const node of nodes) node.error ??= error;
      return;
    }
    // Somebody may have confirmed one of them meanwhile: the others are none the worse for it.
    for (const node of nodes) if (node.error === undefined) await revise(tools, [node], resolve);
  }
}

async function reviseAll({ odoo, context }: Applying, nodes: readonly PlanNode[], resolve: Resolve): Promise<void> {
  const declaration = nodes[0]?.declaration;
  const revision = declaration?.revision;
  if (declaration === undefined || revision === undefined) return;

  const ids = nodes.map((node) => node.odooId as number);
  const found = new Map((await odoo.read(declaration.model, ids, revision.reads)).map((record) => [record.id, record]));
  const changing: { node: PlanNode; record: OdooRecord }[] = [];
  for (const node of nodes) {
    const record = found.get(node.odooId as number);
    if (record === undefined) {
      // Deleted in Odoo: load() makes it anew under its external id.
      if (node.mapping?.origin !== 'created') node.error = recordGone(node);
    } else if (wasRefused(node) && revision.accept?.(record, node.snapshot)) {
      node.action = 'settle';
    } else {
      changing.push({ node, record });
    }
  }
  const children = await readChildren(
    odoo,
    revision,
    changing.map(({ record }) => record),
  );
  const decisions: Revised[] = [];
  const going: PlanNode[] = [];
  for (const { node, record } of changing) {
    const own = idsIn(record[revision.children.field]).flatMap((id) => children.get(id) ?? []);
    const decision = revision.revise({ found: record, children: own, snapshot: node.snapshot }, { context, resolve });
    if (decision instanceof ConnectorError) {
      node.error = decision;
    } else if (decision.stays) {
      node.action = 'settle';
      // Should it ever matter again, it is looked at anew.
      node.contentHash = NO_CONTENT;
    } else {
      going.push(node);
      node.kept = decision.kept;
      node.omitted = decision.omitted ?? [];
      if (isLeft(revision.children.field, node, context)) continue;
      decisions.push({ ...decision, removed: await oursOf(context.connection, revision.children, own, decision) });
    }
  }
  await beginContent(context, going);
  await perform(odoo, revision.children.model, decisions);
}

/**
 * Whether this very content was refused, or the record was mapped by hand and never written: then it may have been put
 * right in Odoo. Of other content Odoo cannot have what it has never been told.
 */
const wasRefused = ({ mapping, contentHash }: PlanNode): boolean =>
  mapping?.refused === contentHash || (mapping?.refused === undefined && mapping?.contentHash === undefined);

/** Those of the children to be deleted that may be. */
async function oursOf(
  connection: string,
  { ours }: Revision<unknown>['children'],
  children: readonly OdooRecord[],
  { removed = [] }: Revised,
): Promise<readonly number[]> {
  if (ours === undefined) return removed;
  const { entity, model, field } = ours;
  const mapped = await Promise.all(
    removed.map(async (id) => {
      const records = idsIn(children.find((child) => child.id === id)?.[field]);
      const found = await Promise.all(records.map((record) => isMapped(connection, entity, model, record)));
      return found.includes(true);
    }),
  );
  return removed.filter((_, index) => mapped[index]);
}

async function readChildren(
  odoo: Applying['odoo'],
  { children }: Revision<unknown>,
  records: readonly OdooRecord[],
): Promise<Map<number, OdooRecord>> {
  const ids = records.filter(children.when).flatMap((record) => idsIn(record[children.field]));
  if (ids.length === 0) return new Map();
  return new Map((await odoo.read(children.model, ids, children.reads)).map((child) => [child.id, child]));
}

async function perform(odoo: Applying['odoo'], model: string, decisions: readonly Revised[]): Promise<void> {
  const removed = decisions.flatMap((decision) => decision.removed ?? []);
  if (removed.length > 0) await odoo.call(model, 'unlink', [removed]);
  const emptied = decisions.flatMap((decision) => (decision.emptied === undefined ? [] : [decision.emptied]));
  for (const group of groupBy(emptied, ({ values }) => JSON.stringify(values)).values()) {
    const ids = group.flatMap((one) => one.ids);
    if (ids.length > 0) await odoo.call(model, 'write', [ids, group[0]?.values as Record<string, Value>]);
  }
}

const idsIn = (value: unknown): number[] => (Array.isArray(value) ? value.map(Number) : []);

export const recordGone = (node: PlanNode): ConnectorError =>
  new ConnectorError('ODOO_RECORD_GONE', `${node.declaration.label} ${node.recordId} was deleted in Odoo.`, {
    subject: nodeName(node),
  });
