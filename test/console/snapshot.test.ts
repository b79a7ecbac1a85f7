/** What the form of mapping by hand makes of a record is what the API takes, and the record that the store will send. */
import { describe, expect, test } from 'vitest';
import { en } from '../../console/src/i18n/en.ts';
import { isToldApart, snapshotFields, snapshotOf } from '../../console/src/pages/records/snapshot.ts';
import { registry } from '../../lib/entities/index.ts';
import { Vocabulary } from '../../lib/odoo/vocabulary/index.ts';
import { connectionSettings } from '../../lib/store/connections.ts';
import { Graph } from '../../lib/sync/graph.ts';

const settings = connectionSettings.parse({ odooUrl: 'https://odoo.example', odooDatabase: 'example' });
const dialect = {
  ...{ priceDigits: undefined, hasDelivery: true, languages: ['en_US'], companyCurrency: 'EUR', version: '19.0' },
  vocabulary: new Vocabulary([]),
};
const RECORD_ID = '7';

/** The record as the API takes it. */
function taken(entity: string, snapshot: unknown) {
  const graph = new Graph(registry, { connection: 'main', settings, dialect });
  const { error, identity, aliases } = graph.ask(graph.declaration(entity), RECORD_ID, snapshot, 0);
  return { refused: error?.fields, identity, aliases };
}

const toldApart = registry
  .filter(({ name, identity }) => `entity.${name}.lead` in en && identity !== undefined)
  .map(({ name }) => name);

/** What is filled in, and the store's own snapshot of the same record. */
const records: Record<string, { told: Record<string, string>; store: object }> = {
  tax: {
    told: { name: 'VAT', type: 'P', rate: '20' },
    store: { taxRateId: '7', name: 'VAT 20 %', type: 'P', rate: '20.0000' },
  },
  option: {
    told: { name: 'Size', type: 'select' },
    store: { names: [{ languageCode: 'de-de', name: 'Größe' }], type: 'select', sortOrder: 3, values: [] },
  },
  'option-value': {
    told: { name: 'Red', optionId: '5', optionName: 'Colour', type: 'radio' },
    store: {
      option: { optionId: '5', names: [{ languageCode: 'en-gb', name: 'Colour' }], type: 'radio', sortOrder: 0 },
      ...{ names: [{ languageCode: 'en-gb', name: 'Red' }], sortOrder: 1, isCustom: false },
    },
  },
  address: {
    told: {
      ...{ customerId: '12', email: 'Zoe@example.com', firstName: 'Zoë', lastName: 'Müller', company: 'Müller KG' },
      ...{ address1: 'Hauptstraße 1', address2: 'Hof', postcode: '10115', city: 'Berlin', countryCode: 'de' },
      zone: 'BE',
    },
    store: {
      ...{ customerId: '12', email: 'zoe@example.com' },
      address: {
        ...{ firstName: 'Zoë', lastName: 'Müller', company: 'Müller KG', address1: 'Hauptstraße 1', address2: 'Hof' },
        ...{ city: 'Berlin', postcode: '10115', countryCode: 'DE', countryName: 'Germany' },
        ...{ zoneCode: 'BE', zoneName: 'Berlin' },
      },
    },
  },
};

test('what a record is, is asked of those that are told apart by it', () => {
  const asked = registry.filter(({ name }) => isToldApart(name)).map(({ name }) => name);
  expect(asked).toEqual(toldApart);
  expect(Object.keys(records).sort()).toEqual(toldApart.sort());
});

describe.each(Object.entries(records))('%s', (entity, { told, store }) => {
  const required = snapshotFields(entity).filter((field) => field.required === true);
  const only = Object.fromEntries(required.map(({ name }) => [name, told[name] ?? '']));

  test('is asked for all that tells it', () => {
    expect(snapshotFields(entity).map(({ name }) => name)).toEqual(Object.keys(told));
  });

  test.each([
    ['everything', told],
    ['no more than must be', only],
  ])('is taken when %s is filled in', (_, filled) => {
    const snapshot = snapshotOf(entity, RECORD_ID, filled);
    expect(snapshot).toBeDefined();
    expect(taken(entity, snapshot).refused).toBeUndefined();
  });

  test('is the record that the store sends, also by its other names', () => {
    expect(taken(entity, snapshotOf(entity, RECORD_ID, told))).toEqual(taken(entity, store));
  });
});

test('nothing is sent while nothing was told', () => {
  expect(snapshotOf('address', RECORD_ID, {})).toBeUndefined();
});
