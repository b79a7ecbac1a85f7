import { tableName } from '../environment.ts';
import { ConnectorError } from '../errors/index.ts';
import { noteAction } from '../store/actions.ts';
import { type Item, writeItems } from '../store/documents.ts';
import { deleteAlias, type Mapping } from '../store/mappings.ts';
import { getPiece, noteProgress, type Reset, readReset } from '../store/resets.ts';
import type { Registry } from '../sync/declare.ts';
import type { Actor } from './by-hand.ts';
import { undoImport } from './import-undo.ts';
import { bringBack } from './journal.ts';
import { currentOf, keyOf, WRITTEN_TOGETHER } from './reset.ts';
import { undisturbed } from './undisturbed.ts';

/**
 * Brings back what a reset has removed, also of one that was interrupted, or what an import has written over. What was
 * mapped anew since, after a reset by an event at least as new, stays as it is. Undoing twice changes nothing.
 *
 * @param goOn asked before each piece: whether there is time for it
 * @throws ConnectorError NOT_FOUND
 */
export async function undoReset(
  { connection, by }: Actor,
  registry: Registry,
  id: string,
  goOn: () => boolean,
): Promise<Reset> {
  const { reset, isNew } = await undisturbed(connection, async () => {
    await bringBack(connection);
    const found = await readReset(connection, id);
    if (found === undefined)
      throw new ConnectorError('NOT_FOUND', `There is no reset or import ${id} that could be undone.`);
    if (found.state === 'restored') return { reset: found, isNew: false };
    const begun =
      found.state === 'restoring'
        ? found
        : await noteProgress(connection, found, { state: 'restoring', done: 0, kept: 0 });
    const isImport = begun.kind === 'import';
    const work = isImport ? undoImport(connection, registry, begun, goOn) : restore(connection, begun, goOn);
    return { reset: await work, isNew: true };
  });
  if (isNew && reset.state === 'restored') {
    const kept = reset.kept === 0 ? '' : ` ${reset.kept} had been mapped anew and stay so.`;
    await noteAction(
      connection,
      by,
      reset.kind === 'import'
        ? { code: 'IMPORT_UNDONE', message: `The import ${id} was undone.${kept}`, entity: reset.scope }
        : { code: 'RESET_UNDONE', message: `The reset ${id} was undone.${kept}` },
    );
  }
  return reset;
}

async function restore(connection: string, begun: Reset, goOn: () => boolean): Promise<Reset> {
  let reset = begun;
  while (reset.done < reset.pieces && goOn()) {
    const items = await getPiece(connection, reset.id, reset.done);
    const ownersOf = items.filter(({ aliasOf }) => aliasOf !== undefined).map(ownerOf);
    const current = await currentOf([...items, ...ownersOf]);
    const puts: Item[] = [];
    let kept = 0;
    for (const item of items) {
      const now = current.get(keyOf(item));
      if (item.aliasOf !== undefined) {
        if (isAliasOf(item, current.get(keyOf(ownerOf(item)))) && isAliasOrNone(now)) puts.push(item);
      } else if (isNewer(now, item)) {
        if (!isTheSame(now, item)) kept += 1;
      } else {
        if (now?.aliasOf === undefined) await removeOtherAliases(connection, now, item);
        puts.push(now === undefined || now.aliasOf !== undefined ? item : { ...item, failure: now.failure });
      }
    }
    await writeItems(
      tableName('mappings'),
      puts.map((put) => ({ put })),
      WRITTEN_TOGETHER,
    );
    reset = await noteProgress(connection, reset, { done: reset.done + 1, kept: reset.kept + kept });
  }
  return reset.done < reset.pieces ? reset : noteProgress(connection, reset, { state: 'restored' });
}

/** Aliases that a record was given meanwhile: they are the Odoo record's that it no longer is. */
async function removeOtherAliases(connection: string, now: Item | undefined, item: Item): Promise<void> {
  const { entity, recordId, aliases = [] } = (now ?? {}) as Partial<Mapping>;
  if (entity === undefined || recordId === undefined) return;
  const others = aliases.filter((alias) => !((item.aliases ?? []) as readonly string[]).includes(alias));
  await Promise.all(others.map((alias) => deleteAlias(connection, { entity, recordId }, alias)));
}

/** Whether a record is known by an event at least as new: something was made of it, not only noted. */
function isNewer(now: Item | undefined, { sequence }: Item): boolean {
  if (now === undefined || now.aliasOf !== undefined) return false;
  const isKnown = now.odooId !== undefined || now.removed !== undefined;
  return isKnown && Number(now.sequence) >= Number(sequence);
}

const isTheSame = (now: Item | undefined, item: Item): boolean =>
  now?.syncedAt === item.syncedAt && now?.odooId === item.odooId && now?.origin === item.origin;

const ownerOf = ({ scope, aliasOf }: Item): Item => ({ scope, recordId: aliasOf });

/** Whether the record that it was an alias of is, or is again, the one that it was. */
const isAliasOf = ({ recordId, odooId }: Item, owner: Item | undefined): boolean =>
  owner !== undefined &&
  owner.odooId === odooId &&
  Array.isArray(owner.aliases) &&
  owner.aliases.includes(recordId as string);

const isAliasOrNone = (now: Item | undefined): boolean => now === undefined || now.aliasOf !== undefined;
