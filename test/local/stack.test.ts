import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { CreateSecretCommand, GetSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type Stack, startStack } from '../../infra/local/runner/index.ts';
import { deadLetterName, queuedNames, queueName } from '../../infra/topology.ts';
import { secretsClient, sqsClient } from './fixtures/clients.ts';
import { fixture } from './fixtures/specs.ts';

const patient = { timeout: 60_000 };

const [entity = '', otherEntity = ''] = queuedNames;
const consume = (queue: string) => ({ queues: [queue], batchSize: 100, windowSeconds: 1, maxConcurrency: 2 });

const functions = {
  first: fixture('whoami', {
    env: { ENTITY: 'first' },
    routes: [{ method: 'POST', path: '/first', access: 'signed' }],
    grants: { tables: { log: 'read', mappings: 'readWrite' }, sendEvents: true },
  }),
  second: fixture('whoami', {
    env: { ENTITY: 'second' },
    routes: [{ method: 'GET', path: '/second', access: 'token' }],
  }),
  authorizer: fixture('authorize', { authorizer: true }),
  behave: fixture('behave', { timeoutSeconds: 3 }),
  consumer: fixture('consume', { consumes: consume(queueName(entity)) }),
  'dead-letters': fixture('consume', { consumes: consume(deadLetterName(entity)) }),
  clock: fixture('whoami', { everyMinutes: 1 }),
} as const;

interface WhoAmI {
  environment: Record<string, string>;
  calls: number;
  event: unknown;
}

let folder: string;
let stack: Stack;
let sqs: SQSClient;
const lines: { name: string; line: Record<string, unknown> }[] = [];
const printed = (name: string) => lines.filter((line) => line.name === name).map(({ line }) => line);

const start = async () => {
  stack = await startStack({
    dataDir: folder,
    functions,
    scheduleSeconds: 0.1,
    windowSeconds: 0,
    queue: { visibilitySeconds: 4, maxReceiveCount: 1 },
    onLog: (name, line) => lines.push({ name, line: JSON.parse(line) as Record<string, unknown> }),
  });
  sqs = sqsClient(stack.env.AWS_ENDPOINT_URL_SQS ?? '');
};
const stop = async () => {
  sqs.destroy();
  await stack.stop();
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stack-'));
  await start();
});
afterAll(async () => {
  await stop();
  await rm(folder, { recursive: true });
});

const whoAmI = async (name: string) => (await stack.invoke(name, { hello: name })) as WhoAmI;
const send = (queue: string, MessageBody: string) =>
  sqs.send(new SendMessageCommand({ QueueUrl: stack.queueUrls[queue], MessageBody }));

describe('a function', () => {
  it('has an environment of its own, with its grants only', async () => {
    const { environment, event } = await whoAmI('first');
    expect(event).toEqual({ hello: 'first' });
    expect(environment).toMatchObject({
      ENTITY: 'first',
      TABLE_LOG: stack.env.TABLE_LOG,
      TABLE_MAPPINGS: stack.env.TABLE_MAPPINGS,
      AWS_ENDPOINT_URL_DYNAMODB: stack.env.AWS_ENDPOINT_URL_DYNAMODB,
      AWS_REGION: stack.env.AWS_REGION,
      POWERTOOLS_SERVICE_NAME: 'first',
    });
    expect(JSON.parse(environment.QUEUE_URLS ?? '')[entity]).toBe(stack.queueUrls[queueName(entity)]);
    expect(environment).not.toHaveProperty('TABLE_FAILURES');

    const second = await whoAmI('second');
    expect(second.environment.ENTITY).toBe('second');
    expect(second.environment).not.toHaveProperty('TABLE_LOG');
    expect(second.environment).not.toHaveProperty('QUEUE_URLS');
    // The same bundle, and yet not the same module: this one was called once.
    expect(second.calls).toBe(1);
    expect(process.env.ENTITY).toBeUndefined();
  });

  it('prints to the log that the stack was given', async () => {
    await whoAmI('first');
    await vi.waitFor(
      () => expect(printed('first')).toContainEqual({ message: 'called', functionName: 'first' }),
      patient,
    );
  });

  it('works on one event at a time in one place', async () => {
    const answers = await Promise.all([1, 2, 3].map((answer) => stack.invoke('behave', { sleepMs: 50, answer })));
    expect(answers).toMatchObject([1, 2, 3].map((answer) => ({ answer, atOnce: 1 })));
  });

  it('is ended when it takes too long or ends itself, and is there for the next event', async () => {
    await expect(stack.invoke('behave', { sleepMs: 60_000 })).rejects.toThrow(
      /^Task timed out after (3\.00|2\.\d\d) seconds$/,
    );
    await expect(stack.invoke('behave', { exitCode: 3 })).rejects.toThrow('exit code 3');
    expect(await stack.invoke('behave', { answer: 'back' })).toMatchObject({ answer: 'back' });
  });

  it('fails with the error of its handler, which is logged', async () => {
    const failing = stack.invoke('behave', { throwing: 'on purpose' });
    await expect(failing).rejects.toMatchObject({ name: 'TypeError', message: 'on purpose' });
    await vi.waitFor(
      () =>
        expect(printed('behave')).toContainEqual(
          expect.objectContaining({ message: 'Invoke Error: on purpose', errorType: 'TypeError' }),
        ),
      patient,
    );
  });

  it('runs on a machine whose clock can be set, which its time limit does not notice', async () => {
    stack.setClocks([3_600_000]);
    const told = (await stack.invoke('behave', {})) as { now: number; remainingMs: number };
    expect(told.now - Date.now()).toBeGreaterThan(3_500_000);
    expect(told.remainingMs).toBeGreaterThan(0);
    expect(told.remainingMs).toBeLessThanOrEqual(3_000);
    stack.setClocks([0]);
    const after = (await stack.invoke('behave', {})) as { now: number };
    expect(Math.abs(after.now - Date.now())).toBeLessThan(3_000_000);
  });

  it('that does not load keeps the stack from starting', async () => {
    const broken = startStack({ functions: { broken: fixture('broken') } });
    await expect(broken).rejects.toThrow('Function broken does not load: broken is not set up');
  });
});

