/** Everything goes wrong in small: `npm run chaos` does the same for as many events as one likes. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, inject, test } from 'vitest';
import { runChaos } from '../../infra/local/chaos/run.ts';
import { odooFromEnvironment } from '../../infra/local/odoo-target.ts';

const odoo = odooFromEnvironment();
const PATIENCE_SECONDS = 480;

test(
  'nothing is lost, double or wrong, and nothing stays parked',
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'connector-chaos-'));
    const { result, problems } = await runChaos({
      ...{ folder, odoo, events: 110, seed: 7, kills: 4, patienceSeconds: PATIENCE_SECONDS },
      bundles: inject('bundles'),
      tell: () => {},
    });
    expect(problems).toEqual([]);
    expect(result).toMatchObject({ lost: 0, duplicates: 0, wrong: 0, parked: 0 });
    expect(result.events).toBeGreaterThanOrEqual(110);
    expect(result.kills).toBeGreaterThan(0);
    expect(result.faults).toBeGreaterThan(0);
    await rm(folder, { recursive: true });
  },
  2 * PATIENCE_SECONDS * 1_000,
);
