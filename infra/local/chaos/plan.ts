/** What goes wrong and when, decided by a seed alone: the same seed plans the same faults. */
import { Random } from '../store/random.ts';
import { apiFaults, dynamoDbFaults, sqsFaults } from './aws-faults.ts';
import type { Fault, Kind } from './fault.ts';
import { odooFaults } from './odoo-faults.ts';

export const places = ['api', 'sqs', 'dynamodb', 'odoo'] as const;
/** What a proxy stands before. */
export type Place = (typeof places)[number];

/** `functions`: all that are at work; the others are processes. */
export type Victim = 'functions' | 'stack' | 'services' | 'odoo';

export interface Kill {
  /** It is due when the store has made so many events. */
  after: number;
  victim: Victim;
  /** The request at which it happens: the `skip`th from then on, before or after it has its effect. */
  at: { place: Place; skip: number; moment: 'before' | 'after' };
}

/** How many of a hundred requests meet a fault: an order takes twenty calls to Odoo on its way, so few are many. */
const SHARES: Record<Place, number> = { api: 5, sqs: 6, dynamodb: 1.5, odoo: 3 };

/** Milliseconds that are longer than the callers of each place wait. */
export type Lateness = Readonly<Record<Place, number>>;

export class Plan {
  readonly #seed: number;
  readonly #kinds: Record<Place, readonly Kind[]>;

  constructor(seed: number, late: Lateness) {
    this.#seed = seed;
    this.#kinds = {
      ...{ api: apiFaults(late.api), sqs: sqsFaults(late.sqs) },
      ...{ dynamodb: dynamoDbFaults(late.dynamodb), odoo: odooFaults(late.odoo) },
    };
  }

  /** What happens to the nth request at a place; undefined: nothing. */
  fault(place: Place, request: number): Fault | undefined {
    const random = new Random(this.#seed, 'fault', place, request);
    if (!random.chance(SHARES[place] / 100)) return undefined;
    const kinds = this.#kinds[place];
    let left = random.next() * kinds.reduce((sum, [weight]) => sum + weight, 0);
    return kinds.find(([weight]) => {
      left -= weight;
      return left < 0;
    })?.[1];
  }

  /** Kills spread over the events. `restarts`: the Odoo is ours to kill. */
  kills(count: number, events: number, restarts: boolean): Kill[] {
    return Array.from({ length: count }, (_, index): Kill => {
      const random = new Random(this.#seed, 'kill', index);
      const chance = random.next();
      // A process takes seconds to come back, a function takes none: most of the time it is functions.
      const odoo: Victim = restarts ? 'odoo' : 'functions';
      const victim = chance < 0.8 ? 'functions' : chance < 0.88 ? odoo : chance < 0.96 ? 'stack' : 'services';
      const place = random.pick(['odoo', 'odoo', 'dynamodb', 'dynamodb', 'sqs', 'api'] as const);
      const moment = random.chance(0.7) ? 'after' : 'before';
      return {
        after: Math.floor(((index + random.next()) * events) / count),
        victim,
        at: { place, skip: random.int(0, place === 'dynamodb' ? 25 : place === 'odoo' ? 6 : 2), moment },
      };
    });
  }
}
