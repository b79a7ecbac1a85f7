/** What the alarm on the API counts: what this deployment got wrong, not what Odoo or the store did. */
import type { APIGatewayProxyEventV2, Context } from 'aws-lambda';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { ConnectorError, catalog, type ErrorCode } from '../../lib/errors/index.ts';
import { api } from '../support/api.ts';
import { type Rig, startRig } from '../support/rig.ts';

let rig: Rig;
beforeAll(async () => {
  rig = await startRig();
});
afterAll(() => rig?.stop());

const counted = (printed: readonly string[]) => printed.filter((line) => line.includes('"ServerErrors"'));

test('an Odoo that is down is answered with a 502, and counted as no error of the API', async () => {
  await rig.configure({ odooUrl: 'http://127.0.0.1:1' });
  const answer = await api(rig, 'GET', '/v1/odoo/taxes');
  expect(answer).toMatchObject({ status: 502, body: { code: 'ODOO_UNREACHABLE' } });
  expect(counted(rig.printed)).toEqual([]);
});

/** A function of the API that fails so. @returns its answer, what it has counted, and all that it printed */
async function failing(thrown: Error) {
  const { httpStack } = await import('../../functions/stack/http.ts');
  const printed: string[] = [];
  vi.stubEnv('POWERTOOLS_METRICS_NAMESPACE', 'OpenCartOdoo');
  const print = (text: unknown) => printed.push(String(text)) > 0;
  for (const stream of [process.stdout, process.stderr]) vi.spyOn(stream, 'write').mockImplementation(print);
  vi.spyOn(console, 'log').mockImplementation(print);
  const handler = httpStack().handler(async () => {
    throw thrown;
  });
  const answer = await handler({} as APIGatewayProxyEventV2, { awsRequestId: 'of-lambda' } as Context);
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  const lines = printed.map((line) => JSON.parse(line) as Record<string, unknown>);
  return { status: answer.statusCode ?? 0, counted: lines.filter((line) => 'ServerErrors' in line), lines };
}

describe('a function of the API', () => {
  test('counts what nobody has foreseen, under the name of the API', async () => {
    const { status, counted } = await failing(new TypeError('x is undefined'));
    expect(status).toBe(500);
    expect(counted).toMatchObject([{ service: 'api', ServerErrors: 1 }]);
  });

  test.each([
    ['unforeseen', new TypeError('x is undefined')],
    ['refused', new ConnectorError('QUEUE_UNAVAILABLE', 'It is so.')],
  ])('tells it as "%s" with the id of its request, by which the access log has it', async (message, thrown) => {
    const { lines } = await failing(thrown);
    expect(lines).toContainEqual(expect.objectContaining({ message, function_request_id: 'of-lambda' }));
  });

  const codes = Object.keys(catalog) as ErrorCode[];
  const ofOthers = (code: ErrorCode) => /^(ODOO|STORE)_|^LANE_BUSY$|^ADDRESS_PRIVATE$/.test(code);

  test.each(codes.filter(ofOthers))('does not count %s', async (code) => {
    expect((await failing(new ConnectorError(code, 'It is so.'))).counted).toEqual([]);
  });

  test.each(codes.filter((code) => !ofOthers(code)))('counts %s if it is a server error', async (code) => {
    const { status, counted } = await failing(new ConnectorError(code, 'It is so.'));
    expect(counted).toHaveLength(status >= 500 ? 1 : 0);
  });

  test.each(codes.filter((code) => code.startsWith('ODOO_')))('answers %s as of what is behind it', async (code) => {
    expect([502, 503, 504]).toContain((await failing(new ConnectorError(code, 'It is so.'))).status);
  });
});
