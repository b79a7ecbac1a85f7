/** Asks what a record is, for one that the connector has never heard of. */
import { Fieldset, Select, Stack, Text, TextInput } from '@mantine/core';
import { useText } from '../../i18n/context.tsx';
import { type SnapshotInput, snapshotFields } from './snapshot.ts';

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
        {entity === 'address' && (
          <Text size="sm" c="dimmed">
            {t('snapshot.addressHint')}
          </Text>
        )}
        {snapshotFields(entity).map(({ name: field, label, options, required }) =>
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
