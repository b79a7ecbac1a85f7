import * as z from 'zod';
import { defineEntity, type OdooRecord, type Reference, reference } from '../sync/declare.ts';

const stateSnapshot = z.object({ country: z.string(), code: z.string(), name: z.string() });
type StateSnapshot = z.output<typeof stateSnapshot>;

const countryOf = ({ country }: StateSnapshot) => reference('country', country);

function isOfCountry(found: OdooRecord, snapshot: StateSnapshot, resolve: (to: Reference) => number | undefined) {
  return Array.isArray(found.country_id) && found.country_id[0] === resolve(countryOf(snapshot));
}

/** Record id: `<country>-<zone>`. Zone codes are not everywhere the same in both systems, so names count too. */
export const state = defineEntity({
  name: 'state',
  label: 'State',
  model: 'res.country.state',
  source: 'lookup',
  shared: true,
  snapshot: stateSnapshot,
  title: ({ country, code, name }) => `${country} ${name || code}`,
  needs: ({ country }) => [{ entity: 'country', recordId: country, snapshot: { code: country } }],
  match: [
    { field: 'code', value: ({ code }) => code, reads: ['country_id'], accept: isOfCountry, archived: false },
    { field: 'name', value: ({ name }) => name, reads: ['country_id'], accept: isOfCountry, archived: false },
  ],
  missing: 'empty',
  fields: {},
});
