/** Who may not: every operation of the OpenAPI document, asked with every token that is wrong. */
import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import type { APIGatewayRequestAuthorizerEventV2, Context } from 'aws-lambda';
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { tables } from '../../infra/topology.ts';
import { routes } from '../../lib/api/index.ts';
import { api } from '../support/api.ts';
import { forgeries, genuine } from '../support/bearer.ts';
import { addConnection, secretOf } from '../support/connections.ts';
import { aMapping, seed } from '../support/mappings.ts';
import { bodyFor, type Named, type Operation, operations, pathOf } from '../support/operations.ts';
import { type Rig, startRig } from '../support/rig.ts';
import { reach, start } from '../support/runs.ts';

let rig: Rig;
/** Another tenant of the deployment, with a secret of its own. */
let neighbour: Rig;
/** Things of the rig's connection. */
let mine: Named;

beforeAll(async () => {
  // What is kept must not change by itself while it is compared.
  rig = await startRig({ limits: { watch: { everyMinutes: 0 } } });
  const settings = { odooUrl: 'http://127.0.0.1:1', odooDatabase: 'neighbour' };
  neighbour = await addConnection(rig, 'neighbour', { secret: secretOf('neighbour'), settings });
  mine = await somethingOf(rig);
});
afterAll(() => rig?.stop());

/** A mapping, a reset, a failure, a preview, settings with a former version, and what the log says of them. */
async function somethingOf(owner: Rig): Promise<Named> {
  const { park } = await import('../../lib/store/failures.ts');
  const { ConnectorError } = await import('../../lib/errors/index.ts');
  const recordId = `only-${owner.tag}`;
  await seed(owner, [aMapping('tax', 1), aMapping('product', 1, { recordId, title: `Product of ${owner.tag}` })]);
  const reset = await api<{ id: string }>(owner, 'POST', '/v1/mappings/reset', {
    body: { entity: 'tax', expect: { tax: 1 } },
  });
  await owner.configure({ exportUrl: 'http://127.0.0.1:1/export' });
  const started = await start(owner, { entity: 'customer', mode: 'full', preview: true });
  const run = started[0]?.id ?? '';
  await api(owner, 'POST', `/v1/runs/${run}/cancel`);
  await reach(owner, run, 'cancelled');
  const error = new ConnectorError('ODOO_REFUSED', `Odoo refuses ${owner.tag}.`);
  const about = { connection: owner.connection, entity: 'product', recordId, eventId: `event-${owner.tag}` };
  await park({ ...about, sequence: 1, error, body: JSON.stringify({ recordId, of: owner.tag }) });
  return { entity: 'product', recordId, run, reset: reset.body.id, cause: 'ODOO_REFUSED' };
}

/** All that is kept of the rig's connection, table by table. */
async function keptOfMine(): Promise<Record<string, unknown[]>> {
  const { documents } = await import('../../lib/store/documents.ts');
  const { tableName } = await import('../../lib/environment.ts');
  const names = Object.keys(tables);
  const scanned = await Promise.all(
    names.map((name) => documents.send(new ScanCommand({ TableName: tableName(name as never) }))),
  );
  return Object.fromEntries(
    scanned.map(({ Items = [] }, index) => {
      const ofMine = Items.map((item) => JSON.stringify(item)).filter((text) => text.includes(rig.tag));
      return [names[index], ofMine.sort()];
    }),
  );
}

