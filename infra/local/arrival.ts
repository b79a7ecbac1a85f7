import { setTimeout as sleep } from 'node:timers/promises';
import type { Machines } from './demo-machines.ts';
import type { DemoStore } from './store/store.ts';

export interface Patience {
  patienceSeconds: number;
  tell: (text: string) => void;
}

const POLL_MS = 250;
const TELL_MS = 5_000;

/** Waits until nothing is under way any more. @returns what still is when the patience is at its end */
export async function arrival(
  machines: Machines,
  store: DemoStore,
  { patienceSeconds, tell }: Patience,
): Promise<string | undefined> {
  const deadline = Date.now() + patienceSeconds * 1_000;
  let tellNext = Date.now() + TELL_MS;
  // Twice, because a message is for a moment neither in the outbox nor counted in a queue.
  for (let idle = 0; idle < 2; ) {
    const [outbox, queues] = [await store.outbox.size(), await machines.waiting()];
    const waiting = Object.entries({ ...(outbox > 0 ? { 'the store’s outbox': outbox } : {}), ...queues });
    idle = waiting.length === 0 ? idle + 1 : 0;
    const where = waiting.map(([place, messages]) => `${messages} in ${place}`).join(', ');
    if (Date.now() > deadline && idle === 0) return `Gave up after ${patienceSeconds} s; still waiting: ${where}.`;
    if (Date.now() > tellNext && where !== '') {
      tell(`waiting: ${where}`);
      tellNext = Date.now() + TELL_MS;
    }
    await sleep(POLL_MS);
  }
  return undefined;
}
