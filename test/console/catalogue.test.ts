/** The words of the console: complete in every language, and all of them in the catalogue. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { errorsDe } from '../../console/src/i18n/de/errors.ts';
import { de } from '../../console/src/i18n/de.ts';
import { en } from '../../console/src/i18n/en.ts';
import { catalog } from '../../lib/errors/catalog.ts';

const source = fileURLToPath(new URL('../../console/src', import.meta.url));
const components = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.tsx'));

const placeholders = (text: string) => [...new Set(text.match(/\{\w+/g))].sort();

describe('the German catalogue', () => {
  test('has the keys of the English one and no others', () => {
    expect(Object.keys(de).sort()).toEqual(Object.keys(en).sort());
  });

  test('fills in the same as the English one', () => {
    const keys = Object.keys(en) as (keyof typeof en)[];
    const differing = keys.filter((key) => String(placeholders(de[key])) !== String(placeholders(en[key])));
    expect(differing).toEqual([]);
    expect(keys.filter((key) => de[key] === '')).toEqual([]);
  });

  test('has every error of the connector', () => {
    expect(Object.keys(errorsDe).sort()).toEqual(Object.keys(catalog).sort());
  });
});

/** The product's name is the same in every language. */
const NAMES = /^(OpenCart|Odoo|→|npm run .*)$/;

describe('components', () => {
  test('say nothing that is not in the catalogue', () => {
    expect(components.length).toBeGreaterThan(20);
    expect(components.flatMap((file) => literals(readFileSync(join(source, file), 'utf8')))).toEqual([]);
  });
});

/** Texts between tags, and in attributes that are read out. */
function literals(code: string): string[] {
  const texts = [...code.matchAll(/>([^<>{}()=;]*[A-Za-z]{2,}[^<>{}()=;]*)<\//g)].map(([, text = '']) => text.trim());
  const labels = [...code.matchAll(/\s(?:aria-label|label|title|placeholder|description|alt)="([^"]+)"/g)];
  // An address shows what form is expected.
  return [...texts, ...labels.map(([, text = '']) => text)].filter(
    (text) => !NAMES.test(text) && !text.startsWith('https://'),
  );
}
