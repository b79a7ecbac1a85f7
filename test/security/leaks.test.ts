/** What every suite of the whole path looks for when it ends is found, and what is no leak is not. */
import { expect, test } from 'vitest';
import { leaksIn } from '../support/leaks.ts';
import { aCustomer, anAddress } from '../support/snapshots.ts';

const kept = { secrets: { odooPassword: 'open-sesame/ä' }, known: ['connector@example.com'] };

test.each([
  ['a name', `{"message":"no ${aCustomer().lastName}"}`, 'lastName'],
  ['a street', JSON.stringify({ street: anAddress().address1 }), 'street'],
  ['a telephone number', `call ${aCustomer().telephone}`, 'telephone'],
  ['a secret within a URL', `http://x/?p=${encodeURIComponent('open-sesame/ä')}`, 'odooPassword'],
  ['an e-mail address of anybody', 'of ada.t1@example.com', 'a pattern'],
  ['a token', 'Bearer eyJhbGciOiJIUzI1NiJ9.eyJyb2xlIjoidmlld2VyIn0.c2ln', 'a pattern'],
  ['a webhook secret', 'whsec_c2VjcmV0', 'a pattern'],
])('%s is found, and not repeated', (_, line, name) => {
  const [leak = ''] = leaksIn(['fine', line], kept);
  expect(leak).toMatch(new RegExp(`${name}.*: .*•••`));
  const inside = /Müller|1 Market|555|sesame|ada|eyJ|c2Vj/;
  expect(leak).not.toMatch(inside);
});

test.each(['{"email":"z…@example.com"}', 'by connector@example.com', 'node_modules/@middy/core', '3 @ 5.00'])(
  '%s is no leak',
  (line) => expect(leaksIn([line], kept)).toEqual([]),
);
