/** What a record is, for one that the connector has never heard of: taxes, options and addresses are told apart by it. */
import { Fieldset, Select, Stack, TextInput } from '@mantine/core';
import { type TextKey, useText } from '../../i18n/context.tsx';

export type SnapshotInput = Record<string, string>;

interface Field {
  name: string;
  label: TextKey;
  options?: readonly string[];
  required?: true;
}

const optionTypes = ['select', 'radio', 'image', 'checkbox', 'text', 'textarea', 'file', 'date', 'time', 'datetime'];

const name: Field = { name: 'name', label: 'snapshot.name', required: true };
const fields: Record<string, readonly Field[]> = {
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
  address: [
    { name: 'firstName', label: 'snapshot.firstName' },
    { name: 'lastName', label: 'snapshot.lastName' },
    { name: 'address1', label: 'snapshot.street' },
    { name: 'postcode', label: 'snapshot.postcode' },
    { name: 'city', label: 'snapshot.city' },
    { name: 'countryCode', label: 'snapshot.country' },
  ],
};

const names = (text: string) => [{ languageCode: 'en-gb', name: text }];

/** @returns what the store would send of it; undefined as long as nothing was told */
export function snapshotOf(entity: string, recordId: string, told: SnapshotInput): unknown {
  if (Object.keys(told).length === 0) return undefined;
  const { name: own = '', type, optionId = '', optionName = '', ...rest } = told;
  switch (entity) {
    case 'tax':
      return { taxRateId: recordId, name: own, type: type ?? 'P', ...rest };
    case 'option':
      return { names: names(own), type };
    case 'option-value':
      return {
        option: { optionId, names: names(optionName), type, sortOrder: 0 },
        ...{ names: names(own), sortOrder: 0, isCustom: false },
      };
    case 'address':
      return { ...{ firstName: '', lastName: '', address1: '', countryCode: '' }, ...rest };
    default:
      return undefined;
  }
}

interface SnapshotFieldsProps {
  entity: string;
  value: SnapshotInput;
  onChange(value: SnapshotInput): void;
}

export function SnapshotFields({ entity, value, onChange }: SnapshotFieldsProps) {
  const t = useText();
  const set = (field: string, text: string) => onChange({ ...value, [field]: text });
  return (
    <Fieldset legend={t('snapshot.legend')}>
      <Stack gap="xs">
        {(fields[entity] ?? []).map(({ name: field, label, options, required }) =>
          options === undefined ? (
            <TextInput
              key={field}
              label={t(label)}
              value={value[field] ?? ''}
              onChange={({ currentTarget }) => set(field, currentTarget.value)}
              required={required === true}
              maxLength={255}
            />
          ) : (
            <Select
              key={field}
              label={t(label)}
              data={options.map((option) => ({
                value: option,
                label: option === 'P' || option === 'F' ? t(`snapshot.tax${option}`) : option,
              }))}
              value={value[field] ?? null}
              onChange={(chosen) => set(field, chosen ?? '')}
              required={required === true}
              allowDeselect={false}
            />
          ),
        )}
      </Stack>
    </Fieldset>
  );
}
