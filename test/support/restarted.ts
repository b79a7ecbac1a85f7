/** A rig whose Odoo can be stopped and started anew, at the same address and with the same records. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSandbox } from '../../infra/local/sandbox/index.ts';
import { type Rig, startRig } from './rig.ts';

export interface RestartableRig extends Rig {
  /** Stops it, if it runs, and starts it, as one that knows this password. */
  restartOdoo(password?: string): Promise<void>;
}

export async function startRestartableRig(): Promise<RestartableRig> {
  const dataDir = await mkdtemp(join(tmpdir(), 'sandbox-'));
  const rig = await startRig({ sandbox: { dataDir } });
  const { url, password: usual } = rig.credentials;
  const { stop } = rig;
  return Object.assign(rig, {
    async restartOdoo(password = usual) {
      await rig.sandbox?.stop();
      rig.sandbox = await startSandbox({ port: Number(new URL(url).port), dataDir, password });
    },
    async stop() {
      await stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  });
}
