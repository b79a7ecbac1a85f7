import { describe, expect, test } from 'vitest';
import { foreignText, maskEmails, outlineOf, shapeOf, withoutPersons } from '../lib/personal.ts';

describe('e-mail addresses', () => {
  test.each([
    ['zoe.mueller@example.com', 'z…@example.com'],
    ['of "Zoë" <zoë+1@exa-mple.co.uk>, and a@b.de.', 'of "Zoë" <z…@exa-mple.co.uk>, and a…@b.de.'],
    [
      "a/b@example.com, john#1@example.com and o'brien@example.com",
      'a…@example.com, j…@example.com and o…@example.com',
    ],
    ['nobody @ all, 5@6', 'nobody @ all, 5@6'],
  ])('%s is shown as %s', (text, masked) => {
    expect(maskEmails(text)).toBe(masked);
    expect(maskEmails(masked)).toBe(masked);
  });

  test('are looked for in time that grows with the text, and not with its square', { timeout: 20_000 }, () => {
    const long = 'x'.repeat(1_000_000);
    expect(maskEmails(long)).toBe(long);
    expect(maskEmails(`${long}@`)).toBe(`${long}@`);
  });
});

describe('a foreign message', () => {
  const order = {
    customer: { firstName: 'Zoë', lastName: 'Müller (Jr.)', email: 'zoe@example.com', vat: 'DE123' },
    paymentAddress: { address1: '1 Market St', city: 'Ulm', zoneName: '', company: 'A' },
    lines: [{ name: 'Kettle', model: 'kettle' }],
  };
  test('loses what its snapshot says of people, and nothing else', () => {
    const message =
      'Odoo refuses res.partner: ZOË Müller (Jr.) <zoe@example.com>, 1 Market St in Ulm (tax id DE123) has no Kettle.';
    expect(withoutPersons(message, order)).toBe(
      'Odoo refuses res.partner: … … <z…@example.com>, … in … (tax id …) has no Kettle.',
    );
  });

  test('loses it whatever its case, also where a language has more than two', () => {
    const who = { firstName: 'Σίσυφος', lastName: 'Straße', company: 'STRASSE', city: 'Kelvin' };
    expect(withoutPersons('of ΣΊΣΥΦΟΣ, straẞe, strasse and \u212Aelvin', who)).toBe('of …, …, … and …');
  });

  test('is looked through in time that does not grow with all that is said of people', { timeout: 20_000 }, () => {
    const said = (index: number) => `${index} ${'Long Road '.repeat(25)}`.trim();
    const orders = Array.from({ length: 20_000 }, (_, index) => ({ paymentAddress: { address1: said(index) } }));
    expect(withoutPersons(`Odoo refuses ${said(19_999)}.`, orders)).toBe('Odoo refuses ….');
  });

  test('keeps words that only contain a name', () => {
    expect(withoutPersons('The Ulmer Kettle', order)).toBe('The Ulmer Kettle');
  });
});

describe('the words of somebody whose record is not known', () => {
  test.each([
    ['The signature is not valid.', 'The signature is not valid.'],
    ['Duplicate entry \'Zoë Müller\' for key "PRIMARY"', 'Duplicate entry … for key …'],
    ["Value 'O\\'Hara' of zoe@example.com; `x`", 'Value … of z…@example.com; …'],
    ['Es gibt „Zoë“ schon, “Zoë” and ‘Zoë’, too.', 'Es gibt … schon, … and …, too.'],
    ['It isn’t there.', 'It isn’t there.'],
  ])('%s are shown as %s', (text, shown) => {
    expect(foreignText(text)).toBe(shown);
  });

  test('are shown as far as a person would read them', () => {
    expect(foreignText('x'.repeat(300))).toHaveLength(300);
    expect(foreignText('x'.repeat(301))).toBe(`${'x'.repeat(300)}…`);
  });

  test('are looked through in time that grows with their length', { timeout: 20_000 }, () => {
    const long = `'\\${"'".repeat(99_999)}${'"x'.repeat(50_000)}`;
    expect(foreignText(long).length).toBeLessThanOrEqual(301);
  });
});

test('what a person is called by may hold any character', () => {
  const punctuation = '^$\\.*+?()[]{}|/-,:;!"\'#%&@=<>~`_';
  for (const sign of punctuation) {
    const address = { firstName: 'Hanako', lastName: 'Yamada', address1: 'Jingumae', postcode: `604${sign}8005` };
    expect(withoutPersons(`Odoo refuses 604${sign}8005.`, { shippingAddress: address })).not.toContain('8005');
  }
});

test('of a snapshot ids, codes, times, amounts and numbers are shown, and whether a text is there', () => {
  const snapshot = {
    orderId: '7',
    customer: { firstName: 'Zoë', telephone: '5550100', email: 'zoe@example.com', company: '', active: true },
    totals: [{ code: 'total', title: 'Total', value: '102.0000' }],
    lines: [{ model: 'kettle', quantity: 2, options: [{ type: 'text', name: 'Engraving', value: 'For Zoë' }] }],
    rates: { EUR: '1.1', USD: 'Zoë' },
    placedAt: '2026-11-20T18:45:10Z',
    comment: '12.50',
  };
  expect(shapeOf(snapshot)).toEqual({
    orderId: '7',
    customer: { firstName: '…', telephone: '…', email: 'z…@example.com', company: '', active: true },
    totals: [{ code: 'total', title: '…', value: '102.0000' }],
    lines: [{ model: 'kettle', quantity: 2, options: [{ type: 'text', name: '…', value: '…' }] }],
    rates: { EUR: '1.1', USD: '…' },
    placedAt: '2026-11-20T18:45:10Z',
    comment: '…',
  });
});

test.each(['Zoë', 'Zoë <zoe@example.com>', 'zoe at example.com', 'zoe@@example.com'])(
  'of an e-mail address that is none, "%s", nothing is shown',
  (email) => expect(shapeOf({ email })).toEqual({ email: '…' }),
);

test.each([
  [
    '{"event": {"entity" : "customer","data":{"firstName":"Zoë',
    '{"event": {"entity" : "xxxxxxxx","data":{"xxxxxxxxx":"xxx',
  ],
  ['Zoë Müller, +1 555-0100, 東京', 'xxx xxxxxx, +0 000-0000, xx'],
  ['{"comment":"my \\"event\\": Zoë"', '{"xxxxxxx":"xx \\"xxxxx\\": xxx"'],
  ['', ''],
])('the outline of %s is %s', (text, outline) => {
  expect(outlineOf(text, ['event', 'entity', 'data'])).toBe(outline);
});
