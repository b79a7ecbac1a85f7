import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { jsonProblem, MAX_DEPTH } from '../lib/bounds.ts';
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
    ['of very many names', `{${'"":1,'.repeat(1_000_001)}"":1}`, /values/],
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
