/** Inputs that nobody thought of. `FUZZ_RUNS` says how many each property is tried with. */
import fc from 'fast-check';
import { ConnectorError } from '../../lib/errors/index.ts';

const RUNS = Number(process.env.FUZZ_RUNS ?? 100);

/** Tries a property `FUZZ_RUNS` times, or a part of that where each time is dear. */
export const tried = (part = 1) => ({ numRuns: Math.max(1, Math.round(RUNS * part)) });

const nasty = fc.constantFrom(
  ...[
    '',
    ' ',
    '\u0000',
    '\uFFFF',
    '\uD800',
    '__proto__',
    'constructor',
    'toString',
    '../..',
    '%00',
    '{{x}}',
    '<a',
    ']]>',
  ],
  ...[
    'null',
    'NaN',
    '1e999',
    '-0',
    '9007199254740993',
    '0x1',
    "'",
    '"',
    '\\',
    '\r\n',
    '=1+1',
    '#',
    '/',
    '.',
    'é'.repeat(300),
  ],
  ...['2026-13-45T99:99:99Z', 'x'.repeat(5_000), '١٢', '😀', 'ß', '\u202E'],
);
/** Any text: short, long, nasty, of any characters. */
export const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string(),
  nasty,
  fc.stringMatching(/^[\w.:/#-]{0,40}$/),
);
/** Any JSON, with names that are nasty, too. */
export const anyJson = fc.oneof(
  fc.jsonValue({ maxDepth: 4, stringUnit: 'binary' }),
  fc.object({
    key: anyText,
    maxDepth: 3,
    values: [anyText, fc.double(), fc.integer(), fc.boolean(), fc.constant(null)],
  }),
);

/** A value that is right, with some of its parts replaced by something else, taken away or added. */
export function nearly<T>(right: T): fc.Arbitrary<unknown> {
  const paths = pathsOf(right);
  const change = fc.record({
    path: fc.constantFrom(...paths),
    by: fc.oneof(anyText, anyJson, fc.constantFrom(undefined, null, [], {}, -1, 2 ** 53, 0.1)),
  });
  return fc.array(change, { minLength: 0, maxLength: 3 }).map((changes) => {
    let value: unknown = JSON.parse(JSON.stringify(right));
    for (const { path, by } of changes) value = replaced(value, path, by);
    return value;
  });
}

type Path = readonly (string | number)[];

function pathsOf(value: unknown, at: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [at];
  return [at, ...Object.entries(value).flatMap(([key, one]) => pathsOf(one, [...at, key])), [...at, 'added']];
}

function replaced(value: unknown, [key, ...rest]: Path, by: unknown): unknown {
  if (key === undefined) return by;
  if (typeof value !== 'object' || value === null) return value;
  const copy = Array.isArray(value) ? [...value] : { ...value };
  const parts = copy as Record<string | number, unknown>;
  parts[key] = replaced(parts[key], rest, by);
  return copy;
}

/** What a function answers, or the code that it refuses with; any other error is a bug, and thrown. */
export function verdict<T>(work: () => T): T | string {
  try {
    return work();
  } catch (error) {
    if (error instanceof ConnectorError && error.code !== 'INTERNAL') return error.code;
    throw error;
  }
}
