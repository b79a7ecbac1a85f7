import { asConnectorError, type ConnectorError } from '../errors/index.ts';
import type { Odoo } from '../odoo/client.ts';
import type { Lifecycle, Reference, Settling, Step, StepTools, SyncContext } from './declare.ts';
import { childId, externalId } from './names.ts';
import type { PlanNode } from './node.ts';
import { recordGone } from './revise.ts';

/**
 * Brings records to the state their snapshots ask for: reads the state Odoo holds, then makes the
 * missing steps, each for all records that are due at once. Where a group fails its records go one
 * by one, so that one bad record does not hold up the others.
 */
export async function settle(
  { odoo, context }: { odoo: Odoo; context: SyncContext },
  lifecycle: Lifecycle<unknown>,
  nodes: readonly PlanNode[],
  resolve: (reference: Reference) => number | undefined,
): Promise<void> {
  const first = nodes[0];
  if (first === undefined) return;
  const { declaration } = first;
  const tools: StepTools = {
    odoo,
    context,
    find: resolve,
    resolve(reference) {
      const id = resolve(reference);
      if (id === undefined) throw new Error(`${reference.entity} ${reference.recordId} is no declared need.`);
      return id;
    },
    childId: (recordId, child) => childId(externalId(context.connection, declaration.name, recordId, recordId), child),
  };

  let found: Map<number, Settling<unknown>['odoo']>;
  try {
    const ids = nodes.map((node) => node.odooId as number);
    found = new Map((await odoo.read(declaration.model, ids, lifecycle.reads)).map((record) => [record.id, record]));
  } catch (thrown) {
    for (const node of nodes) node.error = asConnectorError(thrown);
    return;
  }
  const records = new Map<PlanNode, Settling<unknown>>();
  for (const node of nodes) {
    const held = found.get(node.odooId as number);
    if (held === undefined) {
      node.error = recordGone(node);
      continue;
    }
    const { recordId, snapshot, details } = node;
    const record = { recordId, snapshot, odooId: held.id, odoo: held, details };
    const refused = checked(lifecycle, record, context);
    if (refused === undefined) {
      records.set(node, record);
    } else {
      node.error = refused;
      // What is refused now may be right once a mapping has changed: then it is written anew.
      node.contentHash = '';
    }
  }
  for (const step of lifecycle.steps) await runStep(step, records, tools, lifecycle.reads);
}

/** One record's fault is its own, however it shows. */
function checked(lifecycle: Lifecycle<unknown>, record: Settling<unknown>, context: SyncContext) {
  try {
    return lifecycle.check?.(record, context);
  } catch (thrown) {
    return asConnectorError(thrown);
  }
}

async function runStep(
  step: Step<unknown>,
  records: Map<PlanNode, Settling<unknown>>,
  tools: StepTools,
  reads: readonly string[],
): Promise<void> {
  const due = [...records].filter(([, record]) => step.due(record, tools.context));
  if (due.length === 0) return;
  const failed = await attempt(step, due, tools);
  if (failed === undefined) return;
  if (failed.kind === 'transient') {
    for (const [node] of due) fail(records, node, failed);
    return;
  }
  // Somebody, or an attempt whose answer was lost, may have made the step already.
  await refresh(due, tools.odoo, reads);
  const left = due.filter(([, record]) => step.due(record, tools.context));
  for (const single of left) {
    const error = due.length === 1 ? failed : await attempt(step, [single], tools);
    if (error !== undefined) fail(records, single[0], error);
  }
}

async function refresh(due: readonly Due[], odoo: Odoo, reads: readonly string[]): Promise<void> {
  const model = due[0]?.[0].declaration.model as string;
  const ids = due.map(([, record]) => record.odooId);
  const found = new Map((await odoo.read(model, ids, reads)).map((record) => [record.id, record]));
  for (const [, record] of due) Object.assign(record.odoo, found.get(record.odooId));
}

type Due = readonly [PlanNode, Settling<unknown>];

async function attempt(
  step: Step<unknown>,
  due: readonly Due[],
  tools: StepTools,
): Promise<ConnectorError | undefined> {
  try {
    await step.run(
      due.map(([, record]) => record),
      tools,
    );
    for (const [node] of due) node.steps.push(step.name);
    return undefined;
  } catch (thrown) {
    return asConnectorError(thrown);
  }
}

function fail(records: Map<PlanNode, Settling<unknown>>, node: PlanNode, error: ConnectorError): void {
  node.error = error;
  records.delete(node);
}
