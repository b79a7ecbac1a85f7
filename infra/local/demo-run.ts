import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Odoo } from '../../lib/odoo/client.ts';
import { readDialect } from '../../lib/odoo/dialect.ts';
import { newWebhookSecret } from '../../lib/opencart/signature.ts';
import { type Comparison, compare } from './compare.ts';
import { Machines } from './demo-machines.ts';
import { play } from './demo-story.ts';
import type { OdooTarget } from './odoo-target.ts';
import type { Delivery, Endpoint } from './store/courier.ts';
import { DeliveryLoop } from './store/delivery-loop.ts';
import type { Expectation } from './store/expectation.ts';
import { DemoStore } from './store/store.ts';

export interface DemoOptions {
  /** An empty folder of its own. */
  folder: string;
  orders: number;
  seed: number;
  kills: number;
  /** Absent: the sandbox. */
  odoo: OdooTarget | undefined;
  /** How long to wait, after the last order, for everything to arrive. */
  patienceSeconds: number;
  tell: (text: string) => void;
}

/** What `npm run demo -- --json` prints. */
export interface DemoResult {
  events: number;
  records: number;
  orders: number;
  ordersEqual: number;
  centsOff: number;
  duplicates: number;
  lost: number;
  failures: number;
  odooCalls: number;
  seconds: number;
}

export interface DemoOutcome {
  result: DemoResult;
  /** A sentence for everything that is not as it should be; each was told already. */
  problems: string[];
}

const POLL_MS = 250;
const TELL_MS = 5_000;

/** The whole way once: demo store → connector → Odoo → comparison. */
export async function runDemo(options: DemoOptions): Promise<DemoOutcome> {
  const { folder, orders, seed, kills, tell } = options;
  const started = Date.now();
  const problems: string[] = [];
  // Told at once: what comes after may fail for the same reason.
  const note = (problem: string) => {
    problems.push(problem);
    tell(problem);
  };
  let odooCalls = 0;
  const machines = new Machines(folder, options.odoo, {
    line: (line) => {
      if (line.message === 'odoo call') odooCalls += 1;
      if (line.message === 'parked') tell(`parked: ${line.entity} ${line.recordId} (${line.code})`);
    },
    error: (text) => tell(`error in ${text}`),
  });
  await machines.start();
  tell(`stack at ${machines.url}, ${machines.hasSandbox ? 'sandbox' : 'Odoo'} at ${machines.odoo.url}`);

  // A name of its own each time: several runs on one Odoo do not meet.
  const connection = `demo_${started.toString(36)}`;
  const endpoint: Endpoint = { url: machines.url, connection, secret: newWebhookSecret() };
  await machines.pair(connection, endpoint.secret);
  const suffix = `-${started.toString(36)}`;
  const store = await DemoStore.open({ folder: join(folder, 'store'), seed, suffix, mischief: true });
  const loop = new DeliveryLoop(() => store.flush(endpoint), reporter(tell));
  loop.start();
  const kill = async (odooToo: boolean) => {
    const sandboxToo = odooToo && machines.hasSandbox;
    tell(`kill -9${sandboxToo ? ', the sandbox too' : ''}; starting again`);
    await machines.killAndRestart(sandboxToo);
  };
  await play({ store, orders, seed, kills, tell, kill });

  const late = await arrival(machines, store, options);
  if (late !== undefined) note(late);
  await loop.stop();
  const expectation = store.expectation(connection);
  const failures = await tellFailures(machines, store, connection, note);
  const found = await readBack(machines.odoo, expectation);
  for (const problem of found.problems) note(problem);
  const events = store.events;
  await store.close();
  await machines.stop();
  const { ordersEqual, centsOff, duplicates, lost } = found;
  const { customers, categories, products } = expectation;
  const records = customers.length + categories.length + products.length + expectation.orders.length;
  const seconds = Math.round((Date.now() - started) / 100) / 10;
  const counted = { orders: found.orders, ordersEqual, centsOff, duplicates, lost, failures };
  return { result: { events, records, ...counted, odooCalls, seconds }, problems };
}

/** @returns how many failures are open; what the entrance refused is told too */
async function tellFailures(
  machines: Machines,
  store: DemoStore,
  connection: string,
  note: (problem: string) => void,
): Promise<number> {
  const failures = await machines.failures(connection);
  for (const { entity, recordId, code, message } of failures) {
    note(`${entity} ${recordId} is parked: ${code}: ${message}`);
  }
  for (const { event, verdict } of await store.outbox.refused()) {
    note(`${event.entity} ${event.recordId} was refused: ${verdict.code}: ${JSON.stringify(verdict.errors)}`);
  }
  return failures.length;
}

/** Waits until nothing is under way any more. @returns what still is when the patience is at its end */
async function arrival(
  machines: Machines,
  store: DemoStore,
  { patienceSeconds, tell }: DemoOptions,
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

async function readBack({ url, database, login, password }: OdooTarget, expectation: Expectation): Promise<Comparison> {
  const credentials = { url, database, user: login, password };
  const odoo = new Odoo({ credentials, pace: async () => {} });
  try {
    // An older Odoo is understood as the connector understands it.
    await readDialect(credentials, odoo);
    return await compare(odoo, expectation);
  } finally {
    odoo.close();
  }
}

/** Says once that deliveries fail, and once that they no longer do. */
function reporter(tell: (text: string) => void): (delivery: Delivery) => void {
  let failing = false;
  return ({ problem }) => {
    if (problem !== undefined && !failing) tell(`the store cannot deliver: ${problem}`);
    if (problem === undefined && failing) tell('the store delivers again');
    failing = problem !== undefined;
  };
}