describe('triggers', () => {
  it('the API calls functions, with and without a token', async () => {
    const signed = await fetch(`${stack.url}/first`, { method: 'POST', body: 'x' });
    expect(((await signed.json()) as WhoAmI).event).toMatchObject({ body: 'x', isBase64Encoded: false });
    const asked = (role: string) => fetch(`${stack.url}/second`, { headers: { authorization: `Bearer ${role}` } });
    expect(((await (await asked('viewer')).json()) as WhoAmI).event).toMatchObject({
      requestContext: { authorizer: { lambda: { role: 'viewer' } } },
    });
    expect((await asked('nobody')).status).toBe(403);
  });

  it('a queue calls its consumer; what that cannot handle ends with the dead letters', async () => {
    await Promise.all(['ok', 'fail'].map((body) => send(queueName(entity), body)));
    const deadLetters = { message: 'batch', bodies: ['fail'], source: expect.stringContaining('-dead') };
    await vi.waitFor(() => expect(printed('dead-letters')).toContainEqual(deadLetters), patient);
    const bodies = printed('consumer').flatMap((line) => line.bodies);
    expect(bodies.sort()).toEqual(['fail', 'ok']);
    expect((await stack.queueCounts())[queueName(entity)]).toEqual({ visible: 0, inFlight: 0, delayed: 0 });
  });

  it('the clock calls what is scheduled', async () => {
    await vi.waitFor(() => expect(printed('clock').length).toBeGreaterThan(1), patient);
  });
});

it('creates the tables of the topology', async () => {
  const client = new DynamoDBClient({
    endpoint: stack.env.AWS_ENDPOINT_URL_DYNAMODB ?? '',
    region: stack.env.AWS_REGION ?? '',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  const { Table } = await client.send(new DescribeTableCommand({ TableName: stack.env.TABLE_FAILURES ?? '' }));
  expect(Table?.GlobalSecondaryIndexes?.map(({ IndexName }) => IndexName).sort()).toEqual([
    'byCause',
    'due',
    'ofCause',
  ]);
  client.destroy();
});

it('refuses a data folder that another stack is using', async () => {
  await expect(startStack({ dataDir: folder, functions: {} })).rejects.toThrow('in use by another process');
});

it('keeps messages and secrets over a restart', async () => {
  const secret = { Name: 'opencart-odoo/main/odoo', SecretString: 'kept' };
  await secretsClient(stack.env.AWS_ENDPOINT_URL_SECRETS_MANAGER ?? '').send(new CreateSecretCommand(secret));
  // Nobody consumes this one.
  await send(queueName(otherEntity), 'waiting');
  await stop();
  await start();
  expect((await stack.queueCounts())[queueName(otherEntity)]).toEqual({ visible: 1, inFlight: 0, delayed: 0 });
  const client = secretsClient(stack.env.AWS_ENDPOINT_URL_SECRETS_MANAGER ?? '');
  const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: secret.Name }));
  expect(SecretString).toBe('kept');
});
