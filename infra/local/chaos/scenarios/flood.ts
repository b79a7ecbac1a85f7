/** A store that floods: how long it takes to be worked off, and how long another store waits meanwhile. */

import { trickle, unfairness } from './fairness.ts';
import { Field, percentile } from './field.ts';
import { customers } from './records.ts';
import type { Scenario } from './scenario.ts';

const EVENTS = 5_000;
const BESIDE = 20;
const PATIENCE_MS = 1_800_000;

export const flood: Scenario = async ({ folder, odoo, events = EVENTS, tell }) => {
  const field = new Field(folder, odoo);
  await field.machines.start();
  try {
    const quiet = await field.open('quiet');
    const loud = await field.open('loud');
    await trickle(field, quiet, 3, 0);
    const alone = await trickle(field, quiet, BESIDE, 1);
    const started = Date.now();
    const ids = await field.send(loud, customers(loud.connection, events));
    const acceptedSeconds = (Date.now() - started) / 1_000;
    tell(`${events} events were taken in ${acceptedSeconds.toFixed(1)} s`);
    const beside = await trickle(field, quiet, BESIDE, 2);
    await field.settled(ids, PATIENCE_MS);
    const seconds = (Date.now() - started) / 1_000;
    const arrived = ids.filter((id) => field.latencies.has(id)).length;
    return {
      result: {
        ...{ scenario: 'flood', events, arrived, acceptedPerSecond: Math.round(events / acceptedSeconds) },
        ...{ syncedPerSecond: Math.round(events / seconds), seconds: Math.round(seconds) },
        ...{ aloneP50Ms: percentile(alone, 0.5), aloneMaxMs: Math.max(...alone) },
        ...{ besideP50Ms: percentile(beside, 0.5), besideMaxMs: Math.max(...beside) },
      },
      problems: [
        ...(arrived === events ? [] : [`${events - arrived} of ${events} were parked`]),
        ...unfairness(alone, beside),
      ],
    };
  } finally {
    await field.machines.stop();
  }
};
