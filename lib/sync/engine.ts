import type { ConnectorError } from '../errors/index.ts';
import { forgetMappings, type Mapping, noteInStep, readMappings, recordName } from '../store/mappings.ts';
import { type Applying, applyPlan, hasLostParts, isRemade, partError } from './apply.ts';
import { collapse } from './collapse.ts';
import type { AnyEntity, Registry } from './declare.ts';
import { Graph } from './graph.ts';
import { isWritten, type PlanNode } from './node.ts';
import { noteRecords } from './note.ts';
import { removePartsOf } from './parts.ts';
import { makePlan } from './plan.ts';
import { type Removed, removeRecords } from './remove.ts';
import { saveMappings } from './save.ts';
import { staleRecords, withAliases } from './stale.ts';

/** One event of the entity that is synced. */
export interface SyncItem {
  recordId: string;
  sequence: number;
  action: 'upsert' | 'delete';
  data: unknown;
  eventId: string;
  /** The store's own hash of the row that the snapshot was made of. */
  storeHash?: string | undefined;
}

type Removal = 'archived' | 'kept' | 'cancelled';

/** What became of an event. */
export interface SyncOutcome<T extends SyncItem = SyncItem> {
  item: T;
  result: 'created' | 'updated' | 'adopted' | 'unchanged' | 'noted' | Removal | 'superseded' | 'failed';
  odooId?: number;
  error?: ConnectorError;
  /** A failure is parked for this record. */
  wasFailing: boolean;
  /** Newest sequence that Odoo holds: a failure of an event up to it is out of date. */
  applied?: number;
}

export interface SyncTools extends Applying {
  registry: Registry;
}

/**
 * Syncs a batch of events of one entity and one connection: collapse, skip what is unchanged,
 * resolve what is needed, plan, apply, map. Every event gets an outcome; nothing is thrown for one
 * record's sake.
 */
export async function syncBatch<T extends SyncItem>(
  tools: SyncTools,
  declaration: AnyEntity,
  items: readonly T[],
): Promise<SyncOutcome<T>[]> {
  const { newest, superseded } = collapse(items);
  const late = superseded.map((item): SyncOutcome<T> => ({ item, result: 'superseded', wasFailing: false }));
  if (declaration.model === '') return [...late, ...(await noteRecords(tools.context, declaration, newest))];
  const { skipped, removals, due, graph } = await screen(tools, declaration, newest);
  return [
    ...late,
    ...skipped,
    ...(await remove(tools, declaration, removals)),
    ...(await syncDue(tools, declaration, due, graph, true)),
  ];
}

interface Due<T> {
  item: T;
  wasFailing: boolean;
}

/**
 * Sorts out what needs no look at Odoo: events older than what was applied, and unchanged records.
 * The graph holds the others with all that they need.
 */
export async function screen<T extends SyncItem>(tools: SyncTools, declaration: AnyEntity, items: readonly T[]) {
  const entity = declaration.name;
  const keys = items.map(({ recordId }) => ({ entity, recordId }));
  const mappings = await readMappings(tools.context.connection, keys);
  const graph = new Graph(tools.registry, tools.context);
  const skipped: SyncOutcome<T>[] = [];
  const noted: Promise<void>[] = [];
  const due: Due<T>[] = [];
  const removals: (Due<T> & { mapping: Mapping | undefined })[] = [];
  for (const item of items) {
    const mapping = mappings.get(recordName({ entity, recordId: item.recordId }));
    const wasFailing = mapping?.failure !== undefined;
    const own = mapping?.aliasOf === undefined ? mapping : undefined;
    const mapped = own?.odooId === undefined ? undefined : own;
    const known = mapped?.odooId === undefined ? {} : { odooId: mapped.odooId };
    const applied = mapped === undefined && own?.removed === undefined ? 0 : (own?.sequence ?? 0);
    if (item.sequence < applied) {
      // A mapping's sequence also counts events that failed half-way: their failures stay.
      const done = own?.hash !== undefined || own?.removed !== undefined ? { applied } : {};
      skipped.push({ item, result: 'superseded', wasFailing, ...done, ...known });
      continue;
    }
    if (item.action === 'delete') {
      removals.push({ item, wasFailing, mapping: own });
      continue;
    }
    const node = graph.ask(declaration, item.recordId, item.data, item.sequence);
    node.storeHash = item.storeHash;
    if (node.error === undefined && mapped?.hash === node.hash) {
      graph.drop(node);
      const { sequence, storeHash } = item;
      const tells = storeHash !== undefined && storeHash !== mapped.storeHash;
      if (tells || sequence > mapped.sequence) {
        noted.push(noteInStep(tools.context.connection, { entity, recordId: item.recordId }, { sequence, storeHash }));
      }
      skipped.push({ item, result: 'unchanged', wasFailing, applied: item.sequence, ...known });
    } else {
      due.push({ item, wasFailing });
    }
  }
  await Promise.all(noted);
  return { skipped, removals, due, graph };
}

