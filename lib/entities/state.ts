import * as z from 'zod';
import { defineEntity, type OdooRecord, type Resolve, reference } from '../sync/declare.ts';

const stateSnapshot = z.object({ country: z.string(), code: z.string(), name: z.string() });
type StateSnapshot = z.output<typeof stateSnapshot>;

const countryOf = ({ country }: StateSnapshot) => reference('country', country);

function isOfCountry(found: OdooRecord, snapshot: StateSnapshot, { resolve }: { resolve: Resolve }) {
  return Array.isArray(found.country_id) && found.country_id[0] === resolve(countryOf(snapshot));
}

/**
 * Record id: `<country>-<zone>`. The name decides: the same zone code often means another state in
 * Odoo (`MA` is Madrid in OpenCart and Málaga in Odoo), and no state is better than a wrong one.
 */
export const state = defineEntity({
  name: 'state',
  label: 'State',
  model: 'res.country.state',
  source: 'carried',
  creates: false,
  shared: true,
  snapshot: stateSnapshot,
  title: ({ country, code, name }) => `${country} ${name || code}`,
  needs: ({ country }) => [{ entity: 'country', recordId: country, snapshot: { code: country } }],
  match: [
    { field: 'name', value: ({ name }) => name, reads: ['country_id'], accept: isOfCountry, archived: false },
    {
      field: 'code',
      value: ({ code, name }) => (name === '' ? code : undefined),
      reads: ['country_id'],
      accept: isOfCountry,
      archived: false,
    },
  ],
  missing: 'empty',
  fields: {},
});
