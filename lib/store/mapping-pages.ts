import { paginateQuery } from '@aws-sdk/lib-dynamodb';
import { tableName } from '../environment.ts';
import { documents } from './documents.ts';
import { type Mapping, scopeOf } from './mappings.ts';

/** Items per read; without it DynamoDB reads a mebibyte. */
const READ_SIZE = 500;
/** DynamoDB can filter nothing that a list asks for: so many items are looked at for one page at most. */
const MOST_LOOKED_AT = 10_000;

export interface MappingPage {
  mappings: Mapping[];
  /** Record id after which the next page begins; absent on the last one. */
  next?: string;
}

/**
 * A page of an entity's records by record id, without aliases.
 * @param keep which of them are wanted
 * @param after record id of the cursor
 */
export async function pageOfMappings(
  connection: string,
  entity: string,
  keep: (mapping: Mapping) => boolean,
  limit: number,
  after?: string,
): Promise<MappingPage> {
  const mappings: Mapping[] = [];
  let looked = 0;
  let position: string | undefined;
  for await (const items of itemsOf(connection, entity, { after, pageSize: READ_SIZE })) {
    for (const item of items) {
      if (item.aliasOf === undefined && keep(item)) {
        if (mappings.length === limit) return { mappings, next: (mappings.at(-1) as Mapping).recordId };
        mappings.push(item);
      }
      position = item.recordId;
    }
    looked += items.length;
    if (looked >= MOST_LOOKED_AT && position !== undefined) return { mappings, next: position };
  }
  return { mappings };
}

interface Reading {
  after?: string | undefined;
  pageSize?: number;
  /** Only these attributes; default: all but `details`, which can be large. */
  only?: readonly (keyof Mapping)[] | 'all';
}

const SHOWN: readonly (keyof Mapping)[] = [
  ...(['entity', 'recordId', 'model', 'odooId', 'identity', 'origin', 'sequence', 'title', 'aliases'] as const),
  ...(['parts', 'aliasOf', 'failure', 'syncedAt', 'removed'] as const),
];

/** All items of an entity as they stand in the table, aliases included, by record id. */
export async function* itemsOf(
  connection: string,
  entity: string,
  { after, pageSize, only = SHOWN }: Reading = {},
): AsyncGenerator<Mapping[]> {
  const scope = scopeOf(connection, entity);
  const pages = paginateQuery(
    {
      client: documents,
      ...(pageSize === undefined ? {} : { pageSize }),
      ...(after === undefined ? {} : { startingToken: { scope, recordId: after } }),
    },
    {
      TableName: tableName('mappings'),
      KeyConditionExpression: '#scope = :scope',
      ExpressionAttributeNames: {
        '#scope': 'scope',
        ...(only === 'all' ? {} : Object.fromEntries(only.map((name) => [`#${name}`, name]))),
      },
      ExpressionAttributeValues: { ':scope': scope },
      ...(only === 'all' ? {} : { ProjectionExpression: only.map((name) => `#${name}`).join(', ') }),
      ConsistentRead: true,
    },
  );
  for await (const page of pages) yield (page.Items ?? []) as unknown as Mapping[];
}
