import fc from 'fast-check';
import { expect, test } from 'vitest';
import { collapse } from '../../lib/sync/collapse.ts';

const anyEvent = fc.record({ recordId: fc.constantFrom('a', 'b', 'c'), sequence: fc.integer({ min: 1, max: 20 }) });

test('whatever the order and the repetitions, the newest of each record is left and nothing is lost', () => {
  fc.assert(
    fc.property(fc.array(anyEvent), (events) => {
      const { newest, superseded } = collapse(events);
      expect(newest.length + superseded.length).toBe(events.length);
      for (const one of newest) {
        const all = events.filter((event) => event.recordId === one.recordId).map((event) => event.sequence);
        expect(one.sequence).toBe(Math.max(...all));
      }
      expect(new Set(newest.map((one) => one.recordId)).size).toBe(newest.length);
    }),
  );
});
