import { expect, test } from 'vitest';
import { Plan, places } from '../../infra/local/chaos/plan.ts';

const late = { api: 1, sqs: 1, dynamodb: 1, odoo: 1 };
const faults = (seed: number) => {
  const plan = new Plan(seed, late);
  return places.flatMap((place) => Array.from({ length: 500 }, (_, request) => plan.fault(place, request)?.name));
};

test('the same seed plans the same faults and kills, another one others', () => {
  expect(faults(3)).toEqual(faults(3));
  expect(faults(3)).not.toEqual(faults(4));
  expect(new Plan(3, late).kills(50, 1_000, true)).toEqual(new Plan(3, late).kills(50, 1_000, true));
});

test('kills are spread over all events, in their order, and hit every kind of victim', () => {
  const kills = new Plan(3, late).kills(200, 10_000, true);
  const after = kills.map((kill) => kill.after);
  expect(after).toEqual([...after].sort((a, b) => a - b));
  expect(after.at(-1)).toBeGreaterThan(9_900);
  expect(new Set(kills.map(({ victim }) => victim))).toEqual(new Set(['functions', 'stack', 'services', 'odoo']));
});

test('an Odoo that is not ours is never killed', () => {
  expect(new Plan(3, late).kills(200, 10_000, false).map(({ victim }) => victim)).not.toContain('odoo');
});
