import { startRig } from './rig.ts';

const MINUTE_MS = 60_000;

/** A rig whose `watch` is called by the test alone, at times of its own; what is parked stays so. */
export async function startWatched() {
  const rig = await startRig({ limits: { watch: { everyMinutes: 0 } }, env: { FIRST_TRIAL_SECONDS: '86400' } });
  let now = Date.now();
  return {
    rig,
    /** When it was called last. */
    now: () => now,
    async later(minutes: number) {
      now += minutes * MINUTE_MS;
      await rig.stack.invoke('watch', { time: new Date(now).toISOString() });
    },
  };
}