/** What the store has deleted. */
async function remove<T extends SyncItem>(
  tools: SyncTools,
  declaration: AnyEntity,
  removals: readonly (Due<T> & { mapping: Mapping | undefined })[],
): Promise<SyncOutcome<T>[]> {
  const asked = new Map(removals.map((one) => [{ ...one.item, mapping: one.mapping }, one]));
  const removed = await removeRecords(tools, declaration, [...asked.keys()]);
  const done = [...asked.keys()].filter((removal) => !('error' in (removed.get(removal) as Removed)));
  const declarationOf = (entity: string) => new Graph(tools.registry, tools.context).declaration(entity);
  const partErrors = await removePartsOf(tools, declaration, done, declarationOf);
  return [...asked].map(([removal, { item, wasFailing }]): SyncOutcome<T> => {
    const outcome = removed.get(removal) as Removed;
    const error = 'error' in outcome ? outcome.error : partErrors.get(removal);
    if ('error' in outcome || error !== undefined) {
      return { item, result: 'failed', ...(error === undefined ? {} : { error }), wasFailing };
    }
    const odooId = removal.mapping?.odooId;
    // What was never in Odoo needed nothing.
    if (odooId === undefined) return { item, result: 'unchanged', wasFailing, applied: item.sequence };
    return { item, result: outcome.result, wasFailing, applied: item.sequence, odooId };
  });
}

async function syncDue<T extends SyncItem>(
  tools: SyncTools,
  declaration: AnyEntity,
  due: readonly Due<T>[],
  graph: Graph,
  mayRepeat: boolean,
): Promise<SyncOutcome<T>[]> {
  if (due.length === 0) return [];
  const plan = await makePlan(tools, graph);
  await applyPlan(tools, plan, graph);

  const nodeOf = ({ recordId }: T) => graph.get({ entity: declaration.name, recordId }) as PlanNode;
  const done: SyncOutcome<T>[] = [];
  const gone: Due<T>[] = [];
  for (const one of due) {
    const node = nodeOf(one.item);
    // An event has failed, too, if a record that came as part of it has.
    const error = node.error ?? partError(node, graph);
    const isGone = error?.code === 'ODOO_RECORD_GONE' || hasLostParts(node, graph);
    if (isGone && mayRepeat) gone.push(one);
    else done.push({ ...one, applied: one.item.sequence, ...resultOf(node, graph, error) });
  }
  if (gone.length === 0) return done;

  // Something that these records point at, or they themselves, was deleted in Odoo: forget it, so
  // that it is made again, and go once more.
  const { connection } = tools.context;
  const remade = new Set(gone.map(({ item }) => item).filter((item) => isRemade(nodeOf(item))));
  const parts = [...remade].flatMap((item) => graph.partsOf(nodeOf(item)));
  const stale = await staleRecords(tools.odoo, graph);
  // Parts first: whoever ends in between finds by the whole's mapping that they are still to be forgotten.
  await forgetMappings(connection, await withAliases(connection, [...stale.parts, ...parts]));
  await forgetMappings(connection, stale.records);
  await saveMappings(tools.context, [...remade].map(nodeOf), false, graph);
  const again = await screen(
    tools,
    declaration,
    gone.map(({ item }) => item),
  );
  const repeated = [...again.skipped, ...(await syncDue(tools, declaration, again.due, again.graph, false))];
  // What is forgotten with a mapping is also that a failure was parked for it.
  const wereFailing = new Set(gone.filter((one) => one.wasFailing).map(({ item }) => item));
  return [
    ...done,
    ...repeated.map((outcome) => ({
      ...outcome,
      wasFailing: wereFailing.has(outcome.item),
      // It was made in the first round, and only completed in the second.
      ...(outcome.error === undefined && remade.has(outcome.item) ? { result: 'created' as const } : {}),
    })),
  ];
}

function resultOf(
  node: PlanNode,
  graph: Graph,
  error: ConnectorError | undefined,
): Pick<SyncOutcome, 'result' | 'odooId' | 'error'> {
  const known = node.odooId === undefined ? {} : { odooId: node.odooId };
  if (error !== undefined) return { result: 'failed', error, ...known };
  const isChanged = node.steps.length > 0 || graph.partsOf(node).some((part) => isWritten(graph.get(part)));
  if (node.action === 'settle' && !isChanged) return { result: 'unchanged', ...known };
  const results = { create: 'created', adopt: 'adopted', update: 'updated', settle: 'updated' } as const;
  return { result: node.action in results ? results[node.action as keyof typeof results] : 'unchanged', ...known };
}
