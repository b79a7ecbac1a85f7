import { DeleteCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { tableName } from '../environment.ts';
import { documents } from './documents.ts';
import {
  deleteAlias,
  type Mapping,
  type RecordKey,
  readMappings,
  recordName,
  recordOfName,
  scopeOf,
} from './mappings.ts';

/** The mapping of a record, or of the one that it is an alias of. */
export async function findMapping(connection: string, key: RecordKey): Promise<Mapping | undefined> {
  const found = (await readMappings(connection, [key])).get(recordName(key));
  if (found?.aliasOf === undefined) return found;
  const owner = { entity: key.entity, recordId: found.aliasOf };
  return (await readMappings(connection, [owner])).get(recordName(owner));
}

/** What is left of a mapping that is forgotten: that a failure is parked for its record. Undefined: nothing. */
export function remainder({ entity, recordId, failure, title }: Mapping): Mapping | undefined {
  if (failure === undefined) return undefined;
  return { entity, recordId, failure, sequence: 0, ...(title === undefined ? {} : { title }) };
}

/** Forgets a record's mapping: the aliases first, so that none points nowhere. */
export async function removeMapping(connection: string, mapping: Mapping): Promise<void> {
  const { entity, recordId, aliases = [] } = mapping;
  await Promise.all(
    aliases.filter((alias) => alias !== recordId).map((alias) => deleteAlias(connection, mapping, alias)),
  );
  const scope = scopeOf(connection, entity);
  const left = remainder(mapping);
  await (left === undefined
    ? documents.send(new DeleteCommand({ TableName: tableName('mappings'), Key: { scope, recordId } }))
    : documents.send(new PutCommand({ TableName: tableName('mappings'), Item: { ...left, scope } })));
}

/** Forgets what the parts of a record are, and theirs: they belong to the Odoo record that it was. */
export async function removeParts(connection: string, { parts = [] }: Mapping): Promise<void> {
  for (const part of (await readMappings(connection, parts.map(recordOfName))).values()) {
    if (part.aliasOf !== undefined) continue;
    await removeParts(connection, part);
    await removeMapping(connection, part);
  }
}
