import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { jsonProblem, MAX_DEPTH } from '../lib/bounds.ts';
import { checkedBy } from '../lib/errors/zod.ts';
import { anyJson } from './support/fuzz.ts';

const depthOf = (value: unknown): number =>
  typeof value === 'object' && value !== null ? 1 + Math.max(0, ...Object.values(value).map(depthOf)) : 0;
const lists = (levels: number) => `${'['.repeat(levels)}${']'.repeat(levels)}`;
const objects = (levels: number) => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`;

describe('a document', () => {
  test.each([
    ['as deep as is taken', lists(MAX_DEPTH), undefined],
    ['of lists that is deeper', lists(MAX_DEPTH + 1), /levels deep/],
    ['of objects that is deeper', objects(MAX_DEPTH + 1), /levels deep/],
    ['with spaces before it', ` \n${lists(MAX_DEPTH + 1)}`, /levels deep/],
    ['with brackets in its texts', JSON.stringify(['['.repeat(1_000), `\\"${'{'.repeat(1_000)}`]), undefined],
    ['whose text ends in a backslash', `["\\\\",${lists(MAX_DEPTH)}]`, /levels deep/],
    ['of very many empty objects', `[${'{},'.repeat(500_001)}{}]`, /values/],
    ['of very many empty lists', `[${'[],'.repeat(500_001)}[]]`, /values/],
    ['of very many numbers', `[${'1,'.repeat(1_000_001)}1]`, /values/],
    ['of very many names', `[${`{${'"":1,'.repeat(99)}"":1},`.repeat(10_001)}1]`, /values/],
    ['with an object of as many members as are taken', `[{${'"":1,'.repeat(9_999)}"":{"a":[1,2]}},1,1]`, undefined],
    ['with an object of more', `[1,{"":[1,{}],${'"":1,'.repeat(9_999)}"":1}]`, /members/],
    ['with a list of more', `{"a":[${'1,'.repeat(20_000)}1]}`, undefined],
    ['that is a text', JSON.stringify('['.repeat(1_000)), undefined],
    ['that is a page of HTML', `<script>${'{'.repeat(1_000)}</script>`, undefined],
    ['whose text never ends', `["${'['.repeat(1_000)}`, undefined],
  ])('%s', (_, text, problem) => {
    if (problem === undefined) expect(jsonProblem(text)).toBeUndefined();
    else expect(jsonProblem(text)).toMatch(problem);
  });

  test('of any kind is refused only if it is deeper than is taken', () => {
    fc.assert(
      fc.property(anyJson, fc.integer({ min: 0, max: MAX_DEPTH }), (value, levels) => {
        const inner = JSON.stringify(value) ?? 'null';
        const text = `${'['.repeat(levels)}${inner}${']'.repeat(levels)}`;
        const isTooDeep = levels + depthOf(JSON.parse(inner)) > MAX_DEPTH;
        expect(jsonProblem(text) !== undefined).toBe(isTooDeep);
      }),
    );
  });
});

describe('a value of another shape', () => {
  const schema = z.object({ rows: z.array(z.object({ name: z.string() })) });
  const problemsOf = (value: unknown) => {
    const checked = checkedBy(schema, value, ['body']);
    return checked.success ? [] : checked.problems;
  };
  const wrong = (rows: number) => ({ rows: Array(rows).fill({ name: 7 }) });

  test('is told all that is wrong with it, as long as that is not much', () => {
    expect(problemsOf(wrong(0))).toEqual([]);
    expect(problemsOf(wrong(20)).map(({ path }) => path)).toEqual(
      [...Array(20).keys()].map((n) => `body.rows.${n}.name`),
    );
  });

  test('is told of twenty problems, and how many there are besides', () => {
    const problems = problemsOf(wrong(100));
    expect(problems).toHaveLength(21);
    expect(problems.at(-1)).toEqual({ path: 'body', reason: 'has 80 more problems' });
  });

  test('of very many values is looked at no further than to the first one that is wrong', () => {
    expect(problemsOf(wrong(100_000)).map(({ path }) => path)).toEqual(['body.rows.0.name']);
    const one = { rows: [...Array(10_000).fill({ name: 'x' }), { name: 7 }, 7] };
    expect(problemsOf(one).map(({ path }) => path)).toEqual(['body.rows.10000.name']);
  });

  test('is told without its own names and texts where they are long', () => {
    const value = { ['x'.repeat(10_000)]: 1 };
    for (const shape of [z.strictObject({}), z.record(z.string(), z.string())]) {
      const checked = checkedBy(shape, value);
      expect(checked.success).toBe(false);
      expect(JSON.stringify(checked).length).toBeLessThan(1_000);
    }
  });
});
