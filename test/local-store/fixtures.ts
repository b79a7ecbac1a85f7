import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { close, listen } from '../../infra/local/aws/listen.ts';
import type { Endpoint } from '../../infra/local/store/courier.ts';
import { DemoStore, type StoreOptions } from '../../infra/local/store/store.ts';
import type { StoreEvent } from '../../lib/opencart/events.ts';
import { newWebhookSecret } from '../../lib/opencart/signature.ts';

export const CLOCK = () => new Date('2026-03-01T10:30:00.789Z');

/** A folder that is gone after the test. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'demo-store-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** A store that is closed after the test. */
export async function openStore(options: Partial<StoreOptions> = {}): Promise<DemoStore> {
  const folder = options.folder ?? (await temporaryFolder());
  const store = await DemoStore.open({ clock: CLOCK, ...options, folder });
  onTestFinished(() => store.close());
  return store;
}

export interface Request {
  headers: IncomingHttpHeaders;
  body: string;
  events: StoreEvent[];
}

type Reply = { status: number; body: unknown } | 'hang up';

/** A connector that only remembers what it was sent; `reply` says what it answers. */
export async function fakeConnector(reply: (request: Request, count: number) => Reply = acceptAll) {
  const requests: Request[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks).toString();
    const { events } = JSON.parse(body) as { events: StoreEvent[] };
    const received = { headers: request.headers, body, events };
    requests.push(received);
    const answer = reply(received, requests.length);
    if (answer === 'hang up') response.destroy();
    else response.writeHead(answer.status).end(JSON.stringify(answer.body));
  });
  const url = await listen(server);
  onTestFinished(() => close(server));
  const endpoint: Endpoint = { url, connection: 'main', secret: newWebhookSecret() };
  return { endpoint, requests };
}

export const verdicts = (events: readonly StoreEvent[], status: 'accepted' | 'duplicate' = 'accepted') => ({
  status: 202,
  body: { events: events.map(({ id }) => ({ id, status })) },
});

const acceptAll = ({ events }: Request): Reply => verdicts(events);
