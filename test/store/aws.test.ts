import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { close, listen } from '../../infra/local/aws/listen.ts';

let silent: Server;
let asked = 0;

beforeAll(async () => {
  silent = createServer(() => {
    asked += 1;
  });
  Object.assign(process.env, {
    ...{ AWS_REGION: 'local', AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local', TABLE_MAPPINGS: 'mappings' },
    AWS_ENDPOINT_URL_DYNAMODB: await listen(silent),
    AWS_TIMEOUT_SECONDS: '0.5',
  });
});
afterAll(() => close(silent));

test('a service of AWS that does not answer is asked again, and then it is an error', async () => {
  const { readItems } = await import('../../lib/store/documents.ts');
  await expect(readItems('mappings', [{ connection: 'c', item: 'i' }])).rejects.toThrow(/timed? ?out|timeout/i);
  expect(asked).toBeGreaterThan(1);
});
