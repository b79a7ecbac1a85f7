/** Counts what is asked of a DynamoDB, as AWS would charge it. */
import * as z from 'zod';
import { type TableSpec, tables } from '../../topology-tables.ts';

export interface DynamoDbUse {
  reads: number;
  /** Those of the reads that ask for up to 100 items at once. */
  batchReads: number;
  writes: number;
  /** Read units, each a strongly consistent read of up to 4 KB. */
  readUnits: number;
  /** Write units, each up to 1 KB to the table or to one of its indexes. */
  writeUnits: number;
}

const item = z.record(z.string(), z.unknown());
const writes = z.array(z.object({ PutRequest: z.object({ Item: item }).optional() }));
const body = z.object({
  TableName: z.string().optional(),
  Item: item.optional(),
  RequestItems: z.record(z.string(), z.union([writes, z.object({ Keys: z.array(item) })])).optional(),
});
type Body = z.output<typeof body>;

const READS = new Set(['GetItem', 'BatchGetItem', 'Query', 'Scan']);
const WRITES = new Set(['PutItem', 'UpdateItem', 'DeleteItem', 'BatchWriteItem']);

export class Tap {
  #noted: { operation: string; text: string }[] = [];

  /** For `startDynamoDb`. Only noted here: what is measured must not wait for the counting. */
  readonly onRequest = (operation: string, text: string): void => {
    if (READS.has(operation) || WRITES.has(operation)) this.#noted.push({ operation, text });
  };

  /** What was asked since the last time. */
  take(): DynamoDbUse {
    const use: DynamoDbUse = { reads: 0, batchReads: 0, writes: 0, readUnits: 0, writeUnits: 0 };
    for (const { operation, text } of this.#noted) {
      const asked = body.parse(JSON.parse(text));
      if (READS.has(operation)) {
        use.reads += 1;
        if (operation === 'BatchGetItem') use.batchReads += 1;
        use.readUnits += readUnits(asked);
      } else {
        use.writes += 1;
        use.writeUnits += writeUnits(asked);
      }
    }
    this.#noted = [];
    return use;
  }
}

/** Mappings and settings are smaller than 4 KB; a key that is not there costs as much. */
function readUnits({ RequestItems }: Body): number {
  if (RequestItems === undefined) return 1;
  return Object.values(RequestItems).reduce((sum, asked) => sum + ('Keys' in asked ? asked.Keys.length : 0), 0);
}

/** What is changed or deleted is taken for 1 KB: lanes, runs and notes are less. */
function writeUnits({ TableName = '', Item, RequestItems }: Body): number {
  if (Item !== undefined) return itemUnits(TableName, Item);
  if (RequestItems === undefined) return 1;
  let units = 0;
  for (const [table, asked] of Object.entries(RequestItems)) {
    if ('Keys' in asked) continue;
    for (const { PutRequest } of asked) units += PutRequest === undefined ? 1 : itemUnits(table, PutRequest.Item);
  }
  return units;
}

/** An item is written once more to each index whose key it has. */
function itemUnits(table: string, written: Readonly<Record<string, unknown>>): number {
  const spec = Object.entries<TableSpec>(tables).find(([name]) => table.endsWith(`-${name}`))?.[1];
  const indexes = Object.values(spec?.indexes ?? {}).filter(({ partition: [key] }) => key in written);
  return Math.ceil(sizeOf(written) / 1_024) * (1 + indexes.length);
}

/** Names and values; the types that stand in the request are not stored. */
function sizeOf(value: unknown): number {
  if (Array.isArray(value)) return value.reduce<number>((sum, one) => sum + 1 + sizeOf(one), 3);
  if (value === null || typeof value !== 'object') return String(value).length;
  return Object.entries(value).reduce((sum, [name, one]) => sum + (name.length > 4 ? name.length : 0) + sizeOf(one), 0);
}
