import { chunks } from '../collections.ts';
import { asConnectorError, ConnectorError } from '../errors/index.ts';
import type { Odoo } from '../odoo/client.ts';
import { loadRecords, type RecordRows } from '../odoo/load.ts';
import { writeMapping } from '../store/mappings.ts';
import { activate } from './activate.ts';
import type { Reference, SyncContext } from './declare.ts';
import type { Graph } from './graph.ts';
import { isWritten, nodeName, odooIdOf, type PlanNode } from './node.ts';
import type { Plan } from './plan.ts';
import { revise } from './revise.ts';
import { loadGroups } from './rows.ts';
import { settle } from './settle.ts';
import { wavesOf } from './waves.ts';

export interface Applying {
  context: SyncContext;
  odoo: Odoo;
}

/** Records per `load()`: larger ones are no faster and lose more when they fail. */
const LOAD_RECORDS = 200;

/** Performs a plan, stage by stage; a record that fails takes along only those that need it. */
export async function applyPlan(tools: Applying, plan: Plan, graph: Graph): Promise<void> {
  for (const stage of plan) {
    for (const wave of wavesOf(stage)) await applyWave(tools, wave, graph);
  }
  // A record is done only when its parts are: else a repetition would skip it as unchanged.
  const whole = plan.flat().filter((node) => isMapped(node) && partsOf(node, graph).length > 0);
  const complete = whole.filter((node) => partsOf(node, graph).every((part) => part.error === undefined));
  await saveMappings(tools.context.connection, complete, true);
}

/** The records that came as part of this one and are synced along with it. */
export function partsOf(node: PlanNode, graph: Graph): PlanNode[] {
  if (!node.asked || node.snapshot === undefined) return [];
  const parts = node.declaration.carries?.(node.snapshot, node.recordId) ?? [];
  return parts.map((part) => graph.get(part)).filter((part) => part !== undefined);
}

async function applyWave(tools: Applying, wave: readonly PlanNode[], graph: Graph): Promise<void> {
  const resolve = (reference: Reference) => odooIdOf(graph.get(reference));
  for (const node of wave) {
    follow(node);
    node.error ??= neededError(node, graph);
  }
  await revise(
    tools.odoo,
    wave.filter((node) => isWritten(node) && node.action === 'update'),
  );
  for (const [node, error] of await activate(tools.odoo, wave)) node.error = wholeCallError(node, error);
  const written = wave.filter(isWritten);
  for (const group of loadGroups(written, tools.context, resolve)) {
    const positions = chunks([...group.nodes.keys()], LOAD_RECORDS);
    for (const positionsOfLoad of positions) {
      const nodes = positionsOfLoad.map((position) => group.nodes[position] as PlanNode);
      const records = positionsOfLoad.map((position) => group.records[position] ?? []);
      await loadNodes(tools.odoo, group.columns, nodes, records);
    }
  }
  const lifecycle = wave[0]?.declaration.lifecycle;
  // Before a record moves on to another state its mapping must stand: a repetition then reads the
  // state first instead of loading over a record that has moved on.
  const mapped = wave.filter((node) => isMapped(node) && (lifecycle === undefined || node.action !== 'settle'));
  const { connection } = tools.context;
  const isWhole = (node: PlanNode) => lifecycle === undefined && partsOf(node, graph).length === 0;
  await saveMappings(connection, mapped.filter(isWhole), true);
  await saveMappings(
    connection,
    mapped.filter((node) => !isWhole(node)),
    false,
  );
  if (lifecycle === undefined) return;
  const settled = wave.filter((node) => node.error === undefined && node.asked && node.action !== 'known');
  await settle(tools, lifecycle, settled, resolve);
  await saveMappings(
    connection,
    settled.filter((node) => node.error === undefined),
    true,
  );
  await saveMappings(
    connection,
    settled.filter((node) => node.error !== undefined),
    false,
  );
}

async function loadNodes(
  odoo: Odoo,
  columns: readonly string[],
  nodes: readonly PlanNode[],
  records: readonly RecordRows[],
): Promise<void> {
  const model = nodes[0]?.declaration.model as string;
  try {
    const outcomes = await loadRecords(odoo, model, columns, records);
    nodes.forEach((node, index) => {
      const outcome = outcomes[index];
      if (outcome === undefined) return;
      if ('error' in outcome) node.error = outcome.error;
      else node.odooId = outcome.id;
    });
  } catch (thrown) {
    // It concerns the whole call: every record of it waits for the same cause.
    for (const node of nodes) node.error = wholeCallError(node, asConnectorError(thrown));
  }
}

/** A missing right to create what a person may as well create or map is a missing record. */
function wholeCallError(node: PlanNode, error: ConnectorError): ConnectorError {
  const { missing, label, title } = node.declaration;
  if (error.code !== 'ODOO_ACCESS' || missing === undefined || missing === 'empty') return error;
  const name = title(node.snapshot, node.recordId);
  return new ConnectorError(missing, `Odoo has no ${label.toLowerCase()} "${name}", and its user may not create one.`, {
    subject: nodeName(node),
    cause: error,
  });
}

/** A record waits for the cause that what it needs waits for: one cause, one group of failures. */
function neededError(node: PlanNode, graph: Graph): ConnectorError | undefined {
  if (node.action === 'known') return undefined;
  const needed = node.needs.map((need) => graph.get(need)).find((one) => one?.error !== undefined);
  if (needed?.error === undefined || needed.error.kind !== 'invalid') return needed?.error;
  // The needed record can never work as it is; this one waits for it and has its own fate.
  const message = `${node.declaration.label} ${node.recordId} needs ${nodeName(needed)}: ${needed.error.message}`;
  return new ConnectorError('NEED_REFUSED', message, { subject: nodeName(needed), cause: needed.error });
}

/** A record that is the same as another one takes over what became of that one. */
function follow(node: PlanNode): void {
  node.odooId = odooIdOf(node);
  node.error ??= node.sameAs?.error;
}

const isMapped = (node: PlanNode): boolean =>
  node.error === undefined && node.odooId !== undefined && node.action !== 'known';

/** `done`: the snapshot was applied whole, so an equal one can be skipped. */
async function saveMappings(connection: string, nodes: readonly PlanNode[], done: boolean): Promise<void> {
  await Promise.all(
    nodes.map((node) => {
      const { declaration, recordId, mapping, identity, aliases, sequence, action } = node;
      const applied = done && node.asked;
      const origin = action === 'adopt' ? 'adopted' : action === 'create' ? 'created' : mapping?.origin;
      return writeMapping(
        connection,
        {
          entity: declaration.name,
          recordId,
          model: declaration.model,
          odooId: node.odooId as number,
          identity,
          ...(origin === undefined ? {} : { origin }),
          ...(applied ? { hash: node.hash } : {}),
          ...(holdsContent(node) ? { contentHash: node.contentHash } : {}),
          sequence: Math.max(sequence, mapping?.sequence ?? 0),
          title: declaration.title(node.snapshot, recordId),
          ...(aliases.length === 0 ? {} : { aliases }),
          // Stays until the failure itself is gone: it tells a repetition to look.
          ...(mapping?.failure === undefined ? {} : { failure: mapping.failure }),
          syncedAt: new Date().toISOString(),
          ...(Object.keys(node.details).length === 0 ? {} : { details: node.details }),
        },
        mapping?.aliases,
      );
    }),
  );
}

/** Whether Odoo's fields hold the snapshot's content: they do not where a record was only found. */
const holdsContent = (node: PlanNode): boolean => node.action !== 'adopt' || (node.asked && !node.declaration.shared);
