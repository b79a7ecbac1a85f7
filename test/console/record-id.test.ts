/** Where a merchant finds what a record of the store is known by, for mapping by hand. */
import { describe, expect, test } from 'vitest';
import { de } from '../../console/src/i18n/de.ts';
import { en } from '../../console/src/i18n/en.ts';
import { recordIdTexts } from '../../console/src/pages/records/record-id.ts';

describe.each(Object.entries({ en, de }))('%s', (_, texts) => {
  test.each([
    // OpenCart's page of a currency is `currency_id=2`, but the store sends its code.
    ['currency', /EUR/],
    ['carrier', /flat/],
    ['payment-method', /cod/],
    // They have no page of their own.
    ['address', /address_id/],
    ['option-value', /option_value_id/],
  ])('of %s it is not the id in the address of a page', (entity, expected) => {
    expect(texts[recordIdTexts(entity).hint]).toMatch(expected);
  });

  test.each(['currency', 'carrier', 'payment-method'])('of %s it is a code', (entity) => {
    expect(texts[recordIdTexts(entity).label]).toMatch(/^Code/);
  });

  test.each(['customer', 'category', 'option', 'product', 'tax', 'order'])('of %s it is that', (entity) => {
    expect(recordIdTexts(entity)).toEqual({ label: 'map.recordId', hint: 'map.recordIdHint' });
  });
});
