import { ConnectorError } from '../errors/index.ts';
import type { Odoo } from '../odoo/client.ts';
import { activate } from './activate.ts';
import { begin } from './begin.ts';
import type { Resolve, SyncContext } from './declare.ts';
import { findInOdoo } from './find.ts';
import type { Graph } from './graph.ts';
import { isBorn, isWritten, nodeName, odooIdOf, type PlanNode } from './node.ts';
import { removeGoneParts, removeReplaced } from './parts.ts';
import type { Plan } from './plan.ts';
import { revise } from './revise.ts';
import { saveMappings } from './save.ts';
import { settle } from './settle.ts';
import { followThrough } from './through.ts';
import { wavesOf } from './waves.ts';
import { wholeCallError, writeNodes } from './write.ts';

export interface Applying {
  context: SyncContext;
  odoo: Odoo;
  /** Fetches a file of the store. @throws ConnectorError */
  download: (url: string) => Promise<Buffer>;
}

/** Performs a plan, stage by stage; a record that fails takes along only those that need it. */
export async function applyPlan(tools: Applying, plan: Plan, graph: Graph): Promise<void> {
  await begin(tools.context, plan.flat());
  for (const stage of plan) {
    for (const wave of wavesOf(stage)) await applyWave(tools, wave, graph);
  }
  // A record is done only when its parts are: else a repetition would skip it as unchanged.
  const whole = plan.flat().filter((node) => isMapped(node) && hasParts(node, graph));
  const complete = whole.filter((node) => partError(node, graph) === undefined && !isRemade(node));
  await removeGoneParts(tools, complete, graph);
  await saveMappings(
    tools.context,
    complete.filter((node) => node.error === undefined),
    true,
    graph,
  );
}

/** Why a record is not done although it is in Odoo itself. */
export function partError(node: PlanNode, graph: Graph): ConnectorError | undefined {
  const parts = graph.partsOf(node).map((part) => graph.get(part));
  return (
    node.spared ??
    parts.map((part) => part?.error ?? part?.spared).find((error): error is ConnectorError => error !== undefined)
  );
}

/** It had been deleted in Odoo, and what belonged to it may have gone with it. */
export const isRemade = ({ action, mapping, odooId, error }: PlanNode): boolean =>
  error === undefined && action === 'create' && mapping?.odooId !== undefined && mapping.odooId !== odooId;

/** It is in Odoo again, but what came as part of it may not be. */
export const hasLostParts = (node: PlanNode, graph: Graph): boolean => isRemade(node) && graph.partsOf(node).length > 0;

const hasParts = (node: PlanNode, graph: Graph): boolean =>
  graph.partsOf(node).length > 0 || (node.mapping?.parts?.length ?? 0) > 0;

async function applyWave(tools: Applying, wave: readonly PlanNode[], graph: Graph): Promise<void> {
  const resolve: Resolve = (reference) => odooIdOf(graph.get(reference));
  for (const node of wave) {
    follow(node);
    node.error ??= neededError(node, graph);
  }
  const [first] = wave;
  if (first === undefined) return;
  if (first.declaration.through !== undefined) await followThrough(tools.odoo, wave, graph);
  if (isBorn(first.declaration)) await findInOdoo({ ...tools, resolve }, wave);
  await revise(
    tools,
    wave.filter((node) => isWritten(node) && node.odooId !== undefined),
    resolve,
  );
  for (const [node, error] of await activate(tools.odoo, wave)) node.error = wholeCallError(node, error);
  await writeNodes(tools, wave.filter(isWritten), resolve);

  const { lifecycle } = first.declaration;
  // Before a record moves on to another state its mapping must stand: a repetition then reads the
  // state first instead of loading over a record that has moved on.
  const written = wave.filter((node) => isMapped(node) && (lifecycle === undefined || node.action !== 'settle'));
  await removeReplaced(tools, written);
  const mapped = written.filter((node) => node.error === undefined);
  for (const node of mapped) node.unsettled ||= lifecycle !== undefined && node.action === 'update';
  const [whole = [], partial = []] = [true, false].map((wanted) =>
    mapped.filter((node) => (lifecycle === undefined && !hasParts(node, graph)) === wanted),
  );
  await saveMappings(tools.context, whole, true, graph);
  // Until its parts are forgotten, the record of before must stay: else nobody would know that they are gone as well.
  const standing = partial.filter((node) => !hasLostParts(node, graph));
  await saveMappings(tools.context, standing, false, graph);
  if (lifecycle === undefined) return;
  const settled = wave.filter((node) => node.error === undefined && node.asked && isActive(node));
  await settle(tools, lifecycle, settled, resolve);
  for (const done of [true, false]) {
    const nodes = settled.filter((node) => (node.error === undefined) === done);
    await saveMappings(tools.context, nodes, done, graph);
  }
}

/** A record waits for the cause that what it needs waits for: one cause, one group of failures. */
export function neededError(node: PlanNode, graph: Graph): ConnectorError | undefined {
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

const isActive = (node: PlanNode): boolean => node.action !== 'known' && node.action !== 'absent';

const isMapped = (node: PlanNode): boolean => node.error === undefined && node.odooId !== undefined && isActive(node);
