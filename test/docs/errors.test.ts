import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { catalog } from '../../lib/errors/index.ts';

test('every error code has a section in docs/errors.md that says its kind, and no other has one', () => {
  const text = readFileSync(new URL('../../docs/errors.md', import.meta.url), 'utf8');
  const sections = [...text.matchAll(/^### (\w+)\n(\w+)/gm)].map(([, code, kind]) => [code, kind?.toLowerCase()]);
  const declared = Object.entries(catalog).map(([code, { kind }]) => [code, kind]);
  expect(sections.sort()).toEqual(declared.sort());
});
