/** What is seen as an incident, and what people are told of it. */
import { describe, expect, test } from 'vitest';
import { catalog } from '../../lib/errors/index.ts';
import { findIncidents, type Signs } from '../../lib/incidents/find.ts';
import { type Pulse, withAnswer, withCall } from '../../lib/store/pulse.ts';
import { noCounts, type Run } from '../../lib/store/runs.ts';

const now = Date.parse('2026-03-10T12:00:00.000Z');
const ago = (minutes: number) => new Date(now - minutes * 60_000).toISOString();
const found = (signs: Partial<Signs>) =>
  findIncidents(
    { pulse: { answeredAt: ago(1) }, parked: [], runs: [], key: undefined, allowedPerMinute: undefined, ...signs },
    now,
  );
const one = (signs: Partial<Signs>) => {
  const incidents = found(signs);
  expect(incidents).toHaveLength(1);
  return incidents[0];
};

test('of what goes well nothing is said', () => {
  expect(found({})).toEqual([]);
  expect(found({ pulse: {} })).toEqual([]);
});

describe('an Odoo that does not answer', () => {
  const failing = { failingSince: ago(7), failedAt: ago(2), failedCode: 'ODOO_TIMEOUT' };

  test('is told of with how it failed last and when it last answered', () => {
    const incident = one({ pulse: { ...failing, answeredAt: ago(50) } });
    expect(incident).toMatchObject({ kind: 'odoo-down', subject: 'odoo' });
    expect(incident?.text).toContain(`ODOO_TIMEOUT at ${ago(2)}; it last answered at ${ago(50)}.`);
  });

  test('and never did is not given a time at which it had', () => {
    expect(one({ pulse: failing })?.text).toContain(`ODOO_TIMEOUT at ${ago(2)}; it has never answered yet.`);
  });

  const failed = { milliseconds: 10, failed: 'ODOO_UNREACHABLE' };
  const minutesAgo = (minutes: number) => now - minutes * 60_000;

  test('is over once it answers, be it with a refusal', () => {
    const down = withAnswer(withAnswer({}, failed, minutesAgo(9)), failed, minutesAgo(4));
    expect(found({ pulse: down })).toHaveLength(1);
    expect(found({ pulse: withAnswer(down, { milliseconds: 10, failed: 'ODOO_AUTH' }, minutesAgo(1)) })).toEqual([]);
  });

  test('to a single call, after which nobody asked any more, is not down', () => {
    const once = withAnswer(withAnswer({}, { milliseconds: 10 }, minutesAgo(600)), failed, minutesAgo(500));
    expect(found({ pulse: once })).toEqual([]);
    const again = withAnswer(withAnswer(once, { milliseconds: 10 }, minutesAgo(300)), failed, minutesAgo(1));
    expect(found({ pulse: again })).toEqual([]);
  });
});

describe('a run', () => {
  const problem = { code: 'STORE_UNREACHABLE', message: '', remedy: 'See whether the store is up.', since: ago(61) };
  const run = (of: Partial<Run>): Run => ({
    ...{ id: '01RUN', connection: 'main', entity: 'product', mode: 'full', state: 'running', by: 'me', group: 'g' },
    ...{ phase: 'all', page: 3, limit: 100, counts: { ...noCounts }, odooCalls: 0, workMs: 0, tries: 0 },
    ...{ pageSince: ago(70), createdAt: ago(70), updatedAt: ago(1) },
    ...of,
  });

  test.each([
    ['has finished a page within the hour', { state: 'running', pageSince: ago(59), updatedAt: ago(59) }],
    ['waits for less than an hour', { state: 'waiting', pageSince: ago(59), problem: { ...problem, since: ago(59) } }],
    ['has not begun', { state: 'queued' }],
    ['is over', { state: 'completed' }],
    ['was given up', { state: 'failed', problem }],
  ] as const)('that %s does not stand still', (_, of) => {
    expect(found({ runs: [run(of)] })).toEqual([]);
  });

  test.each(['running', 'waiting'] as const)(
    'that is %s and finishes no page for an hour is told of by its id',
    (state) => {
      const incident = one({ runs: [run({ state }), run({ id: '02RUN', pageSince: ago(59) })] });
      expect(incident).toMatchObject({ kind: 'run-stalled', subject: '01RUN' });
      expect(incident?.text).toContain(`has finished no page since ${ago(70)}.`);
    },
  );

  test('that is held up for an hour is told of with what holds it up, however often it was tried', () => {
    const incident = one({ runs: [run({ state: 'waiting', problem, updatedAt: ago(1) })] });
    expect(incident).toMatchObject({ kind: 'run-stalled', subject: '01RUN' });
    expect(incident?.text).toContain(
      `It is held up since ${ago(61)} (STORE_UNREACHABLE): See whether the store is up.`,
    );
  });
});

