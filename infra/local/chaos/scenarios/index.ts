import { fairness } from './fairness.ts';
import { flood } from './flood.ts';
import { poison } from './poison.ts';
import type { Scenario } from './scenario.ts';
import { soak } from './soak.ts';

/** What `npm run chaos -- --scenario` knows. */
export const scenarios = { soak, poison, fairness, flood } as const satisfies Record<string, Scenario>;
