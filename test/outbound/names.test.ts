/** Names that the machine's own resolver leads inside: nobody is reached, and nobody is told where they lead. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { close, listen } from '../../infra/local/aws/listen.ts';
import { testConnection } from '../../lib/connection/test.ts';
import { request } from '../../lib/outbound/request.ts';

const addresses: Record<string, string> = { 'erp.example': '127.0.0.1', 'old.example': '10.20.30.40' };
const asked: string[] = [];

// What the machine's names resolve to is not up to a test; everything between this and the socket is the connector's.
vi.mock('node:dns', async (original) => ({
  ...(await original<typeof import('node:dns')>()),
  lookup: (host: string, _: unknown, done: (error: null, found: { address: string; family: number }[]) => void) => {
    asked.push(host);
    done(null, [{ address: addresses[host] ?? '', family: 4 }]);
  },
}));

let reached = 0;
const server = createServer((_, response) => {
  reached += 1;
  response.end('inside');
});
beforeAll(() => listen(server));
afterAll(() => close(server));
beforeEach(() => {
  asked.length = 0;
  vi.stubEnv('PRIVATE_ADDRESSES', undefined);
});
afterEach(() => vi.unstubAllEnvs());

test.each(Object.entries(addresses))(
  'the test of a connection to %s says that it leads inside, not to %s',
  async (host, address) => {
    const url = new URL(`http://${host}:${(server.address() as AddressInfo).port}/`);
    const login = { user: 'u', password: 'p' };
    const report = await testConnection({ url, database: 'x', ...login, settings: undefined, pace: async () => {} });
    expect(report.steps[0]).toMatchObject({ name: 'dns', status: 'failed', code: 'ADDRESS_PRIVATE' });
    expect(asked).toContain(host);
    expect(JSON.stringify(report)).not.toContain(address);
    expect(reached).toBe(0);
  },
);

test.each(Object.entries(addresses))(
  'a request to %s is refused, and its error does not tell %s',
  async (host, address) => {
    const url = `http://${host}:${(server.address() as AddressInfo).port}/`;
    const refused = await request(url, { method: 'GET', timeoutMs: 5_000, maxBytes: 1 }).catch(
      (thrown: Error) => thrown,
    );
    expect(refused).toMatchObject({ code: 'ADDRESS_PRIVATE', message: `${host} is no address of the internet.` });
    expect(asked).toEqual([host]);
    expect(JSON.stringify({ ...refused, cause: String((refused as Error).cause) })).not.toContain(address);
    expect(reached).toBe(0);
  },
);
