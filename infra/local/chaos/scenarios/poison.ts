/** One record that Odoo dies of among many good ones: the others arrive, and at what price. */
import { startProxy } from '../proxy.ts';
import { Field } from './field.ts';
import { aPoisonedCustomer, customers, POISON } from './records.ts';
import type { Scenario } from './scenario.ts';

const EVENTS = 1_000;
const PATIENCE_MS = 600_000;
/** Of the time without it. */
const MOST_SLOWER = 1.5;

const died = { status: 500, type: 'text/html', body: '<h1>500 Internal Server Error</h1>' };

export const poison: Scenario = async ({ folder, odoo, events = EVENTS, tell }) => {
  const field = new Field(folder, odoo);
  await field.machines.start();
  const proxy = await startProxy({
    target: () => field.machines.odoo.url,
    before: (body) => (body.includes(POISON) ? { name: 'died', passed: 0, gets: died } : undefined),
  });
  try {
    const measured = async (name: string, position: number | undefined) => {
      const shop = await field.open(name, proxy.url);
      const records = customers(shop.connection, events);
      if (position !== undefined) records[position] = aPoisonedCustomer(shop.connection, position);
      const [calls, started] = [field.odooCalls, Date.now()];
      const ids = await field.send(shop, records);
      await field.settled(
        ids.filter((_, index) => index !== position),
        PATIENCE_MS,
      );
      const seconds = (Date.now() - started) / 1_000;
      tell(`${name}: ${seconds.toFixed(1)} s, ${field.odooCalls - calls} calls to Odoo`);
      return { calls: field.odooCalls - calls, seconds, arrived: ids.filter((id) => field.latencies.has(id)).length };
    };
    const good = await measured('good', undefined);
    const poisoned = await measured('poisoned', Math.floor(events / 2));
    const isSlow = poisoned.seconds > MOST_SLOWER * good.seconds;
    const problems = [
      ...(poisoned.arrived === events - 1 ? [] : [`${poisoned.arrived} of ${events - 1} good ones arrived`]),
      ...(isSlow ? [`the good ones took ${rounded(poisoned.seconds)} s, without it ${rounded(good.seconds)} s`] : []),
    ];
    return {
      result: {
        ...{ scenario: 'poison', events, arrived: poisoned.arrived },
        ...{ calls: poisoned.calls, callsWithout: good.calls },
        ...{ seconds: rounded(poisoned.seconds), secondsWithout: rounded(good.seconds) },
      },
      problems,
    };
  } finally {
    await proxy.stop();
    await field.machines.stop();
  }
};

const rounded = (seconds: number): number => Math.round(seconds * 10) / 10;
