import { Button, Group, Select, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useEffect, useState } from 'react';
import { useText } from '../../i18n/context.tsx';
import { recordEntities } from '../../layout/nav.ts';
import { SearchField } from '../../ui/search-field.tsx';

export const logFilterNames = ['q', 'entity', 'record', 'level', 'code', 'eventId', 'from', 'to'] as const;
export const logLevels = ['info', 'warning', 'error'] as const;

type Filters = Partial<Record<(typeof logFilterNames)[number], string>>;

interface LogFiltersProps {
  value: Filters;
  onChange(change: Filters): void;
}

export function LogFilters({ value, onChange }: LogFiltersProps) {
  const t = useText();
  const isAny = Object.keys(value).length > 0;
  return (
    <Group gap="sm" align="flex-end">
      <SearchField label={t('logs.search')} value={value.q ?? ''} onChange={(q) => onChange({ q })} />
      <Select
        label={t('logs.level')}
        placeholder={t('logs.any')}
        data={logLevels.map((level) => ({ value: level, label: t(`level.${level}`) }))}
        value={value.level ?? null}
        onChange={(level) => onChange({ level: level ?? '' })}
        w={140}
      />
      <Select
        label={t('logs.entity')}
        placeholder={t('logs.any')}
        data={[...recordEntities, 'order-status' as const].map((entity) => ({
          value: entity,
          label: t(`entity.${entity}.many`),
        }))}
        value={value.entity ?? null}
        onChange={(entity) => onChange({ entity: entity ?? '', ...(entity === null ? { record: '' } : {}) })}
        w={180}
      />
      <TypedField
        label={t('logs.record')}
        value={value.record ?? ''}
        onChange={(record) => onChange({ record })}
        disabled={value.entity === undefined}
      />
      <TypedField label={t('logs.code')} value={value.code ?? ''} onChange={(code) => onChange({ code })} />
      <TextInput
        label={t('logs.from')}
        type="datetime-local"
        value={value.from ?? ''}
        onChange={({ currentTarget }) => onChange({ from: currentTarget.value })}
        w={200}
      />
      <TextInput
        label={t('logs.to')}
        type="datetime-local"
        value={value.to ?? ''}
        onChange={({ currentTarget }) => onChange({ to: currentTarget.value })}
        w={200}
      />
      {isAny && (
        <Button
          variant="subtle"
          onClick={() => onChange(Object.fromEntries(logFilterNames.map((name) => [name, ''])) as Filters)}
        >
          {t('logs.reset')}
        </Button>
      )}
    </Group>
  );
}

interface TypedFieldProps {
  label: string;
  value: string;
  onChange(value: string): void;
  disabled?: boolean;
}

function TypedField({ label, value, onChange, disabled = false }: TypedFieldProps) {
  const [text, setText] = useState(value);
  useEffect(() => setText(value), [value]);
  const change = useDebouncedCallback(onChange, 400);
  return (
    <TextInput
      label={label}
      value={text}
      onChange={({ currentTarget }) => {
        setText(currentTarget.value);
        change(currentTarget.value.trim());
      }}
      disabled={disabled}
      maxLength={160}
      w={140}
    />
  );
}
