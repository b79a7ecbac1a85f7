/** What is shown of people, whatever they are called: their words are looked for in what is left. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { maskEmails, outlineOf, shapeOf, withoutPersons } from '../../lib/personal.ts';
import { anyJson, anyText, tried } from '../support/fuzz.ts';
import { aCustomer, anAddress, anEvent, anOrder } from '../support/snapshots.ts';

/** Of letters that no name of a property and no sentence around it has, and of signs that a pattern would take. */
const letter = fc.constantFrom(...'ЖюŁøßÆ東');
const sign = fc.constantFrom(...'$.*+?^{}()|[]\\/-´ ', "'");
const word = fc
  .tuple(letter, fc.array(fc.oneof({ weight: 3, arbitrary: letter }, sign), { maxLength: 12 }), letter)
  .map(([first, middle, last]) => [first, ...middle, last].join(''));
const person = fc.record({
  ...{ firstName: word, lastName: word, company: word, telephone: word, vat: word },
  ...{ address1: word, address2: word, city: word, postcode: word, zoneName: word },
});
/** As no name of a property has it, either. */
const mailbox = fc.stringMatching(/^[a-z]9[\w'+.%/#=~-]{2,20}$/);

describe('a foreign message', () => {
  /** Signs that an e-mail address cannot have before its @, and further ones. */
  const apart = [' ', ', ', '"', ' <', '>: ', '\n', ' (', ')', '…'];
  const between = fc.constantFrom(...apart, '/', '=', '$&');
  const around = fc.constantFrom('', 'Odoo refuses', 'value', '1', '%s', '$1');

  test('has none of the words that its record has of people, in whatever case and wherever they stand', () => {
    const told = person.chain((who) =>
      fc.record({
        who: fc.constant(who),
        parts: fc.array(fc.tuple(around, between, fc.constantFrom(...Object.values(who)), fc.boolean(), between)),
      }),
    );
    fc.assert(
      fc.property(told, ({ who, parts }) => {
        const text = parts.map(([one, left, said, loud, right]) => one + left + inCase(said, loud) + right).join('');
        const left = withoutPersons(text, { customer: who, addresses: [who] });
        for (const said of Object.values(who)) expect(left.toLowerCase()).not.toContain(said.toLowerCase());
      }),
      tried(),
    );
  });

  test('of which the record says nothing is left as it is', () => {
    const plain = fc.stringMatching(/^[ \w.,:"]*$/);
    fc.assert(
      fc.property(plain, person, (text, who) => withoutPersons(text, who) === text),
      tried(),
    );
  });

  test('has of an e-mail address its first letter and where it is', () => {
    fc.assert(
      fc.property(mailbox, fc.constantFrom(...apart), between, around, (box, left, right, one) => {
        const masked = `${one}${left}${box[0]}…@example.com${right}${one}`;
        expect(maskEmails(`${one}${left}${box}@example.com${right}${one}`)).toBe(masked);
      }),
      tried(),
    );
  });
});

/** Not all that is loud is quiet again as before: ß is SS. */
const inCase = (text: string, loud: boolean) =>
  loud && text.toUpperCase().length === text.length ? text.toUpperCase() : text;

describe('the shape of a snapshot', () => {
  test('has none of the words that people are called by, have written or live at', () => {
    fc.assert(
      fc.property(person, mailbox, word, (who, box, written) => {
        const customer = aCustomer({ ...who, email: `${box}@example.com` });
        const address = anAddress(who);
        const line = { orderProductId: '1', productId: '28', name: written, quantity: 2, price: '40.0000', taxes: [] };
        const options = [{ type: 'text' as const, name: written, value: written }];
        const order = anOrder({
          ...{ customer: { ...customer, addresses: [{ ...address, addressId: '1' }] }, comment: written },
          ...{ paymentAddress: address, shippingAddress: address, lines: [{ ...line, options }] },
        });
        const shown = JSON.stringify(shapeOf(anEvent('order', '1001', order)));
        for (const said of [...Object.values(who), written])
          expect(shown).not.toContain(JSON.stringify(said).slice(1, -1));
        expect(shown).not.toContain(box);
        expect(shown).toContain(`${box[0]}…@example.com`);
      }),
      tried(),
    );
  });

  test('of any JSON is JSON of the same members, without a text that was not there', () => {
    fc.assert(
      fc.property(anyJson, (json) => {
        const value: unknown = JSON.parse(JSON.stringify(json));
        expect(membersOf(shapeOf(value))).toEqual(membersOf(value));
      }),
      tried(),
    );
  });

  test('of any text is nothing of it', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(shapeOf({ firstName: text })).toEqual({ firstName: text === '' ? '' : '…' });
      }),
      tried(),
    );
  });
});

test('the outline of any text has its length and none of its letters and digits', () => {
  const text = fc.oneof(
    anyText,
    person.map((who) => JSON.stringify(who).slice(0, -3)),
  );
  fc.assert(
    fc.property(text, (before) => {
      const outline = outlineOf(before, ['event', 'entity']);
      expect([...outline]).toHaveLength([...before].length);
      expect(outline.replaceAll(/"(event|entity)"\s*:/g, '')).not.toMatch(/(?![x0])[\p{L}\p{M}\p{N}]/u);
    }),
    tried(),
  );
});

/** Names and numbers of all levels, texts by whether they are empty. */
function membersOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(membersOf);
  if (value !== null && typeof value === 'object') {
    return Object.entries(value).map(([name, inner]) => [name, membersOf(inner)]);
  }
  return typeof value === 'string' ? value === '' : value;
}
