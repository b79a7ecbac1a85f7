/** Picks a record of Odoo, searched for as one types. */
import { Combobox, InputBase, Loader, ScrollArea, Text, useCombobox } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import type { Answer } from '../api/client.ts';
import { useAsk } from '../api/hooks.ts';
import { asProblem } from '../api/problem.ts';
import { useText } from '../i18n/context.tsx';
import { useErrorText } from '../i18n/errors.ts';
import { Icon } from './icons.tsx';

export type OdooPick = Answer<'lookUpOdoo'>['records'][number];

interface OdooPickerProps {
  /** What is looked for: an entity, or a kind such as `warehouses`. */
  kind: string;
  label: string;
  description?: string;
  /** The id that is chosen. */
  value: number | null;
  onChange(id: number | null, pick?: OdooPick): void;
  placeholder?: string;
  error?: string | undefined;
  disabled?: boolean;
}

const PAUSE_MS = 300;
const SHOWN = 20;

export function OdooPicker({
  kind,
  label,
  description,
  value,
  onChange,
  placeholder,
  error,
  disabled = false,
}: OdooPickerProps) {
  const t = useText();
  const errorText = useErrorText();
  const box = useCombobox({ onDropdownClose: () => box.resetSelectedOption() });
  const [typed, setTyped] = useState<string>();
  const [q] = useDebouncedValue(typed ?? '', PAUSE_MS);
  const found = useAsk(
    'lookUpOdoo',
    { params: { kind }, query: { limit: SHOWN, ...(q.trim() === '' ? {} : { q: q.trim() }) } },
    { enabled: box.dropdownOpened, keep: true },
  );
  const name = useNameOf(kind, value);
  const records = found.data?.records ?? [];
  const shown = typed ?? (value === null ? '' : `${name ?? '…'} (${value})`);
  return (
    <Combobox
      store={box}
      onOptionSubmit={(id) => {
        const pick = records.find((record) => String(record.id) === id);
        onChange(Number(id), pick);
        setTyped(undefined);
        box.closeDropdown();
      }}
    >
      <Combobox.Target withExpandedAttribute>
        <InputBase
          role="combobox"
          aria-autocomplete="list"
          autoComplete="off"
          label={label}
          description={description}
          error={error}
          disabled={disabled}
          placeholder={placeholder ?? t('picker.placeholder')}
          value={shown}
          rightSection={
            found.isFetching ? (
              <Loader size={16} aria-hidden />
            ) : value !== null && !disabled ? (
              <Combobox.ClearButton aria-label={t('picker.clear', { label })} onClear={() => onChange(null)} />
            ) : (
              <Icon name="search" size={16} />
            )
          }
          rightSectionPointerEvents={value === null ? 'none' : 'all'}
          onChange={({ currentTarget }) => {
            setTyped(currentTarget.value);
            box.openDropdown();
            box.updateSelectedOptionIndex();
          }}
          onFocus={() => box.openDropdown()}
          onClick={() => box.openDropdown()}
          onBlur={() => {
            box.closeDropdown();
            setTyped(undefined);
          }}
        />
      </Combobox.Target>
      <Combobox.Dropdown>
        <Combobox.Options aria-label={label}>
          <ScrollArea.Autosize mah={280} type="scroll">
            {found.isError && <Combobox.Empty>{errorText(asProblem(found.error).code).title}</Combobox.Empty>}
            {found.isSuccess && records.length === 0 && <Combobox.Empty>{t('picker.nothing')}</Combobox.Empty>}
            {found.isPending && <Combobox.Empty>{t('picker.asking')}</Combobox.Empty>}
            {records.map((record) => (
              <Combobox.Option key={record.id} value={String(record.id)} active={record.id === value}>
                <Text size="sm">{record.name}</Text>
                <Text size="xs" c="dimmed">
                  {[...Object.values(record.told), `#${record.id}`].join(' · ')}
                </Text>
              </Combobox.Option>
            ))}
            {found.data?.isMore === true && <Combobox.Empty>{t('picker.more')}</Combobox.Empty>}
          </ScrollArea.Autosize>
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}

/** What the record that is chosen is called: one question, and none if nothing is chosen. */
function useNameOf(kind: string, id: number | null): string | undefined {
  const asked = useAsk(
    'lookUpOdoo',
    { params: { kind }, query: { q: String(id ?? 0), limit: 50 } },
    { enabled: id !== null },
  );
  return asked.data?.records.find((record) => record.id === id)?.name;
}
