/** Time limits of a run: those of a deployment, shortened, so that what runs into them need not take minutes. */
import type { Lateness } from './plan.ts';

export interface Tempo {
  /** For the environment of every function. */
  env: Record<string, string>;
  visibilitySeconds: number;
  functionSeconds: number;
  late: Lateness;
  /** Odoo is away for so long where it is not ours to kill. */
  closedMs: number;
}

export function tempoOf(real: boolean): Tempo {
  const odooSeconds = real ? 30 : 4;
  const functionSeconds = real ? 90 : 10;
  return {
    env: {
      ...{ ODOO_TIMEOUT_SECONDS: String(odooSeconds), ODOO_WORKER_SECONDS: '3' },
      ...{ LANE_LEASE_SECONDS: real ? '4' : '2', LANE_PATIENCE_SECONDS: '3' },
      LONGEST_RETRY_SECONDS: real ? '3' : '1',
      FIRST_TRIAL_SECONDS: '1',
      SETTINGS_KEPT_SECONDS: '1',
      SECRET_RECHECK_SECONDS: '1',
    },
    functionSeconds,
    visibilitySeconds: functionSeconds + 1,
    // The connector waits for its own services as long as it takes; that costs it its lane.
    late: { api: 1_500, sqs: 1_500, dynamodb: 2_500, odoo: odooSeconds * 1_000 + 500 },
    closedMs: 3_000,
  };
}
