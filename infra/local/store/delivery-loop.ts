import { setTimeout as sleep } from 'node:timers/promises';
import type { Delivery } from './courier.ts';

const FIRST_WAIT_MS = 200;
const LONGEST_WAIT_MS = 10_000;
const IDLE_MS = 200;

/** How long to wait after so many failures in a row; jitter, so that stores do not come back all at once. */
export const backOffMs = (failures: number, random: () => number = Math.random): number =>
  Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (failures - 1)) * (0.5 + random() / 2);

/** Delivers again and again: shortly after the last time, later if that has failed. */
export class DeliveryLoop {
  readonly #deliver: () => Promise<Delivery>;
  readonly #onResult: (result: Delivery) => void;
  readonly #stopping = new AbortController();
  #running: Promise<void> = Promise.resolve();

  constructor(deliver: () => Promise<Delivery>, onResult: (result: Delivery) => void = () => {}) {
    this.#deliver = deliver;
    this.#onResult = onResult;
  }

  start(): void {
    this.#running = this.#run(this.#stopping.signal);
    // Whoever stops the loop is told; until then it is not an unhandled rejection.
    this.#running.catch(() => undefined);
  }

  /** Resolves when a delivery under way has ended. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
  }

  async #run(signal: AbortSignal): Promise<void> {
    for (let failures = 0; !signal.aborted; ) {
      const result = await this.#deliver();
      this.#onResult(result);
      failures = result.problem === undefined ? 0 : failures + 1;
      const wait = failures === 0 ? IDLE_MS : backOffMs(failures);
      await sleep(wait, undefined, { signal }).catch(() => undefined);
    }
  }
}
