/** `POST /export` of the demo store. */
import type { IncomingMessage } from 'node:http';
import { queuedEntities } from '../../../lib/entities/index.ts';
import type { Endpoint } from './courier.ts';
import { type Answer, answerExport, type ExportedRecord } from './exporter.ts';
import type { DemoStore } from './store.ts';

export const EXPORT_PATH = '/export';
const MAX_REQUEST_BYTES = 262_144;

/** Answers the connector; the endpoint says with what it signs, and where the outbox is flushed to. */
export async function serveExport(store: DemoStore, endpoint: Endpoint, request: IncomingMessage): Promise<Answer> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    bytes += part.length;
    if (bytes > MAX_REQUEST_BYTES) return { status: 400, body: { error: 'The request is too large.' } };
    parts.push(part);
  }
  const { connection, secret } = endpoint;
  const of = (entity: string) => (): readonly ExportedRecord[] => store.exported(entity);
  const exported = {
    ...{ connection, secret, changedSince: true },
    entities: Object.fromEntries(queuedEntities.map(({ name }) => [name, of(name)])),
    sequence: () => store.events,
    flush: async () => {
      const { accepted, duplicates } = await store.flush(endpoint);
      return { sent: accepted + duplicates, waiting: await store.outbox.size() };
    },
  };
  return answerExport(exported, request.headers, Buffer.concat(parts));
}
