import { chunks } from '../collections.ts';
import { asConnectorError, type ConnectorError } from '../errors/index.ts';
import type { Odoo, OdooRecord } from '../odoo/client.ts';
import { sideBySide } from '../side-by-side.ts';
import { NO_CONTENT } from '../store/begun.ts';
import { recordsPerCall } from './calls-at-once.ts';
import type { Lifecycle, Resolve, Settling, Step, StepTools, SyncContext } from './declare.ts';
import { isWritten, type PlanNode } from './node.ts';
import { recordGone } from './revise.ts';
import { stepTools } from './step-tools.ts';

/** Records per step, where the step itself does not say: what Odoo does for each of them adds up to one call. */
export const STEP_RECORDS = 100;

/**
 * Brings records to the state their snapshots ask for: reads the state Odoo holds, then makes the
 * missing steps, each for all records that are due at once. Where a group fails its records go one
 * by one, so that one bad record does not hold up the others.
 */
export async function settle(
  { odoo, context }: { odoo: Odoo; context: SyncContext },
  lifecycle: Lifecycle<unknown>,
  nodes: readonly PlanNode[],
  resolve: Resolve,
): Promise<void> {
  const first = nodes[0];
  if (first === undefined) return;
  const tools = stepTools({ odoo, context }, first.declaration, resolve);

  let found: Map<number, OdooRecord>;
  try {
    found = await held(odoo, nodes, lifecycle.reads);
  } catch (thrown) {
    for (const node of nodes) node.error = asConnectorError(thrown);
    return;
  }
  const records = new Map<PlanNode, Settling<unknown>>();
  for (const node of nodes) {
    const record = found.get(node.odooId as number);
    if (record === undefined) {
      node.error = recordGone(node);
      continue;
    }
    const { recordId, snapshot, details } = node;
    const written = isWritten(node) || node.unsettled;
    const made = node.action === 'create';
    const { omitted } = node;
    const settling = { recordId, snapshot, odooId: record.id, odoo: record, made, written, omitted, details };
    const refused = checked(lifecycle, settling, context);
    if (refused === undefined) {
      records.set(node, settling);
    } else {
      node.error = refused;
      // What is refused now may be right once a mapping has changed: then it is written anew.
      node.refused = node.contentHash;
      node.contentHash = NO_CONTENT;
    }
  }
  for (const step of lifecycle.steps) {
    const due = [...records].filter(([, record]) => step.due(record, tools.context));
    const atOnce = step.alone === true ? 1 : context.settings.callsAtOnce;
    const parts = chunks(due, recordsPerCall(due.length, step.together ?? STEP_RECORDS, atOnce));
    await sideBySide(parts, atOnce, (some) => runStep(step, some, records, tools, lifecycle.reads));
  }
}

/** What Odoo holds of the records, by their ids; without fields to read there is no call. */
async function held(odoo: Odoo, nodes: readonly PlanNode[], fields: readonly string[]) {
  const ids = nodes.map((node) => node.odooId as number);
  const model = nodes[0]?.declaration.model as string;
  const records = fields.length === 0 ? ids.map((id) => ({ id })) : await odoo.read(model, ids, fields);
  return new Map(records.map((record): [number, OdooRecord] => [record.id, record]));
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
  due: readonly Due[],
  records: Map<PlanNode, Settling<unknown>>,
  tools: StepTools,
  reads: readonly string[],
): Promise<void> {
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
  const found = await held(
    odoo,
    due.map(([node]) => node),
    reads,
  );
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
