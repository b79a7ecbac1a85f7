import { DeleteCommand, PutCommand, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { tableName } from '../environment.ts';
import { documents, type Item, ifConditionHolds, readItems, writeItems } from './documents.ts';

export interface RecordKey {
  entity: string;
  recordId: string;
}

/** Store record ↔ Odoo record. Without `odooId` it only remembers that the record could not be synced. */
export interface Mapping extends RecordKey {
  model?: string;
  odooId?: number;
  /** Which Odoo record the snapshot asks for; when it changes, another Odoo record is meant. */
  identity?: string;
  /** `created` records carry our external id in Odoo; the others are addressed by their database id. */
  origin?: 'created' | 'adopted' | 'manual';
  /** Of the whole snapshot as last synced. */
  hash?: string;
  /** Of the part of the snapshot that the Odoo record's fields are made of. */
  contentHash?: string;
  /** Of content that was written, but does not come to what it must: somebody may put it right in Odoo. */
  refused?: string;
  /** The store's own hash of the row that was last synced, where it told one: what a sweep compares. */
  storeHash?: string;
  /** The bulk run that last wrote it, and what the run made of it first: a page that is repeated counts the same again. */
  by?: RunMark;
  /** Of the newest event applied; 0 if the record is known only through another record's event. */
  sequence: number;
  /** The record's name, for people. */
  title?: string;
  /** Other record ids under which the same Odoo record is found. */
  aliases?: readonly string[];
  /** Records that are part of it, by `entity/recordId`. */
  parts?: readonly string[];
  /** This item is an alias of that record. */
  aliasOf?: string;
  /** Its fields were changed, and it has not been brought to its state since. */
  unsettled?: true;
  /** Orders have moved in Odoo what was counted of it: it is to be counted again. */
  moved?: true;
  /** Code of the failure that is parked for this record. */
  failure?: string;
  syncedAt?: string;
  /** The store has deleted the record: what was done in Odoo. */
  removed?: 'archive' | 'keep' | 'cancel';
  /** What the entity wants to remember, e.g. an order's reconciliation. */
  details?: Item;
}

export interface RunMark {
  run: string;
  as: 'created' | 'adopted' | 'updated' | 'removed';
}

/** Of 25 items each. */
const REQUESTS_TOGETHER = 8;

export const scopeOf = (connection: string, entity: string) => `${connection}#${entity}`;
export const recordName = ({ entity, recordId }: RecordKey): string => `${entity}/${recordId}`;
/** The record of a name; what comes after the first slash is its id. */
export function recordOfName(name: string): RecordKey {
  const slash = name.indexOf('/');
  return { entity: name.slice(0, slash), recordId: name.slice(slash + 1) };
}

/** Reads the mappings of records, 100 per request, by `entity/recordId`. */
export async function readMappings(connection: string, keys: readonly RecordKey[]): Promise<Map<string, Mapping>> {
  const unique = new Map(keys.map((key) => [recordName(key), key]));
  const items = await readItems(
    tableName('mappings'),
    [...unique.values()].map(({ entity, recordId }) => ({ scope: scopeOf(connection, entity), recordId })),
  );
  const mappings = items.map((item) => item as unknown as Mapping);
  return new Map(mappings.map((mapping) => [recordName(mapping), mapping]));
}

/**
 * Writes a mapping unless a newer event was applied meanwhile; its aliases first, so that a crash in
 * between leaves nothing that points nowhere. Former aliases go when it stands: until then what they lead to is its
 * own Odoo record, which nobody would find any more. A crash before they are gone leaves it unfinished.
 *
 * @returns false if a newer one was there
 */
export async function writeMapping(connection: string, mapping: Mapping, formerAliases: readonly string[] = []) {
  const { aliases = [], recordId } = mapping;
  const gone = formerAliases.filter((alias) => !aliases.includes(alias));
  await Promise.all(
    aliases.filter((alias) => alias !== recordId).map((alias) => writeAlias(connection, mapping, alias)),
  );
  if (gone.length > 0) {
    const { hash: _, ...unfinished } = { ...mapping, aliases: [...aliases, ...gone] };
    if (!(await putMapping(connection, unfinished))) return false;
    await Promise.all(gone.map((alias) => deleteAlias(connection, mapping, alias)));
  }
  return putMapping(connection, mapping);
}

async function putMapping(connection: string, mapping: Mapping): Promise<boolean> {
  const put = new PutCommand({
    TableName: tableName('mappings'),
    Item: itemOf(connection, mapping),
    ConditionExpression: 'attribute_not_exists(recordId) OR #sequence <= :sequence OR attribute_exists(aliasOf)',
    ExpressionAttributeNames: { '#sequence': 'sequence' },
    ExpressionAttributeValues: { ':sequence': mapping.sequence },
  });
  return (await ifConditionHolds(documents.send(put))) !== undefined;
}

/** A mapping of a record that had none, and those of its aliases that are to be written along with it. */
export interface NewMapping {
  mapping: Mapping;
  aliases: readonly string[];
}

/**
 * Writes mappings where there were none, 25 per request instead of one; aliases first. For who holds the
 * lane and has read under it that nothing was there: nobody looks again.
 */
export async function writeNewMappings(connection: string, written: readonly NewMapping[]): Promise<void> {
  const aliases = written.flatMap(({ mapping, aliases }) =>
    aliases.map((alias) => aliasItem(connection, mapping, alias)),
  );
  const records = written.map(({ mapping }) => itemOf(connection, mapping));
  for (const items of [aliases, records]) {
    // Two addresses of one content share an alias, and a request may name a key only once: as elsewhere the first stays.
    const unique = new Map(items.toReversed().map((item) => [`${item.scope} ${item.recordId}`, { put: item }]));
    await writeItems(tableName('mappings'), [...unique.values()], REQUESTS_TOGETHER);
  }
}

const itemOf = (connection: string, mapping: Mapping) => ({
  ...mapping,
  scope: scopeOf(connection, mapping.entity),
  ...(mapping.odooId === undefined ? {} : { odooRecord: `${connection}#${mapping.model}#${mapping.odooId}` }),
});

const aliasItem = (connection: string, mapping: Mapping, alias: string) => {
  const { entity, recordId, model, odooId, identity } = mapping;
  const scope = scopeOf(connection, entity);
  return { scope, entity, recordId: alias, aliasOf: recordId, model, odooId, identity, sequence: 0 };
};

/**
 * An alias never takes the place of a record of that id, nor of an alias that leads to the same Odoo record: that one
 * stays right when this record becomes another one and takes its aliases away.
 */
async function writeAlias(connection: string, mapping: Mapping, alias: string): Promise<void> {
  const put = new PutCommand({
    TableName: tableName('mappings'),
    Item: aliasItem(connection, mapping, alias),
    ConditionExpression:
      'attribute_not_exists(recordId) OR aliasOf = :record OR (attribute_exists(aliasOf) AND odooId <> :odooId)',
    ExpressionAttributeValues: { ':record': mapping.recordId, ':odooId': mapping.odooId },
  });
  await ifConditionHolds(documents.send(put));
}

/** Only the record's own alias: meanwhile it may have become a record, or another one's alias. */
export async function deleteAlias(connection: string, { entity, recordId }: RecordKey, alias: string): Promise<void> {
  const remove = new DeleteCommand({
    TableName: tableName('mappings'),
    Key: { scope: scopeOf(connection, entity), recordId: alias },
    ConditionExpression: 'aliasOf = :record',
    ExpressionAttributeValues: { ':record': recordId },
  });
  await ifConditionHolds(documents.send(remove));
}

/** Notes that an event changed nothing: one that is older and comes later must not undo that. */
export async function noteInStep(
  connection: string,
  key: RecordKey,
  { sequence, storeHash }: Pick<Mapping, 'sequence'> & { storeHash: string | undefined },
): Promise<void> {
  await ifConditionHolds(
    documents.send(
      new UpdateCommand({
        TableName: tableName('mappings'),
        Key: { scope: scopeOf(connection, key.entity), recordId: key.recordId },
        UpdateExpression: `SET #sequence = :sequence${storeHash === undefined ? '' : ', storeHash = :hash'}`,
        ConditionExpression: '#sequence <= :sequence AND attribute_not_exists(aliasOf)',
        ExpressionAttributeNames: { '#sequence': 'sequence' },
        ExpressionAttributeValues: {
          ':sequence': sequence,
          ...(storeHash === undefined ? {} : { ':hash': storeHash }),
        },
      }),
    ),
  );
}

/** Reads all mappings of an entity, page by page. @returns where the next page begins; absent on the last one */
export async function mappingsAfter(
  connection: string,
  entity: string,
  after: string | undefined,
  limit: number,
): Promise<{ mappings: Mapping[]; next?: string }> {
  const scope = scopeOf(connection, entity);
  const page = await documents.send(
    new QueryCommand({
      TableName: tableName('mappings'),
      KeyConditionExpression: '#scope = :scope',
      ExpressionAttributeNames: { '#scope': 'scope' },
      ExpressionAttributeValues: { ':scope': scope },
      Limit: limit,
      ...(after === undefined ? {} : { ExclusiveStartKey: { scope, recordId: after } }),
      ConsistentRead: true,
    }),
  );
  const next = page.LastEvaluatedKey?.recordId;
  return {
    mappings: (page.Items ?? []) as unknown as Mapping[],
    ...(next === undefined ? {} : { next: String(next) }),
  };
}

/** Notes that a record could not be synced, whether or not it is mapped. */
export async function noteFailure(connection: string, key: RecordKey, code: string): Promise<void> {
  await documents.send(
    new UpdateCommand({
      TableName: tableName('mappings'),
      Key: { scope: scopeOf(connection, key.entity), recordId: key.recordId },
      UpdateExpression: 'SET entity = :entity, failure = :code, #sequence = if_not_exists(#sequence, :zero)',
      ExpressionAttributeNames: { '#sequence': 'sequence' },
      ExpressionAttributeValues: { ':entity': key.entity, ':code': code, ':zero': 0 },
    }),
  );
}

/** Forgets that a record could not be synced. */
export async function clearFailure(connection: string, key: RecordKey): Promise<void> {
  await ifConditionHolds(
    documents.send(
      new UpdateCommand({
        TableName: tableName('mappings'),
        Key: { scope: scopeOf(connection, key.entity), recordId: key.recordId },
        UpdateExpression: 'REMOVE failure',
        ConditionExpression: 'attribute_exists(failure)',
      }),
    ),
  );
}

/** Drops mappings whose Odoo record is gone. */
export async function forgetMappings(connection: string, keys: readonly RecordKey[]): Promise<void> {
  const unique = new Map(keys.map((key) => [recordName(key), key]));
  await writeItems(
    tableName('mappings'),
    [...unique.values()].map(({ entity, recordId }) => ({ delete: { scope: scopeOf(connection, entity), recordId } })),
  );
}

/** Whether another record of the entity is mapped to this Odoo record. */
export async function mappedElsewhere(
  connection: string,
  key: RecordKey,
  model: string,
  odooId: number,
): Promise<boolean> {
  return (await othersMappedTo(connection, key, model, odooId)).length > 0;
}

/** The other records of the entity that are mapped to this Odoo record. */
export async function othersMappedTo(
  connection: string,
  key: RecordKey,
  model: string,
  odooId: number,
): Promise<Mapping[]> {
  const mapped = await mappedTo(connection, model, odooId);
  return mapped.filter(({ entity, recordId }) => entity === key.entity && recordId !== key.recordId);
}

/** Whether any record of the entity is mapped to this Odoo record. */
export async function isMapped(connection: string, entity: string, model: string, odooId: number): Promise<boolean> {
  return (await mappedTo(connection, model, odooId)).some((mapping) => mapping.entity === entity);
}

/** The records that are this Odoo record, but for those that the store has deleted. */
async function mappedTo(connection: string, model: string, odooId: number): Promise<Mapping[]> {
  const page = await documents.send(
    new QueryCommand({
      TableName: tableName('mappings'),
      IndexName: 'byOdooRecord',
      KeyConditionExpression: 'odooRecord = :record',
      ExpressionAttributeValues: { ':record': `${connection}#${model}#${odooId}` },
    }),
  );
  return (page.Items ?? []).filter(({ removed }) => removed === undefined) as unknown as Mapping[];
}
