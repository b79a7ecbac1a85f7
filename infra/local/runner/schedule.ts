import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';

/** Runs something again and again, a fixed time after it last ended. */
export class Schedule {
  readonly #stopping = new AbortController();
  #loop: Promise<void> = Promise.resolve();

  start(intervalMs: number, run: (event: object) => Promise<unknown>): void {
    const { signal } = this.#stopping;
    this.#loop = (async () => {
      for (;;) {
        await sleep(intervalMs, undefined, { signal }).catch(() => undefined);
        if (signal.aborted) return;
        // A failed run is in the function's log; the next one is due soon.
        await run(scheduledEvent()).catch(() => undefined);
      }
    })();
  }

  /** Resolves when a running invocation has ended. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#loop;
  }
}

function scheduledEvent(): object {
  return {
    version: '0',
    id: randomUUID(),
    'detail-type': 'Scheduled Event',
    source: 'aws.scheduler',
    account: '000000000000',
    time: new Date().toISOString(),
    region: 'local',
    resources: [],
    detail: '{}',
  };
}
