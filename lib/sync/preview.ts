import { groupBy } from '../collections.ts';
import type { ConnectorError } from '../errors/index.ts';
import type { OdooRecord } from '../odoo/client.ts';
import { neededError } from './apply.ts';
import { collapse } from './collapse.ts';
import type { AnyEntity, Resolve } from './declare.ts';
import { type SyncItem, type SyncTools, screen } from './engine.ts';
import { estimatedCalls } from './estimate.ts';
import { cellsOf } from './fill.ts';
import { findInOdoo } from './find.ts';
import type { Graph } from './graph.ts';
import { fingerprint } from './hash.ts';
import { isBorn, isWritten, odooIdOf, type PlanNode } from './node.ts';
import { makePlan, type Plan } from './plan.ts';
import type { PreviewAction, PreviewRecord } from './preview-record.ts';
import { deletePolicy } from './remove.ts';
import { fieldChanges } from './show.ts';
import { followThrough } from './through.ts';

export interface Preview {
  records: readonly PreviewRecord[];
  /** About how many calls to Odoo it would take. */
  calls: number;
  /** Of what is shown: when it is another one later, something has changed since. */
  fingerprint: string;
}

/** The plan of a sync, shown instead of applied: reads mappings and Odoo, and writes nothing. */
export async function previewBatch(
  tools: SyncTools,
  declaration: AnyEntity,
  items: readonly SyncItem[],
): Promise<Preview> {
  const { newest } = collapse(items);
  const { skipped, removals, due, graph } = await screen(tools, declaration, newest);
  const plan = due.length === 0 ? [] : await makePlan(tools, graph);
  await complete(tools, plan, graph);
  const held = await heldByOdoo(tools, plan);
  const resolve: Resolve = (reference) => odooIdOf(graph.get(reference));
  const asked = new Set(due.map(({ item }) => item.recordId));
  const shown = plan.flat().flatMap((node): PreviewRecord[] => {
    const isAlong = node.declaration !== declaration || !asked.has(node.recordId);
    const record = showNode(node, held.get(node), { tools, graph, resolve });
    return isAlong && record.action === 'skip' ? [] : [{ ...record, ...(isAlong ? { along: true as const } : {}) }];
  });
  const records = [
    ...shown,
    ...removals.map(({ item, mapping }) => showRemoval(tools, declaration, item, mapping?.title, mapping?.odooId)),
    ...skipped.map(({ item, odooId }) => bare(declaration, item.recordId, item.recordId, 'skip', odooId)),
  ];
  return { records, calls: estimatedCalls(tools, plan, removals.length), fingerprint: fingerprint(records) };
}

/** What is otherwise found out on the way: records that others point at, and what waits for a cause. */
async function complete(tools: SyncTools, plan: Plan, graph: Graph): Promise<void> {
  const resolve: Resolve = (reference) => odooIdOf(graph.get(reference));
  for (const stage of plan) {
    for (const node of stage) {
      node.odooId = odooIdOf(node);
      node.error ??= node.sameAs?.error ?? neededError(node, graph);
    }
    const first = stage[0]?.declaration;
    if (first?.through !== undefined) await followThrough(tools.odoo, stage, graph);
    // What Odoo will make along with something that is not there yet cannot be found.
    if (first !== undefined && isBorn(first)) {
      await findInOdoo(
        { ...tools, resolve },
        stage.filter((node) => hasParent(node, resolve)),
      );
    }
  }
}

const hasParent = (node: PlanNode, resolve: Resolve): boolean =>
  node.declaration.match.some((rule) => {
    const value = node.snapshot === undefined ? undefined : rule.value(node.snapshot, node.recordId);
    return typeof value === 'object' && resolve(value) !== undefined;
  });

/** What Odoo holds of the records that would be written: one read per entity. */
async function heldByOdoo({ odoo, context }: SyncTools, plan: Plan): Promise<Map<PlanNode, OdooRecord>> {
  const held = new Map<PlanNode, OdooRecord>();
  const known = plan.flat().filter((node) => isWritten(node) && node.odooId !== undefined);
  for (const nodes of groupBy(known, (node) => node.declaration).values()) {
    const fields = new Set(nodes.flatMap((node) => [...cellsOf(node, context).keys()]));
    if (fields.size === 0) continue;
    const ids = nodes.map((node) => node.odooId as number);
    const { model } = (nodes[0] as PlanNode).declaration;
    const found = new Map((await odoo.read(model, ids, [...fields])).map((record) => [record.id, record]));
    for (const node of nodes) {
      const record = found.get(node.odooId as number);
      if (record !== undefined) held.set(node, record);
    }
  }
  return held;
}

interface Showing {
  tools: SyncTools;
  graph: Graph;
  resolve: Resolve;
}

function showNode(node: PlanNode, held: OdooRecord | undefined, { tools, graph, resolve }: Showing): PreviewRecord {
  const { declaration, recordId, snapshot, odooId, error } = node;
  const title = snapshot === undefined ? (node.mapping?.title ?? recordId) : declaration.title(snapshot, recordId);
  if (error !== undefined) {
    return { ...bare(declaration, recordId, title, 'blocked', odooId), error: shownError(error) };
  }
  const written = isWritten(node);
  const fields = written ? fieldChanges(cellsOf(node, tools.context), held, graph, resolve) : [];
  return { ...bare(declaration, recordId, title, actionOf(node, written, graph), odooId), fields };
}

function actionOf(node: PlanNode, written: boolean, graph: Graph): PreviewAction {
  const { action, asked, declaration } = node;
  if (action === 'create' || action === 'adopt') return action;
  if (written) return 'update';
  if (action !== 'settle' || !asked) return 'skip';
  // It may have to reach another state, as an order does with its status, or some of its parts have changed.
  const changes = declaration.lifecycle !== undefined || graph.partsOf(node).some((part) => isWritten(graph.get(part)));
  return changes ? 'update' : 'skip';
}

const shownError = ({ code, message, remedy }: ConnectorError) => ({ code, message, remedy });

function showRemoval(
  { context }: SyncTools,
  declaration: AnyEntity,
  { recordId }: SyncItem,
  title: string | undefined,
  odooId: number | undefined,
): PreviewRecord {
  const policy = deletePolicy(declaration, context);
  const fields = policy === 'archive' && odooId !== undefined ? [{ field: 'active', odoo: true, ours: false }] : [];
  return {
    ...bare(declaration, recordId, title ?? recordId, odooId === undefined ? 'skip' : 'remove', odooId),
    fields,
  };
}

const bare = (
  { name, model }: AnyEntity,
  recordId: string,
  title: string,
  action: PreviewAction,
  odooId?: number,
): PreviewRecord => ({
  ...{ entity: name, recordId, title, action, model },
  ...(odooId === undefined ? {} : { odooId }),
  fields: [],
});
