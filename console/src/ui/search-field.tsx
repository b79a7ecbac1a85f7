import { TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useEffect, useState } from 'react';
import { Icon } from './icons.tsx';

interface SearchFieldProps {
  label: string;
  value: string;
  onChange(value: string): void;
}

const PAUSE_MS = 300;

/** Searches as one types, a moment after the last key. */
export function SearchField({ label, value, onChange }: SearchFieldProps) {
  const [text, setText] = useState(value);
  useEffect(() => setText(value), [value]);
  const search = useDebouncedCallback(onChange, PAUSE_MS);
  return (
    <TextInput
      aria-label={label}
      placeholder={label}
      leftSection={<Icon name="search" size={16} />}
      value={text}
      onChange={({ currentTarget }) => {
        setText(currentTarget.value);
        search(currentTarget.value.trim());
      }}
      maxLength={200}
      type="search"
      flex="1 1 14rem"
    />
  );
}
