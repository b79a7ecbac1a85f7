import { gunzipSync, gzipSync } from 'node:zlib';
import { tableName } from '../environment.ts';
import { allItems, writeItems } from './documents.ts';

/**
 * Bodies of up to a few MiB: too large for a message (1 MiB) or an item (400 KB). Compressed and cut
 * into parts; the last part is written last and says how many there are, so half a body is no body.
 */
const PART_BYTES = 350_000;

/** `keptSeconds`: deleted by itself afterwards; absent: kept until it is deleted. */
export async function putPayload(key: string, body: string, keptSeconds?: number): Promise<void> {
  const expiry = keptSeconds === undefined ? {} : { expiresAt: Math.floor(Date.now() / 1000) + keptSeconds };
  const bytes = gzipSync(body);
  const count = Math.max(1, Math.ceil(bytes.length / PART_BYTES));
  for (let part = 0; part < count; part += 1) {
    const slice = bytes.subarray(part * PART_BYTES, (part + 1) * PART_BYTES);
    const item = { key, part, bytes: slice, ...expiry, ...(part === count - 1 ? { count } : {}) };
    await writeItems(tableName('payloads'), [{ put: item }]);
  }
}

export async function getPayload(key: string): Promise<string | undefined> {
  const parts = await readParts(key, '#key, part, #bytes, #count');
  const count = parts.at(-1)?.count;
  if (count === undefined || parts.length < Number(count)) return undefined;
  return gunzipSync(Buffer.concat(parts.map((part) => part.bytes as Uint8Array))).toString('utf8');
}

export async function deletePayload(key: string): Promise<void> {
  const parts = await readParts(key, '#key, part');
  await writeItems(
    tableName('payloads'),
    parts.map(({ part }) => ({ delete: { key, part } })),
  );
}

async function readParts(key: string, projection: string): Promise<Record<string, unknown>[]> {
  const names: Record<string, string> = { '#key': 'key', '#bytes': 'bytes', '#count': 'count' };
  return allItems({
    TableName: tableName('payloads'),
    KeyConditionExpression: '#key = :key',
    ProjectionExpression: projection,
    ExpressionAttributeNames: Object.fromEntries(Object.entries(names).filter(([alias]) => projection.includes(alias))),
    ExpressionAttributeValues: { ':key': key },
    ConsistentRead: true,
  });
}
