/** The bench on a small sandbox: what it tells, and that the connector needs no more calls than it may. Nothing about time. */
import { expect, inject, test } from 'vitest';
import { runBench } from '../../../infra/local/bench/bench.ts';
import { plotGrowth } from '../../../infra/local/bench/plot.ts';
import { tableOf } from '../../../infra/local/bench/table.ts';
import { workloads } from '../../../infra/local/bench/workloads.ts';

const RECORDS = 5;
const NAIVE = 1;
/** A busy machine may receive the few messages in two or three batches; test/pipeline/calls holds to the very number. */
const BATCHES = 3;
/** As docs/performance.md has them: of the connector for one batch, and of one record for who takes them singly. */
const CALLS: Readonly<Record<string, { batch: number; naive: number }>> = {
  customer: { batch: 3, naive: 6 },
  category: { batch: 2, naive: 2 },
  product: { batch: 3, naive: 2 },
  'product-variants': { batch: 6, naive: 12 },
  'order-confirm': { batch: 7, naive: 11 },
  'order-done': { batch: 22, naive: 21 },
};

test('the bench measures each kind of record in the calls that are allowed', { timeout: 300_000 }, async () => {
  const entities = workloads.map(({ name }) => name);
  const amounts = { rounds: 1, records: RECORDS, naiveRecords: NAIVE };
  const result = await runBench({
    ...{ ...amounts, odoo: undefined, entities, growth: 0, engine: false, tell: () => {} },
    bundles: inject('bundles'),
  });

  expect(result.entities.map(({ entity }) => entity)).toEqual(Object.keys(CALLS));
  for (const one of result.entities) {
    const allowed = CALLS[one.entity] as { batch: number; naive: number };
    expect(one).toMatchObject({ records: RECORDS, naive: { records: NAIVE }, limit: { records: RECORDS } });
    expect([one.entity, one.naive.calls]).toEqual([one.entity, allowed.naive * NAIVE]);
    expect(one.calls, one.entity).toBeGreaterThanOrEqual(allowed.batch);
    expect(one.calls, one.entity).toBeLessThanOrEqual(allowed.batch * BATCHES);
    for (const figure of [one.recordsPerSecond, one.limit.recordsPerSecond, one.ratioToNaive, one.ratioToLimit]) {
      expect(figure).toBeGreaterThan(0);
    }
  }
  expect(result.realtimeOrder.calls).toBeLessThanOrEqual(4);
  expect(result.unchanged).toMatchObject({ records: RECORDS, calls: 0 });
  // One read of mappings per batch.
  expect(result.unchanged.dynamoReads).toBeLessThanOrEqual((BATCHES * 100) / RECORDS);
  for (const name of entities) expect(tableOf(result)).toContain(name);
});

test('growth is drawn as three lines over the number of records', () => {
  const points = [1, 2, 3].map((step) => ({ records: step * 100, calls: step * 3, seconds: step, memoryMB: 80 }));
  const svg = plotGrowth(points);
  expect(svg.match(/<polyline/g)).toHaveLength(3);
  // Calls that grow evenly are a straight line.
  const [calls = ''] = /points="([^"]+)"/.exec(svg)?.slice(1) ?? [];
  const [first, second, third] = calls.split(' ').map((pair) => pair.split(',').map(Number));
  expect((first?.[1] ?? 0) - (second?.[1] ?? 0)).toBeCloseTo((second?.[1] ?? 0) - (third?.[1] ?? 0), 0);
});
