/** A small Odoo 19, which can play 16, 17 and 18, for the local stack, the tests and the benchmarks; `test/odoo` holds it to the real one. */
import type { AddressInfo } from 'node:net';
import { age, type KeyRenewal, ownerOf } from './api-keys.ts';
import { Disk } from './disk.ts';
import { ExternalIds } from './external-ids.ts';
import { FaultInjection, type InjectedFault } from './fault-injection.ts';
import type { Session } from './orm.ts';
import { CONNECTOR, seed } from './seed.ts';
import { createHttpServer } from './server.ts';
import { Service } from './service.ts';
import { Store } from './store.ts';
import type { TaxRounding } from './tax-engine.ts';
import { Accent } from './versions/accent.ts';
import type { OlderVersion } from './versions/recorded.ts';

export type { InjectedFault } from './fault-injection.ts';

export interface SandboxOptions {
  /** 0 or absent: any free port. */
  port?: number;
  /** Where records survive a restart; absent: memory only. */
  dataDir?: string;
  login?: string;
  password?: string;
  /** Of the same user: 40 hexadecimal digits. */
  apiKey?: string;
  /** Whether that key can be renewed over RPC; default: absent, as in all but late builds of 19. */
  keyRenewal?: KeyRenewal;
  database?: string;
  /** The version it plays; default: 19. */
  version?: OlderVersion | 19 | undefined;
  /** The company's setting; Odoo 19 rounds globally unless told otherwise, the older ones per line. */
  taxRounding?: TaxRounding;
}

export interface Sandbox {
  /** `http://127.0.0.1:PORT`. */
  readonly url: string;
  readonly database: string;
  readonly login: string;
  readonly password: string;
  /** What JSON-2 takes in place of the password, and XML-RPC as well. */
  readonly apiKey: string;
  /** Calls of methods answered so far. */
  readonly calls: number;
  /** The same by method: `res.partner.load` → n. */
  callsByMethod(): Record<string, number>;
  /** Plays a fault on the next matching call. */
  inject(fault: InjectedFault): void;
  /** As if so many days had passed for a key. */
  ageKey(id: number, days: number): void;
  hasKey(key: string): boolean;
  stop(): Promise<void>;
}

/** It opens nothing but sandboxes. */
const DEFAULT_KEY = '5a'.repeat(20);

/** Starts a sandbox and resolves once it answers. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const { database = 'sandbox', login = 'connector@example.com', password = 'connector' } = options;
  const { apiKey = DEFAULT_KEY, keyRenewal = 'absent' } = options;
  const { version = 19 } = options;
  const { taxRounding = version === 19 ? 'round_globally' : 'round_per_line' } = options;
  const store = new Store();
  const session: Session = { store, externalIds: new ExternalIds(store), uid: CONNECTOR.user, taxRounding, keyRenewal };
  seed(session, login, apiKey);
  const disk = options.dataDir === undefined ? undefined : await Disk.open(options.dataDir, store);
  const accent = version === 19 ? undefined : new Accent(version);
  const service = new Service(session, disk, { database, login, password }, accent);
  const faults = new FaultInjection();
  const counts = new Map<string, number>();
  const count = (model: string, method: string) => {
    const key = `${model}.${method}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  };
  const server = createHttpServer(service, faults, { count });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    ...{ url: `http://127.0.0.1:${port}`, database, login, password, apiKey },
    get calls() {
      return [...counts.values()].reduce((sum, each) => sum + each, 0);
    },
    callsByMethod: () => Object.fromEntries(counts),
    inject: (fault) => faults.add(fault),
    ageKey: (id, days) => age(store, id, days),
    hasKey: (key) => ownerOf(store, key) !== undefined,
    async stop() {
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
      await service.close();
    },
  };
}
