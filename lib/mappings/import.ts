import { chunks } from '../collections.ts';
import { ConnectorError, type FieldProblem } from '../errors/index.ts';
import type { OdooAccess } from '../queue/odoo.ts';
import { releaseWaiting } from '../queue/release.ts';
import { noteAction } from '../store/actions.ts';
import { itemsOf } from '../store/mapping-pages.ts';
import type { Mapping, RecordKey } from '../store/mappings.ts';
import type { AnyEntity, Registry } from '../sync/declare.ts';
import { type Actor, unknownReason } from './by-hand.ts';
import { mappable } from './entities.ts';
import { type Identified, identify } from './identify.ts';
import { keepFormer } from './import-copy.ts';
import { atRow, type ImportRow, readRows } from './import-rows.ts';
import { allOrNone, bringBack } from './journal.ts';
import { lookIntoOdoo } from './undisturbed.ts';
import { writeByHand } from './write.ts';

const WRITTEN_TOGETHER = 25;
/** A person mends no more at a time. */
const MOST_PROBLEMS = 200;

export interface Imported {
  mapped: number;
  unchanged: number;
  skipped: number;
  released: number;
  /** By which it can be undone; null: nothing was changed. */
  undo: string | null;
}

/** A row that asks for a change, with the record that it is of. */
interface Change extends ImportRow {
  former: Mapping | undefined;
}

/**
 * Maps many records by hand. All rows are checked before the first is written, and if it is interrupted all is
 * as it was; what is as asked for already is left alone.
 *
 * @throws ConnectorError VALUE_REFUSED with a problem per row, and what `withOdoo` throws
 */
export async function importMappings(
  { connection, by, observer }: Actor,
  registry: Registry,
  entity: string,
  csv: string,
): Promise<Imported> {
  const declaration = mappable(registry, entity);
  const { rows, skipped, problems } = readRows(csv, entity);
  const { written, unchanged, undo } = await lookIntoOdoo(connection, observer, async (access) => {
    await bringBack(connection);
    const known = await readKnown(connection, entity);
    const changes = rows.map((row) => ({ ...row, former: known.find(row.recordId) })).filter(isChange);
    problems.push(...twice(changes), ...(await notInOdoo(access, declaration, changes)));
    if (!declaration.shared) problems.push(...taken(changes, known));
    const identified = await identifyAll(access, registry, declaration, changes, problems);
    if (problems.length > 0) throw refusal(problems);
    const records = changes.flatMap((change) => touched(entity, change, identified.get(change) as Identified));
    if (changes.length === 0) return { written: [], unchanged: rows.length, undo: null };
    const done: Mapping[] = [];
    const meant = changes.map((change) => ({ recordId: recordOf(change), odooId: change.odooId }));
    const id = await allOrNone(connection, records, async (former) => {
      const undoable = await keepFormer({ connection, by }, entity, meant, former);
      for (const batch of chunks(changes, WRITTEN_TOGETHER)) {
        const write = (change: Change) => {
          const { odooId, former } = change;
          const recordId = former?.recordId ?? change.recordId;
          return writeByHand(connection, declaration, recordId, odooId, identified.get(change) as Identified, former);
        };
        done.push(...(await Promise.all(batch.map(write))));
      }
      await undoable.whenDone();
      return undoable.id;
    });
    return { written: done, unchanged: rows.length - changes.length, undo: id };
  });
  const subjects = new Set(written.flatMap(({ recordId, aliases = [] }) => [recordId, ...aliases]));
  const isMeant = (subject: string) => subjects.has(subject.slice(entity.length + 1));
  const released =
    written.length === 0
      ? 0
      : await releaseWaiting(
          connection,
          ({ subject }) => subject?.startsWith(`${entity}/`) === true && isMeant(subject),
          observer,
        );
  const mapped = `${written.length} mapped, ${unchanged} as they were`;
  const until = undo === null ? '' : ` It can be undone for 30 days: ${undo}.`;
  const message = `Mappings of ${entity} were imported: ${mapped}.${until}`;
  await noteAction(connection, by, { code: 'MAPPINGS_IMPORTED', message, entity });
  return { mapped: written.length, unchanged, skipped, released, undo };
}