describe('a key', () => {
  test.each([
    ['15 days before its end, not yet', '2026-03-25T12:00:00.000Z', undefined],
    ['14 days before', '2026-03-24T12:00:00.000Z', 'ends on 2026-03-24, 14 days from now.'],
    ['on its last day', '2026-03-11T06:00:00.000Z', 'ends on 2026-03-11, a day from now.'],
    ['afterwards', '2026-03-08T12:00:00.000Z', 'ended on 2026-03-08.'],
  ])('is told of %s', (_, at, text) => {
    const incidents = found({ key: { at, is: 'told' } });
    expect(incidents.map(({ kind, subject }) => [kind, subject])).toEqual(
      text === undefined ? [] : [['key-expiring', at]],
    );
    expect(incidents[0]?.text ?? '').toContain(text ?? '');
  });

  test('of which Odoo has not told when it ends is said to be assumed to', () => {
    const text = one({ key: { at: '2026-03-12T12:00:00.000Z', is: 'assumed' } })?.text;
    expect(text).toContain('ends on 2026-03-12, if it was made when it was set, 2 days from now.');
  });
});

describe('the pace', () => {
  const minute = now - 60_000;
  /** The pulse after the minute before now, in which calls of this length followed each other up to `until`. */
  const calling = (intervalMs: number, milliseconds: number, until = now): Pulse => {
    let pulse: Pulse = {};
    for (let at = minute; at < until; at += Math.max(intervalMs, milliseconds)) {
      pulse = withAnswer(withCall(pulse, intervalMs, at), { milliseconds }, Math.min(at + milliseconds, now - 1));
    }
    return pulse;
  };

  test.each([
    ['quick calls, one after the other', calling(1_000, 200), 60, 'All 60 calls a minute'],
    ['quick calls with as many pauses', calling(1_000, 200, minute + 30_000), 60, undefined],
    ['calls longer than the pace, one after the other', calling(1_000, 2_500), 60, 'only 24 of 60 calls a minute'],
    ['long calls for half of the minute', calling(1_000, 2_500, minute + 30_000), 60, undefined],
    ['as fast as it goes', calling(0, 200), undefined, undefined],
    ['nothing at all', {}, 60, undefined],
  ] as const)('%s', (_, pulse, allowedPerMinute, text) => {
    const incidents = found({ pulse: { ...pulse, answeredAt: ago(0) }, allowedPerMinute });
    expect(incidents.map(({ kind }) => kind)).toEqual(text === undefined ? [] : ['pace-exhausted']);
    expect(incidents[0]?.text ?? '').toContain(text ?? '');
  });

  test('two calls at once do not count as twice the time', () => {
    let pulse: Pulse = {};
    for (let at = minute; at < minute + 30_000; at += 2_000) {
      pulse = withCall(withCall(pulse, 500, at), 500, at + 500);
      pulse = withAnswer(pulse, { milliseconds: 1_900 }, at + 1_900);
      pulse = withAnswer(pulse, { milliseconds: 1_500 }, at + 2_000);
    }
    expect(found({ pulse, allowedPerMinute: 120 })).toEqual([]);
  });

  test('of the minute before the last one nothing is said any more', () => {
    const incidents = findIncidents(
      { pulse: calling(1_000, 200), parked: [], runs: [], key: undefined, allowedPerMinute: 60 },
      now + 60_000,
    );
    expect(incidents).toEqual([]);
  });
});

test('what is parked for a cause is counted, with its remedy', () => {
  const code = 'TAX_UNMAPPED';
  const { title, remedy } = catalog[code];
  const text = (records: number, causes: number, isMore = false) =>
    one({ parked: [{ code, records, causes, isMore }] })?.text;
  expect(one({ parked: [{ code, records: 1, causes: 1, isMore: false }] })).toMatchObject({
    ...{ kind: 'failures', subject: code },
  });
  expect(text(1, 1)).toBe(`${title} (${code}): 1 record parked. ${remedy}`);
  expect(text(300, 2)).toBe(`${title} (${code}): 300 records parked, of 2 causes. ${remedy}`);
  expect(text(100, 3, true)).toContain(': more than 100 records parked, of more than 3 causes.');
  expect(text(0, 0, true)).toContain(': records parked.');
});
