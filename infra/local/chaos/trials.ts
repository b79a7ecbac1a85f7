/** What is parked and tried again by itself gets the time for that: a run ends with what stays parked. */
import { setTimeout as sleep } from 'node:timers/promises';
import { catalog } from '../../../lib/errors/index.ts';
import type { OpenFailure } from '../open-failures.ts';

/** The rarest first trial comes after a minute, sixty times what the tempo of a run says. */
const PATIENCE_MS = 150_000;
const POLL_MS = 2_000;

/** @returns the failures that are open in the end */
export async function afterTrials(failures: () => Promise<OpenFailure[]>): Promise<OpenFailure[]> {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const open = await failures();
    const mayGo = open.some(({ code }) => catalog[code].kind === 'blocked');
    if (!mayGo || Date.now() > deadline) return open;
    await sleep(POLL_MS);
  }
}
