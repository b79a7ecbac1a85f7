/** Everything there is around the console: the connector, a store that sells, an Odoo; nothing is pretended. */
import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inject } from 'vitest';
import { consoleFolder } from '../../../infra/console-build.ts';
import { close, listen } from '../../../infra/local/aws/listen.ts';
import { consoleFiles } from '../../../infra/local/console-files.ts';
import { startStack } from '../../../infra/local/runner/index.ts';
import { type Sandbox, startSandbox } from '../../../infra/local/sandbox/index.ts';
import { DeliveryLoop } from '../../../infra/local/store/delivery-loop.ts';
import { EXPORT_PATH } from '../../../infra/local/store/export.ts';
import { createStoreServer } from '../../../infra/local/store/server.ts';
import { DemoStore } from '../../../infra/local/store/store.ts';
import { functions } from '../../../infra/topology.ts';
import { mintToken, type Role } from '../../../lib/access/token.ts';
import { Odoo } from '../../../lib/odoo/client.ts';
import { newWebhookSecret } from '../../../lib/opencart/signature.ts';
import type { ConnectionSettings } from '../../../lib/store/connections.ts';

const CONNECTION = 'main';

/** Failures are tried again soon, and settings count at once. */
const quick = {
  ...{ FIRST_TRIAL_SECONDS: '1', SETTINGS_KEPT_SECONDS: '0', SECRET_RECHECK_SECONDS: '0' },
  ...{ RUN_LEASE_SECONDS: '1', RUN_STALL_SECONDS: '5' },
};

export interface World {
  /** Where the console is. */
  url: string;
  store: DemoStore;
  exportUrl: string;
  sandbox: Sandbox;
  odoo: Odoo;
  token(role: Role, seconds?: number): Promise<string>;
  /** Sets the connection up, as far as a test is not about that. */
  setUp(settings?: Partial<ConnectionSettings>): Promise<void>;
  /** Sends what the store has to say from now on. */
  deliver(): void;
  stop(): Promise<void>;
}

/** @param parents origins whose pages may hold the console in a frame */
export async function startWorld(parents: readonly string[] = []): Promise<World> {
  const folder = await mkdtemp(join(tmpdir(), 'console-world-'));
  const sandbox = await startSandbox();
  const { url: odooUrl, database: odooDatabase, login: user, password } = sandbox;
  const stack = await startStack({
    windowSeconds: 0,
    scheduleSeconds: 1,
    bundles: inject('bundles'),
    site: consoleFiles(consoleFolder, { parents }),
    functions: Object.fromEntries(
      Object.entries(functions).map(([name, spec]) => [
        name,
        // The sweep of the night would take the place of the runs that a test starts.
        { ...spec, ...(name === 'schedules' && { everyMinutes: 0 }), env: { ...spec.env, ...quick } },
      ]),
    ),
  });
  Object.assign(process.env, stack.env, quick);
  // Read only now: the AWS clients take their endpoints from the environment when they are made.
  const { putSecrets } = await import('../../../lib/store/put-secret.ts');
  const { pair } = await import('../../../lib/store/pairing.ts');
  const secret = newWebhookSecret();
  await putSecrets(CONNECTION, { store: { webhookSecret: secret } });

  const store = await DemoStore.open({ folder: join(folder, 'store'), customers: 12, products: 15 });
  const endpoint = { url: stack.url, connection: CONNECTION, secret };
  const loop = new DeliveryLoop(
    () => store.flush(endpoint),
    () => {},
  );
  const server = createStoreServer(store, () => undefined, endpoint);
  await listen(server);
  const exportUrl = `http://localhost:${(server.address() as AddressInfo).port}${EXPORT_PATH}`;
  let isDelivering = false;
  return {
    ...{ url: stack.url, store, exportUrl, sandbox },
    odoo: new Odoo({ credentials: { url: odooUrl, database: odooDatabase, user, password }, pace: async () => {} }),
    token: (role, lifetimeSeconds = 3_600) =>
      mintToken({ connection: CONNECTION, secret, role, subject: 'somebody', lifetimeSeconds }),
    async setUp(settings = {}) {
      await pair(CONNECTION, {
        settings: { odooUrl, odooDatabase, exportUrl, ...settings },
        odooLogin: { user, password },
      });
    },
    deliver() {
      isDelivering = true;
      loop.start();
    },
    async stop() {
      await close(server);
      if (isDelivering) await loop.stop();
      await store.close();
      await stack.stop();
      await sandbox.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
