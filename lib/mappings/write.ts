import { type Mapping, writeMapping } from '../store/mappings.ts';
import { removeParts } from '../store/unmap.ts';
import type { AnyEntity } from '../sync/declare.ts';
import type { Identified } from './identify.ts';

/**
 * Writes what a person has decided. Without hashes, so that the next event of the record is written to
 * Odoo; with the sequence it has, so that no older one is.
 */
export async function writeByHand(
  connection: string,
  { name, model }: AnyEntity,
  recordId: string,
  odooId: number,
  { identity, aliases, title }: Identified,
  former: Mapping | undefined,
): Promise<Mapping> {
  const isSame = former?.odooId === odooId;
  const kept = isSame ? { parts: former?.parts, details: former?.details } : {};
  if (former !== undefined && !isSame) await removeParts(connection, former);
  const mapping = withoutUndefined({
    entity: name,
    recordId,
    model,
    odooId,
    identity,
    origin: 'manual',
    sequence: former?.sequence ?? 0,
    title: title ?? former?.title,
    aliases: aliases.length === 0 ? undefined : aliases,
    failure: former?.failure,
    syncedAt: former?.syncedAt,
    ...kept,
  });
  await writeMapping(connection, mapping, former?.aliases);
  return mapping;
}

type Loose<T> = { [K in keyof T]: T[K] | undefined };

const withoutUndefined = (mapping: Loose<Mapping>): Mapping =>
  Object.fromEntries(Object.entries(mapping).filter(([, value]) => value !== undefined)) as unknown as Mapping;
