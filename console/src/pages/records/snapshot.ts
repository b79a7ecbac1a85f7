/** What a record is, for one that the connector has never heard of: what tells it apart is asked of a person. */
import type { en } from '../../i18n/en.ts';

/** What was filled in, by the name of the field. */
export type SnapshotInput = Readonly<Record<string, string>>;

export interface SnapshotField {
  name: string;
  label: keyof typeof en;
  options?: readonly string[];
  required?: true;
}

const optionTypes = ['select', 'radio', 'image', 'checkbox', 'text', 'textarea', 'file', 'date', 'time', 'datetime'];

const name: SnapshotField = { name: 'name', label: 'snapshot.name', required: true };
const fields: Readonly<Record<string, readonly SnapshotField[]>> = {
  tax: [
    name,
    { name: 'type', label: 'snapshot.taxType', options: ['P', 'F'], required: true },
    { name: 'rate', label: 'snapshot.rate', required: true },
  ],
  option: [name, { name: 'type', label: 'snapshot.optionType', options: optionTypes, required: true }],
  'option-value': [
    name,
    { name: 'optionId', label: 'snapshot.optionId', required: true },
    { name: 'optionName', label: 'snapshot.optionName', required: true },
    { name: 'type', label: 'snapshot.optionType', options: optionTypes, required: true },
  ],
  // All of its parts: an address is its content, and what differs from the store's is another one.
  address: [
    { name: 'customerId', label: 'snapshot.customerId', required: true },
    { name: 'email', label: 'snapshot.email', required: true },
    { name: 'firstName', label: 'snapshot.firstName' },
    { name: 'lastName', label: 'snapshot.lastName' },
    { name: 'company', label: 'snapshot.company' },
    { name: 'address1', label: 'snapshot.street' },
    { name: 'address2', label: 'snapshot.street2' },
    { name: 'postcode', label: 'snapshot.postcode' },
    { name: 'city', label: 'snapshot.city' },
    { name: 'countryCode', label: 'snapshot.country' },
    { name: 'zone', label: 'snapshot.zone' },
  ],
};

/** What is asked of a record of an entity; nothing where its number says enough. */
export const snapshotFields = (entity: string): readonly SnapshotField[] => fields[entity] ?? [];

/** Whether the API has to be told what a new record is before it can be mapped: its number does not say it. */
export const isToldApart = (entity: string): boolean => snapshotFields(entity).length > 0;

const names = (text: string) => [{ languageCode: 'en-gb', name: text }];

/** @returns what the store would send of it; undefined as long as nothing was told */
export function snapshotOf(entity: string, recordId: string, told: SnapshotInput): unknown {
  if (Object.keys(told).length === 0) return undefined;
  const trimmed: SnapshotInput = Object.fromEntries(Object.entries(told).map(([field, text]) => [field, text.trim()]));
  const { name: own = '', type, optionId = '', optionName = '', rate } = trimmed;
  switch (entity) {
    case 'tax':
      return { taxRateId: recordId, name: own, type: type ?? 'P', rate };
    case 'option':
      return { names: names(own), type };
    case 'option-value':
      return {
        option: { optionId, names: names(optionName), type, sortOrder: 0 },
        ...{ names: names(own), sortOrder: 0, isCustom: false },
      };
    case 'address':
      return addressOf(trimmed);
    default:
      return undefined;
  }
}

function addressOf({ customerId = '', email = '', countryCode = '', zone = '', ...rest }: SnapshotInput) {
  return {
    ...{ customerId, email },
    address: {
      ...{ firstName: '', lastName: '', address1: '', ...rest, countryCode: countryCode.toUpperCase() },
      // The store's name of a zone counts only where it has no code: either of them stands in the same place.
      zoneCode: zone,
    },
  };
}
