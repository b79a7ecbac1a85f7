import fc from 'fast-check';
import { expect, test } from 'vitest';
import { plainText } from '../../lib/opencart/plain-text.ts';

test.each([
  ['<p>Made to <b>last</b>.</p><p>Of oak &amp; ash.</p>', 'Made to last.\nOf oak & ash.'],
  ['One<br>two<br/>\n  three', 'One\ntwo\nthree'],
  ['<ul><li>Red</li><li> Blue </li><li></li></ul>', '- Red\n- Blue'],
  ['<script>alert(1)</script><style>p { }</style>Shown', 'Shown'],
  ['plain, 5 < 6 and no tags', 'plain, 5 < 6 and no tags'],
  ['Caf&eacute; <p>unclosed', 'Café\nunclosed'],
  ['<table><tr><td>Width</td><td>30 cm</td></tr></table>', 'Width 30 cm'],
  ['', ''],
])('%s is %s', (html, text) => {
  expect(plainText(html)).toBe(text);
});

test('whatever a store sends as HTML, no tag, empty line or outer space is left', () => {
  const tag = fc.constantFrom('<p>', '</p>', '<br>', '<li>', '<b title="x">', '</b>', '&nbsp;', '\n', ' ');
  const html = fc.array(fc.oneof(tag, fc.constantFrom('oak', 'Zoë', '30 cm')), { maxLength: 40 });
  fc.assert(
    fc.property(html, (parts) => {
      const text = plainText(parts.join(''));
      expect(text).not.toMatch(/<|^\s|\s$|\n\s*\n/);
    }),
  );
});

test('text among a hundred thousand open tags is read in no time', { timeout: 20_000 }, () => {
  // A look at each open tag for each text took minutes for a body of a mebibyte.
  const lines = plainText('<p><b>x'.repeat(100_000)).split('\n');
  expect(lines).toHaveLength(100_000);
});

test('what is closed by others than it was opened by is read in no time', { timeout: 20_000 }, () => {
  // The parser looks through all open tags for each that is closed: minutes for a body of a mebibyte.
  const half = 100_000;
  expect(plainText(`oak${'<b>'.repeat(half)}, ${'</i>'.repeat(half)}<p>30 cm</p>`)).toBe('oak,\n30 cm');
});

test('what is nested deeper than a browser would is text all the same', () => {
  expect(plainText(`${'<template>'.repeat(600)}no${'</template>'.repeat(600)}<p>oak`)).toContain('oak');
  expect(plainText(`${'<p>'.repeat(2_000)}oak &amp; elm${'</p>'.repeat(2_000)}`)).toBe('oak & elm');
});
