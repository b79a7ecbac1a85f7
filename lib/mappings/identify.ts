import { ConnectorError } from '../errors/index.ts';
import type { QueueMessage } from '../queue/message.ts';
import { readMessage } from '../queue/receive.ts';
import { causesOfSubject } from '../store/causes.ts';
import { type Failure, failuresOf, readFailure } from '../store/failures.ts';
import { type Mapping, type RecordKey, recordName } from '../store/mappings.ts';
import { getPayload } from '../store/payloads.ts';
import type { AnyEntity, Registry, SyncContext } from '../sync/declare.ts';
import { Graph } from '../sync/graph.ts';
import type { PlanNode } from '../sync/node.ts';

/** What a mapping needs to be found by the records that refer to it. */
export interface Identified {
  identity: string;
  aliases: readonly string[];
  title?: string;
}

export interface Identifying {
  registry: Registry;
  context: SyncContext;
}

/**
 * Finds out which Odoo record is meant by a record of the store: from the snapshot given, else from its
 * own parked event, else from an event that waits for it, else from the mapping it has.
 *
 * @returns undefined if that cannot be known and matters: a tax is what it is by kind and rate
 * @throws ConnectorError VALUE_REFUSED if the snapshot given has a bad shape
 */
export async function identify(
  tools: Identifying,
  declaration: AnyEntity,
  recordId: string,
  known: { given?: unknown; mapping: Mapping | undefined },
): Promise<Identified | undefined> {
  const key = { entity: declaration.name, recordId };
  if (known.given !== undefined) return fromGiven(tools, declaration, recordId, known.given);
  const node = (await fromOwnEvent(tools, declaration, recordId)) ?? (await fromWaiting(tools, key));
  if (node !== undefined) return described(node);
  const { mapping } = known;
  if (mapping?.identity !== undefined) {
    const { identity, aliases = [], title } = mapping;
    return { identity, aliases, ...(title === undefined ? {} : { title }) };
  }
  return declaration.identity === undefined ? { identity: recordId, aliases: mapping?.aliases ?? [] } : undefined;
}

function fromGiven({ registry, context }: Identifying, declaration: AnyEntity, recordId: string, given: unknown) {
  const node = new Graph(registry, context).ask(declaration, recordId, given, 0);
  if (node.error === undefined) return described(node);
  const fields = node.error.fields?.map(({ path, reason }) => ({ path: path.replace(/^data/, 'snapshot'), reason }));
  throw new ConnectorError('VALUE_REFUSED', 'The snapshot does not have the expected shape.', {
    ...(fields === undefined ? {} : { fields }),
  });
}

async function fromOwnEvent({ registry, context }: Identifying, declaration: AnyEntity, recordId: string) {
  const failure = await readFailure(context.connection, { entity: declaration.name, recordId });
  const event = failure === undefined ? undefined : await eventOf(failure);
  if (event === undefined) return undefined;
  return usable(new Graph(registry, context).ask(declaration, recordId, event.data, event.sequence));
}

/**
 * The record as an event has it along that cannot be applied without it. An order names a tax as it was when it
 * was placed: that tells which one is meant as long as all of them name the same.
 */
async function fromWaiting(tools: Identifying, key: RecordKey): Promise<PlanNode | undefined> {
  const nodes: PlanNode[] = [];
  for (const { cause, subject } of await causesOfSubject(tools.context.connection, recordName(key))) {
    const waitedFor = { entity: key.entity, recordId: subject?.slice(key.entity.length + 1) ?? '' };
    for await (const failure of failuresOf(cause)) {
      const event = await eventOf(failure);
      const node = event === undefined ? undefined : neededBy(tools, event, waitedFor);
      if (node !== undefined) nodes.push(node);
      // All of a cause wait for the same record: one says enough.
      break;
    }
  }
  const exact = nodes.find(({ recordId }) => recordId === key.recordId);
  if (exact !== undefined) return exact;
  const derived = nodes.filter(
    ({ declaration, aliases, recordId }) => declaration.identity !== undefined && aliases.includes(recordId),
  );
  return new Set(derived.map(({ identity }) => identity)).size === 1 ? derived[0] : undefined;
}

function neededBy({ registry, context }: Identifying, event: QueueMessage['event'], key: RecordKey) {
  const declaration = registry.find(({ name }) => name === event.entity);
  if (declaration === undefined) return undefined;
  const graph = new Graph(registry, context);
  const seen = new Set<PlanNode>();
  let frontier = [graph.ask(declaration, event.recordId, event.data, event.sequence)];
  while (frontier.length > 0) {
    for (const node of frontier) seen.add(node);
    frontier = frontier.flatMap((node) => graph.expand(node)).filter((node) => !seen.has(node));
  }
  return usable(graph.get(key));
}

async function eventOf({ payload }: Failure): Promise<QueueMessage['event'] | undefined> {
  const body = await getPayload(payload);
  if (body === undefined) return undefined;
  try {
    const { event } = (await readMessage(body)).message;
    return event.action === 'upsert' ? event : undefined;
  } catch (error) {
    if (error instanceof ConnectorError) return undefined;
    throw error;
  }
}

const usable = (node: PlanNode | undefined): PlanNode | undefined =>
  node?.error === undefined && node?.snapshot !== undefined ? node : undefined;

const described = ({ declaration, recordId, snapshot, identity, aliases }: PlanNode): Identified => ({
  identity,
  aliases,
  title: declaration.title(snapshot, recordId),
});
