/** A whole catalogue, in batches as the queue makes them: what it takes, and that it takes nothing twice. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { chunks } from '../../lib/collections.ts';
import { anOption } from '../support/choices.ts';
import { syncTogether } from '../support/direct.ts';
import { openRig, rig, sku } from '../support/pipeline.ts';
import { anEvent, aProduct, type EventInput } from '../support/snapshots.ts';

const COUNT = Number(process.env.CATALOGUE ?? (process.env.ODOO_URL ? 100 : 60));
const PER_BATCH = 100;
/** Three of ten products have six variants. */
const WITH_VARIANTS = 3;
/** As docs/calls.md has it: of products with variants beside others, and of two new options with their values. */
const CALLS_PER_BATCH = 7;
const CALLS_OF_OPTIONS = 3;
const SECONDS_PER_PRODUCT = 1;

beforeAll(openRig);
afterAll(() => rig?.stop());

function catalogue(): EventInput[] {
  const colour = anOption('SizeColour', [{ name: 'Red' }, { name: 'Blue', price: '1.5000' }]);
  const size = anOption('SizeSize', [{ name: 'S' }, { name: 'M' }, { name: 'L', price: '2.2500', weightKg: '0.1000' }]);
  return Array.from({ length: COUNT }, (_, index) => {
    const model = sku(`catalogue-${index}`);
    const names = [
      { languageCode: 'en-gb', name: `Thing ${index}`, description: `<p>The <b>${index}th</b> thing.</p>` },
    ];
    const options = index % 10 < WITH_VARIANTS ? [colour, size] : [];
    return anEvent('product', model, aProduct({ model, names, price: `${index}.9900`, options }));
  });
}

async function run(what: string, events: readonly EventInput[]) {
  const start = performance.now();
  const calls: string[] = [];
  const results: string[] = [];
  for (const batch of chunks(events, PER_BATCH)) {
    const synced = await syncTogether(batch);
    calls.push(...synced.calls);
    results.push(...synced.outcomes.map(({ result, error }) => error?.message ?? result));
  }
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  console.info(`${what}: ${events.length} products, ${calls.length} calls, ${seconds} s`);
  return { calls, results };
}

const all = (result: string) => Array<string>(COUNT).fill(result);

test(
  `${COUNT} products, three of ten with six variants, take ${CALLS_PER_BATCH} calls per batch, and none once they are there`,
  async () => {
    const events = catalogue();
    const first = await run('first run', events);
    expect(first.results).toEqual(all('created'));
    expect(first.calls.length).toBeLessThanOrEqual(Math.ceil(COUNT / PER_BATCH) * CALLS_PER_BATCH + CALLS_OF_OPTIONS);

    const codes = [['default_code', '=like', `catalogue-%-${rig.tag}%`]] as const;
    const variants = events.filter((_, index) => index % 10 < WITH_VARIANTS).length * 6;
    expect(await rig.odoo.searchRead('product.product', codes, ['id'])).toHaveLength(COUNT - variants / 6 + variants);

    const again = events.map((event) => anEvent('product', event.recordId, event.data));
    const second = await run('second run', again);
    expect(second.results).toEqual(all('unchanged'));
    expect(second.calls).toEqual([]);
  },
  60_000 + COUNT * SECONDS_PER_PRODUCT * 1_000,
);