interface KnownMappings {
  all: readonly Mapping[];
  /** The mapping of a record, or of the one that it is an alias of. */
  find(recordId: string): Mapping | undefined;
}

async function readKnown(connection: string, entity: string): Promise<KnownMappings> {
  const items = new Map<string, Mapping>();
  for await (const page of itemsOf(connection, entity)) for (const item of page) items.set(item.recordId, item);
  return {
    all: [...items.values()].filter(({ aliasOf }) => aliasOf === undefined),
    find(recordId) {
      const item = items.get(recordId);
      return item?.aliasOf === undefined ? item : items.get(item.aliasOf);
    },
  };
}

const isChange = ({ odooId, former }: Change): boolean => former?.odooId !== odooId || former.removed !== undefined;

/** The items that a change writes or removes: the record and its aliases, as they were and as they will be. */
const touched = (entity: string, change: Change, { aliases }: Identified): RecordKey[] =>
  [recordOf(change), ...aliases, ...(change.former?.aliases ?? [])].map((recordId) => ({ entity, recordId }));

const recordOf = ({ former, recordId }: Change): string => former?.recordId ?? recordId;

/** Rows that name the same record, one of them by an alias. */
function twice(changes: readonly Change[]): FieldProblem[] {
  const rows = new Map<string, number>();
  return changes.flatMap((change) => {
    const first = rows.get(recordOf(change));
    if (first === undefined) rows.set(recordOf(change), change.row);
    return first === undefined ? [] : [atRow(change.row, 'recordId', `is the record of row ${first}`)];
  });
}

async function notInOdoo({ odoo }: OdooAccess, { model }: AnyEntity, changes: readonly Change[]) {
  const ids = [...new Set(changes.map(({ odooId }) => odooId))];
  if (ids.length === 0) return [];
  const present = new Set((await odoo.read(model, ids, ['id'])).map(({ id }) => id));
  return changes
    .filter(({ odooId }) => !present.has(odooId))
    .map(({ row }) => atRow(row, 'odooId', `is no ${model} in Odoo`));
}

/** Odoo records that two records would be, once all rows were written: two rows may change places. */
function taken(changes: readonly Change[], { all }: KnownMappings): FieldProblem[] {
  const changed = new Set(changes.map(recordOf));
  const holders = new Map<number, Mapping[]>();
  for (const mapping of all) {
    if (mapping.odooId === undefined || mapping.removed !== undefined || changed.has(mapping.recordId)) continue;
    holders.set(mapping.odooId, [...(holders.get(mapping.odooId) ?? []), mapping]);
  }
  const rows = new Map<number, number>();
  return changes.flatMap(({ row, odooId, former }) => {
    const first = rows.get(odooId);
    if (first !== undefined) return [atRow(row, 'odooId', `is in row ${first} already`)];
    rows.set(odooId, row);
    const other = holders.get(odooId)?.find(({ recordId }) => former?.aliases?.includes(recordId) !== true);
    return other === undefined ? [] : [atRow(row, 'odooId', `is what ${other.recordId} is mapped to`)];
  });
}

async function identifyAll(
  { context }: OdooAccess,
  registry: Registry,
  declaration: AnyEntity,
  changes: readonly Change[],
  problems: FieldProblem[],
): Promise<Map<Change, Identified>> {
  const identified = new Map<Change, Identified>();
  for (const change of changes) {
    const { former, row } = change;
    const recordId = recordOf(change);
    // What tells records apart must be found out; of all others the next event brings what else there is.
    const found =
      declaration.identity === undefined
        ? { identity: recordId, aliases: former?.aliases ?? [] }
        : await identify({ registry, context }, declaration, recordId, { mapping: former });
    if (found === undefined) problems.push(atRow(row, 'recordId', unknownReason(declaration, recordId)));
    else identified.set(change, found);
  }
  return identified;
}

function refusal(problems: readonly FieldProblem[]): ConnectorError {
  const fields = problems
    .toSorted((one, other) => Number(one.path.split('.')[1]) - Number(other.path.split('.')[1]))
    .slice(0, MOST_PROBLEMS);
  const more = problems.length > fields.length ? `; the first ${fields.length} are told` : '';
  const message = `Nothing was imported: ${problems.length} rows have problems${more}.`;
  return new ConnectorError('VALUE_REFUSED', message, { fields });
}
