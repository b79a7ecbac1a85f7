import { join } from 'node:path';
import { newWebhookSecret } from '../../lib/opencart/signature.ts';
import { arrival } from './arrival.ts';
import { compare } from './compare.ts';
import { reporter } from './delivery-reporter.ts';
import { Machines } from './demo-machines.ts';
import { play } from './demo-story.ts';
import { lookInto } from './look-into.ts';
import type { OdooTarget } from './odoo-target.ts';
import type { Endpoint } from './store/courier.ts';
import { DeliveryLoop } from './store/delivery-loop.ts';
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
  const found = await lookInto(machines.odoo, (odoo) => compare(odoo, expectation));
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
