/** The addresses' part of the comparison: each is there once with its owner, in the right country and state. */
import { groupBy } from '../../lib/collections.ts';
import type { Odoo, OdooRecord } from '../../lib/odoo/client.ts';
import { find, idOf, type Tally } from './compare-tally.ts';
import { addressKey, type ExpectedAddress, folded } from './store/expectation.ts';

const FIELDS = ['parent_id', 'name', 'street', 'street2', 'zip', 'city', 'country_id', 'state_id'];

/** `owners`: e-mail address by Odoo id. */
export async function compareAddresses(
  odoo: Odoo,
  expected: readonly ExpectedAddress[],
  owners: ReadonlyMap<number, string>,
  tally: Tally,
): Promise<void> {
  const children = await find(odoo, 'res.partner', 'parent_id', [...owners.keys()], FIELDS, [
    ['type', '!=', 'contact'],
  ]);
  const countries = await countryCodes(odoo, expected);
  const states = await statesByName(odoo, expected);
  const held = groupBy(children, (child) => addressKey(addressOf(child, owners, countries)));
  const named = new Map(expected.map((address) => [addressKey(address), address]));
  for (const [key, { email, street, countryCode, zoneName }] of named) {
    const what = `address ${street.trim()} of ${email}`;
    const found = tally.one(what, held.get(key));
    const state = states.find(({ name, country_id }) => {
      return folded(String(name)) === folded(zoneName) && countries.get(Number(idOf(country_id))) === countryCode;
    });
    // Odoo knows fewer states than OpenCart knows zones; where it has the very one, it must be that one.
    if (found !== undefined && state !== undefined)
      tally.newest(`${what}: state`, stateName(found), String(state.name));
  }
  // Former versions of an edited address stay, for the orders that went there; twice they must not be.
  for (const [key, found] of held) if (!named.has(key) && found.length > 1) tally.one(`former address ${key}`, found);
}

async function countryCodes(odoo: Odoo, expected: readonly ExpectedAddress[]): Promise<Map<number, string>> {
  const codes = expected.map(({ countryCode }) => countryCode);
  const found = await find(odoo, 'res.country', 'code', codes, ['code'], [], false);
  return new Map(found.map(({ id, code }) => [id, String(code)]));
}

async function statesByName(odoo: Odoo, expected: readonly ExpectedAddress[]): Promise<OdooRecord[]> {
  const names = expected.map(({ zoneName }) => zoneName).filter(Boolean);
  return find(odoo, 'res.country.state', 'name', names, ['name', 'country_id'], [], false);
}

function addressOf(
  child: OdooRecord,
  owners: ReadonlyMap<number, string>,
  countries: ReadonlyMap<number, string>,
): ExpectedAddress {
  const text = (field: string) => (typeof child[field] === 'string' ? child[field] : '');
  return {
    email: owners.get(Number(idOf(child.parent_id))) ?? '',
    name: text('name'),
    street: text('street'),
    street2: text('street2'),
    zip: text('zip'),
    city: text('city'),
    countryCode: countries.get(Number(idOf(child.country_id))) ?? '',
    zoneName: stateName(child),
  };
}

/** Odoo shows a state with its country: `Bayern (DE)`. */
const stateName = ({ state_id }: OdooRecord): string =>
  Array.isArray(state_id) ? String(state_id[1]).replace(/ \([A-Z]{2}\)$/, '') : '';
