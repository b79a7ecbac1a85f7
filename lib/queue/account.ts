/** What a batch of events tells the log of itself, in the rows of its events: no row and no write of its own. */
import type { ConnectorError } from '../errors/index.ts';
import { withoutPersons } from '../personal.ts';
import type { LogEntry } from '../store/log.ts';
import type { Delivery } from './receive.ts';

export class Account {
  readonly #deliveries: ReadonlyMap<string, Delivery>;
  readonly #startedAt = performance.now();
  #calls = 0;

  constructor(deliveries: readonly Delivery[]) {
    this.#deliveries = new Map(deliveries.map((delivery) => [delivery.message.event.id, delivery]));
  }

  /** Counts a call to Odoo. */
  call(): void {
    this.#calls += 1;
  }

  /** The rows with when their events came, and what was done for the whole batch. */
  stamp(rows: readonly LogEntry[]): LogEntry[] {
    const milliseconds = Math.round(performance.now() - this.#startedAt);
    const batch = { events: this.#deliveries.size, calls: this.#calls, milliseconds };
    return rows.map((row) => {
      const message = this.#deliveries.get(row.eventId ?? '')?.message;
      if (message === undefined) return { ...row, batch };
      return { ...row, acceptedAt: message.acceptedAt, occurredAt: message.event.occurredAt, batch };
    });
  }
}

/** An error without what the snapshot says of people: Odoo quotes it, and failures and log are for many eyes. */
export function impersonal<E extends ConnectorError | undefined>(error: E, snapshot: unknown): E {
  return error?.but({ message: withoutPersons(error.message, snapshot) }) as E;
}
