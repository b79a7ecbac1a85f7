import { ConnectorError } from '../errors/index.ts';
import type { Observer } from '../queue/observe.ts';
import { releaseForSubject } from '../queue/release.ts';
import { noteAction } from '../store/actions.ts';
import { type Mapping, othersMappedTo, type RecordKey, recordName } from '../store/mappings.ts';
import { findMapping, removeMapping, removeParts } from '../store/unmap.ts';
import type { AnyEntity, Registry } from '../sync/declare.ts';
import { mappable } from './entities.ts';
import { type Identified, identify } from './identify.ts';
import { bringBack } from './journal.ts';
import { lookIntoOdoo, undisturbed } from './undisturbed.ts';
import { writeByHand } from './write.ts';

export interface Actor {
  connection: string;
  /** The subject of the token. */
  by: string;
  observer: Observer;
}

/**
 * Maps a record to an Odoo record, and tries what waited for it.
 * @throws ConnectorError VALUE_REFUSED, CONFLICT, and what `withOdoo` throws
 */
export async function mapByHand(
  { connection, by, observer }: Actor,
  registry: Registry,
  key: RecordKey,
  asked: { odooId: number; snapshot?: unknown },
): Promise<{ mapping: Mapping; released: number }> {
  const declaration = mappable(registry, key.entity);
  const mapping = await lookIntoOdoo(connection, observer, async ({ odoo, context }) => {
    await bringBack(connection);
    const former = await findMapping(connection, key);
    const recordId = former?.recordId ?? key.recordId;
    const [found] = await odoo.read(declaration.model, [asked.odooId], ['id']);
    if (found === undefined) throw refused('odooId', `is no ${declaration.model} in Odoo`);
    const identified = await identify({ registry, context }, declaration, recordId, {
      given: asked.snapshot,
      mapping: former,
    });
    if (identified === undefined) throw refused('snapshot', `is needed: ${unknownReason(declaration, recordId)}`);
    await refuseTaken(connection, declaration, recordId, asked.odooId, identified);
    return writeByHand(connection, declaration, recordId, asked.odooId, identified, former);
  });
  let released = 0;
  for (const recordId of subjectsOf(mapping, key.recordId)) {
    released += await releaseForSubject(connection, recordName({ ...key, recordId }), observer);
  }
  const { entity, recordId, model, odooId } = mapping;
  const message = `${declaration.label} ${recordId} was mapped by hand to ${model} ${odooId}.`;
  await noteAction(connection, by, { code: 'MAPPED', message, entity, recordId, odooId: asked.odooId });
  return { mapping, released };
}

/** Record ids that causes of failures may name it by; those derived from its own are meant with it. */
function subjectsOf({ recordId, aliases = [] }: Mapping, asked: string): Set<string> {
  return new Set([recordId, asked, ...aliases].filter((id) => !id.startsWith(`${recordId}:`)));
}

export const unknownReason = ({ label }: AnyEntity, recordId: string): string =>
  `nothing is known of ${label.toLowerCase()} ${recordId} that tells which one it is`;

/** Several records of the store may be one tax or carrier; of all others each is its own. */
async function refuseTaken(
  connection: string,
  { name, model, shared }: AnyEntity,
  recordId: string,
  odooId: number,
  { aliases }: Identified,
): Promise<void> {
  if (shared) return;
  const [other] = (await othersMappedTo(connection, { entity: name, recordId }, model, odooId)).filter(
    (one) => !aliases.includes(one.recordId),
  );
  if (other === undefined) return;
  const message = `${recordName(other)} is mapped to ${model} ${odooId} already.`;
  const current = { entity: name, recordId: other.recordId, title: other.title ?? null, odooId };
  throw new ConnectorError('CONFLICT', message, { current });
}

export const refused = (path: string, reason: string): ConnectorError =>
  new ConnectorError('VALUE_REFUSED', `The value of ${path} ${reason}.`, { fields: [{ path, reason }] });

/** Forgets what a record is in Odoo. @throws ConnectorError NOT_FOUND */
export async function unmap({ connection, by }: Actor, key: RecordKey): Promise<void> {
  const mapping = await undisturbed(connection, async () => {
    await bringBack(connection);
    const found = await existing(connection, key);
    await removeParts(connection, found);
    await removeMapping(connection, found);
    return found;
  });
  const { entity, recordId, odooId, model } = mapping;
  const message =
    odooId === undefined
      ? `What was noted of ${recordName(mapping)} was forgotten.`
      : `${recordName(mapping)} was unmapped from ${model} ${odooId}.`;
  const at = odooId === undefined ? {} : { odooId };
  await noteAction(connection, by, { code: 'UNMAPPED', message, entity, recordId, ...at });
}

/** @throws ConnectorError NOT_FOUND */
export async function existing(connection: string, key: RecordKey): Promise<Mapping> {
  const found = await findMapping(connection, key);
  if (found === undefined) throw new ConnectorError('NOT_FOUND', `Nothing is known of ${recordName(key)}.`);
  return found;
}
