import { currencySnapshot } from '../opencart/snapshots.ts';
import { defineEntity } from '../sync/declare.ts';
import { ratePart } from './currency-rate.ts';

/** Record id: ISO 4217. Odoo knows them all; one that is used is activated. */
export const currency = defineEntity({
  name: 'currency',
  label: 'Currency',
  model: 'res.currency',
  source: 'events',
  creates: false,
  shared: true,
  activates: true,
  snapshot: currencySnapshot,
  title: ({ code }) => code,
  match: [{ field: 'name', value: ({ code }) => code }],
  missing: 'CURRENCY_UNMAPPED',
  carries: (snapshot, _, { settings }) => (settings.currencyRates ? ratePart(snapshot) : []),
  depends: ({ settings }) => settings.currencyRates,
  content: ({ code }) => code,
  fields: {},
});
