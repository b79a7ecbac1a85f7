/** The proxies of a run, one per place: they play its plan, count what they did, and pull the trigger of kills. */
import type { Fault } from './fault.ts';
import { type Kill, type Place, type Plan, places } from './plan.ts';
import { type StandIn, startProxy } from './proxy.ts';

interface Armed {
  at: Kill['at'];
  left: number;
  fire: () => Promise<void>;
}

export class FaultyRoad {
  /** Faults played so far, by place and name. */
  readonly counts: Record<string, number> = {};
  readonly #plan: Plan;
  readonly #requests = new Map<Place, number>();
  readonly #proxies = new Map<Place, StandIn>();
  #armed: Armed | undefined;
  #calm = false;
  #closedUntil = 0;

  private constructor(plan: Plan) {
    this.#plan = plan;
  }

  static async open(plan: Plan, targets: Readonly<Record<Place, () => string>>): Promise<FaultyRoad> {
    const road = new FaultyRoad(plan);
    for (const place of places) {
      const before = () => road.#before(place);
      const proxy = await startProxy({ target: targets[place], before, after: () => road.#trigger(place, 'after') });
      road.#proxies.set(place, proxy);
    }
    return road;
  }

  url(place: Place): string {
    return (this.#proxies.get(place) as StandIn).url;
  }

  get faults(): number {
    return Object.values(this.counts).reduce((sum, count) => sum + count, 0);
  }

  /** Kills when the request comes; resolves when that is done. After `patienceMs` without one it kills all the same. */
  async killAt(at: Kill['at'], patienceMs: number, kill: () => Promise<void>): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      const fire = async () => {
        this.#armed = undefined;
        clearTimeout(timer);
        await kill().then(resolve, reject);
      };
      const timer = setTimeout(() => void fire(), patienceMs);
      this.#armed = { at, left: at.skip, fire };
    });
  }

  /** Odoo cannot be reached for so long, as while it is restarted. */
  closeOdoo(milliseconds: number): void {
    this.#closedUntil = Date.now() + milliseconds;
  }

  /** From now on nothing goes wrong any more. */
  calmDown(): void {
    this.#calm = true;
  }

  async stop(): Promise<void> {
    await Promise.all([...this.#proxies.values()].map((proxy) => proxy.stop()));
  }

  async #before(place: Place): Promise<Fault | undefined> {
    const request = (this.#requests.get(place) ?? 0) + 1;
    this.#requests.set(place, request);
    if (this.#calm) return undefined;
    if (await this.#trigger(place, 'before')) return { name: 'killed', passed: 0, gets: 'hang up' };
    if (place === 'odoo' && Date.now() < this.#closedUntil) return { name: 'closed', passed: 0, gets: 'hang up' };
    const fault = this.#plan.fault(place, request);
    if (fault !== undefined) this.counts[`${place}: ${fault.name}`] = (this.counts[`${place}: ${fault.name}`] ?? 0) + 1;
    return fault;
  }

  /** @returns whether this was the moment, and who asked is dead */
  async #trigger(place: Place, moment: 'before' | 'after'): Promise<boolean> {
    const armed = this.#armed;
    if (armed?.at.place !== place || armed.at.moment !== moment) return false;
    if (armed.left > 0) {
      armed.left -= 1;
      return false;
    }
    await armed.fire();
    return true;
  }
}
