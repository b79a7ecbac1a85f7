/** The whole path in one process: the store's signed request, the functions that deploy, and an Odoo. */
import { CreateSecretCommand, PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { inject } from 'vitest';
import { type Stack, startStack } from '../../infra/local/runner/index.ts';
import type { Sandbox, SandboxOptions } from '../../infra/local/sandbox/index.ts';
import { type FunctionSpec, functions } from '../../infra/topology.ts';
import { mintToken, type Role } from '../../lib/access/token.ts';
import { groupBy } from '../../lib/collections.ts';
import { Odoo, type OdooCredentials } from '../../lib/odoo/client.ts';
import { readDialect } from '../../lib/odoo/dialect.ts';
import { signatureHeaders } from '../../lib/opencart/signature.ts';
import type { ConnectionSettings } from '../../lib/store/connections.ts';
import type { LogRow } from '../../lib/store/log.ts';
import { leaksIn } from './leaks.ts';
import { openOdoo } from './odoo-target.ts';
import type { EventInput } from './snapshots.ts';

export interface PostAnswer {
  status: number;
  body: {
    code?: string;
    errors?: { path: string; reason: string }[];
    events?: { id: string; status: string; code?: string; errors?: { path: string; reason: string }[] }[];
  };
}

/** One line that a function printed. */
export type LogLine = Record<string, unknown> & { message?: string };

export interface Rig {
  stack: Stack;
  /** Undefined on a real Odoo. */
  sandbox: Sandbox | undefined;
  connection: string;
  secret: string;
  /** Makes names unique, so that a real Odoo can be used many times. */
  tag: string;
  odoo: Odoo;
  credentials: OdooCredentials;
  lines: LogLine[];
  /** What people were told. */
  notices: { subject: string; message: string }[];
  /** All that the functions printed, word for word. */
  printed: string[];
  post(events: readonly EventInput[]): Promise<PostAnswer>;
  /** Sends bytes as they are, signed unless headers are given. */
  postRaw(body: string, headers?: Record<string, string>): Promise<PostAnswer>;
  /** Posts events and waits until the queues are empty. @returns the Odoo calls it took, as `model.method` */
  sync(events: readonly EventInput[]): Promise<string[]>;
  idle(): Promise<void>;
  logs(query?: Record<string, string>, role?: Role): Promise<{ logs: LogRow[]; next: string | null }>;
  setOdooPassword(password: string): Promise<void>;
  configure(settings: Partial<ConnectionSettings>): Promise<void>;
  /** @throws if the functions printed a secret, or something of a person */
  stop(): Promise<void>;
}

/** Failures are tried again soon, settings count at once, and what died is noticed soon. */
const quick = {
  ...{ FIRST_TRIAL_SECONDS: '1', SETTINGS_KEPT_SECONDS: '0', SECRET_RECHECK_SECONDS: '0' },
  ...{ RUN_LEASE_SECONDS: '3', RUN_STALL_SECONDS: '15' },
};

/** Starts on a sandbox of its own, or on the Odoo named by ODOO_URL. */
export async function startRig(
  options: {
    sandbox?: SandboxOptions;
    windowSeconds?: number;
    /** After so long a message comes again that nobody said anything of. */
    visibilitySeconds?: number;
    /** What stands before DynamoDB. */
    dynamoDb?: string;
    /** Of every function, beside what the local stack gives it. */
    env?: Readonly<Record<string, string>>;
    /** Other limits for a function, so that it runs into them; `everyMinutes: 0`: it is called by the test alone. */
    limits?: Readonly<Record<string, Partial<Pick<FunctionSpec, 'timeoutSeconds' | 'memoryMB' | 'everyMinutes'>>>>;
  } = {},
): Promise<Rig> {
  const { sandbox, credentials } = await openOdoo(options.sandbox);
  const lines: LogLine[] = [];
  const notices: Rig['notices'] = [];
  const printed: string[] = [];
  const stack = await startStack({
    windowSeconds: options.windowSeconds ?? 0,
    ...(options.visibilitySeconds !== undefined && { queue: { visibilitySeconds: options.visibilitySeconds } }),
    scheduleSeconds: 1,
    onDemand: true,
    bundles: inject('bundles'),
    ...(options.dynamoDb !== undefined && { through: { DYNAMODB: options.dynamoDb } }),
    functions: Object.fromEntries(
      Object.entries(functions).map(([name, spec]) => [
        name,
        // By itself it would start the sweep of the default schedule where a suite runs past a quarter past three.
        {
          ...spec,
          ...(name === 'schedules' && { everyMinutes: 0 }),
          ...options.limits?.[name],
          env: { ...spec.env, ...quick, ...options.env },
        },
      ]),
    ),
    onNotice: (notice) => notices.push(notice),
    onLog: (_, line) => {
      printed.push(line);
      if (line.startsWith('{"level"')) lines.push(JSON.parse(line) as LogLine);
    },
  });
  Object.assign(process.env, stack.env, quick);
  // Read only now: the AWS clients take their endpoints from the environment when they are made.
  const { connectionSettings } = await import('../../lib/store/connections.ts');
  const { writeSettings } = await import('../../lib/store/settings.ts');
  const { secretName } = await import('../../lib/store/secrets.ts');

  const tag = `t${Date.now().toString(36)}${Math.random().toString(36).slice(2, 6)}`;
  const connection = tag;
  const secret = `whsec_${Buffer.from(`${tag}-0123456789abcdef0123456789`).toString('base64')}`;
  const secrets = new SecretsManagerClient({});
  /** As a manager enters it for the Odoo that the settings name. */
  const login = (password: string, odooUrl = credentials.url) =>
    JSON.stringify({ user: credentials.user, password, origin: new URL(odooUrl).origin });
  const settings = connectionSettings.parse({ odooUrl: credentials.url, odooDatabase: credentials.database });
  await writeSettings(connection, settings);
  const storeSecret = JSON.stringify({ webhookSecret: secret });
  await secrets.send(new CreateSecretCommand({ Name: secretName(connection, 'store'), SecretString: storeSecret }));
  const odooSecretName = secretName(connection, 'odoo');
  await secrets.send(new CreateSecretCommand({ Name: odooSecretName, SecretString: login(credentials.password) }));
  const odoo = new Odoo({ credentials, pace: async () => {} });
  // What a suite looks for is called as the newest Odoo calls it, whichever it runs on.
  await readDialect(credentials, odoo);

  let odooUrlNow: string | undefined;
  const rig: Rig = {
    stack,
    sandbox,
    connection,
    secret,
    tag,
    odoo,
    credentials,
    lines,
    notices,
    printed,
    post: (events) => rig.postRaw(JSON.stringify({ events })),
    async postRaw(body, headers) {
      const id = `msg_${Math.random().toString(36).slice(2)}`;
      const signed = headers ?? { 'x-connection': connection, ...signatureHeaders(secret, id, new Date(), body) };
      const answer = await fetch(`${stack.url}/v1/events`, {
        method: 'POST',
        body,
        headers: { 'content-type': 'application/json', ...signed },
      });
      return { status: answer.status, body: (await answer.json()) as PostAnswer['body'] };
    },
    async sync(events) {
      const before = lines.length;
      const answer = await rig.post(events);
      if (answer.status !== 202) throw new Error(`The events were refused: ${JSON.stringify(answer)}`);
      await rig.idle();
      return callsIn(lines.slice(before));
    },
    async idle() {
      for (;;) {
        const counts = Object.values(await stack.queueCounts());
        if (counts.every((count) => count.visible + count.inFlight + count.delayed === 0)) return;
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    },
    async logs(query = {}, role = 'viewer') {
      const token = await mintToken({ connection, secret, role, subject: 'test', lifetimeSeconds: 60 });
      const answer = await fetch(`${stack.url}/v1/logs?${new URLSearchParams(query)}`, {
        headers: { authorization: `Bearer ${token}` },
      });
      if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
      return (await answer.json()) as { logs: LogRow[]; next: string | null };
    },
    async setOdooPassword(password) {
      await secrets.send(
        new PutSecretValueCommand({ SecretId: odooSecretName, SecretString: login(password, odooUrlNow) }),
      );
    },
    async configure(changed) {
      const { odooUrl } = changed;
      if (odooUrl !== odooUrlNow) {
        const SecretString = login(credentials.password, odooUrl);
        await secrets.send(new PutSecretValueCommand({ SecretId: odooSecretName, SecretString }));
        odooUrlNow = odooUrl;
      }
      await writeSettings(connection, { ...settings, ...changed });
    },
    async stop() {
      odoo.close();
      await stack.stop();
      await rig.sandbox?.stop();
      // A password of a real Odoo may be an ordinary word.
      const secrets = { ...(sandbox && { odooPassword: credentials.password }), webhookSecret: secret };
      const leaks = leaksIn(printed, { secrets, known: [credentials.user] });
      if (leaks.length > 0) throw new Error(`The functions printed what they must not:\n${leaks.join('\n')}`);
    },
  };
  return rig;
}

const ignored = new Set(['common.authenticate', 'common.version', 'res.lang.search_read', 'res.company.search_read']);

/** The Odoo calls among log lines, without logging in and asking for the dialect: once per warm function. */
export function callsIn(lines: readonly LogLine[]): string[] {
  return lines
    .filter((line) => line.message === 'odoo call')
    .map((line) => `${line.model}.${line.method}`)
    .filter((call) => !ignored.has(call) && !call.endsWith('.fields_get'));
}

/** How often one invocation of a function made a call, at most. */
export function mostCallsAtOnce(lines: readonly LogLine[], call: string): number {
  const made = lines.filter((line) => callsIn([line])[0] === call);
  return Math.max(0, ...[...groupBy(made, (line) => line.function_request_id).values()].map((some) => some.length));
}