async function ask(operation: Operation, authorization: string | undefined, more: RequestInit = {}) {
  const body = bodyFor(operation, mine);
  return fetch(`${rig.stack.url}${pathOf(operation, mine)}`, {
    method: operation.method,
    headers: {
      ...(authorization === undefined ? {} : { authorization }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(more.headers as Record<string, string>),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

describe.each(operations)('$method $path', (operation) => {
  test('without a token is refused, wherever else one is put', async () => {
    const token = await genuine(rig, 'manager');
    const url = `${rig.stack.url}${pathOf(operation, mine)}?token=${token}&access_token=${token}`;
    const answers = await Promise.all([
      ask(operation, undefined),
      ask(operation, undefined, { headers: { cookie: `token=${token}` } }),
      fetch(url, { method: operation.method }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([401, 401, 401]);
  });

  test('with a token that is wrong in any way is refused', async () => {
    const refusals = await Promise.all(
      Object.entries(forgeries).map(async ([wrong, forge]) => {
        const answer = await ask(operation, await forge(rig, neighbour));
        const told = await answer.text();
        return { wrong, isRefused: [401, 403].includes(answer.status) && !told.includes(rig.tag) };
      }),
    );
    expect(refusals.filter(({ isRefused }) => !isRefused)).toEqual([]);
  });
});

test.each(operations.filter(({ role }) => role === 'manager'))(
  '$method $path is no viewer’s work',
  async (operation) => {
    const answer = await ask(operation, `Bearer ${await genuine(rig, 'viewer')}`);
    expect(answer.status).toBe(403);
    expect(await answer.json()).toMatchObject({ code: 'TOKEN_REFUSED' });
  },
);

describe('a token that has expired, of which the gateway remembers that it was good,', () => {
  const remembered = async (authorization: string) => {
    const { handler } = await import('../../functions/authorizer.ts');
    const asked = { headers: { authorization } } as unknown as APIGatewayRequestAuthorizerEventV2;
    return (await handler(asked, {} as Context)).context;
  };
  const askFunction = async (resource: string, routeKey: string, lambda: object) => {
    const { handler } = await import(`../../functions/api/${resource}.ts`);
    const requestContext = { authorizer: { lambda } };
    return handler({ routeKey, headers: {}, requestContext }, {} as Context) as { statusCode: number; body: string };
  };

  test('is let in until then', async () => {
    const claims = await remembered(`Bearer ${await genuine(rig, 'viewer')}`);
    expect((await askFunction('logs', 'GET /v1/logs', claims)).statusCode).toBe(200);
  });

  test.each(routes)('is refused by $method $path as the gateway refuses it', async ({ resource, method, path }) => {
    const claims = await remembered(`Bearer ${await genuine(rig, 'manager')}`);
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 61_000 });
    onTestFinished(() => void vi.useRealTimers());
    const answer = await askFunction(resource, `${method} ${path}`, claims);
    expect(answer).toMatchObject({ statusCode: 403, body: '{"message":"Forbidden"}' });
  });
});

describe('another connection', () => {
  test.each(operations)('learns and changes nothing by $method $path', async (operation) => {
    const before = await keptOfMine();
    expect(before.mappings?.length).toBeGreaterThan(0);
    const answer = await ask(operation, `Bearer ${await genuine(neighbour, 'manager')}`);
    // The token is good: it is only not about what is asked for.
    expect([401, 403]).not.toContain(answer.status);
    const told = await answer.text();
    // What it asked for may be said back to it.
    const foreign = told.replaceAll(mine.recordId, '').replaceAll(mine.run, '').replaceAll(mine.reset, '');
    expect(foreign).not.toContain(rig.tag);
    expect(await keptOfMine()).toEqual(before);
  });

  test('gets its own pages by a foreign cursor', async () => {
    await seed(rig, [aMapping('category', 1), aMapping('category', 2, { title: `Title of ${rig.tag}` })]);
    for (const path of ['/v1/mappings/category', '/v1/logs', '/v1/runs'] as const) {
      const page = await api<{ next: string | null }>(rig, 'GET', path, { query: { limit: '1' } });
      const cursor = page.body.next ?? mine.run;
      const answer = await api(neighbour, 'GET', path, { query: { limit: '50', cursor } });
      expect(answer.status).toBeLessThan(500);
      expect(answer.text).not.toContain(rig.tag);
    }
  });
});

test('a genuine token is let in everywhere', async () => {
  const reading = operations.filter(({ method }) => method === 'GET');
  const statuses = await Promise.all(
    reading.map(async (operation) => (await ask(operation, `Bearer ${await genuine(rig, operation.role)}`)).status),
  );
  expect(statuses.filter((status) => status === 401 || status === 403)).toEqual([]);
});
