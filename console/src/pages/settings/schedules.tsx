import { ActionIcon, Group, Select, Stack, Switch, Text, TextInput } from '@mantine/core';
import { useText } from '../../i18n/context.tsx';
import { type Column, DataTable } from '../../ui/data-table.tsx';
import { useEntityName } from '../../ui/entity-name.ts';
import { Icon } from '../../ui/icons.tsx';
import { When } from '../../ui/when.tsx';
import { useSettingsForm } from './form.tsx';

/** What people choose of; anything else is written as an expression. */
const presets = {
  'rate(15 minutes)': 'schedule.quarter',
  'rate(1 hour)': 'schedule.hour',
  'rate(6 hours)': 'schedule.sixHours',
  'cron(15 3 * * *)': 'schedule.night',
  'cron(0 5 * * SUN)': 'schedule.week',
} as const;
const OTHER = 'other';

/** When runs start by themselves. */
export function Schedules() {
  const t = useText();
  const entityName = useEntityName();
  const { values, answer, canChange, setEntry, errorAt } = useSettingsForm();
  const names = Object.keys(values.schedules);
  const free = answer.choices.schedules.filter((name) => !names.includes(name));
  const nameOf = (name: string) => (name === 'sweep' ? t('schedule.sweep') : entityName(name, 'many'));
  const nextOf = (name: string) => answer.schedules.find((schedule) => schedule.name === name)?.nextAt ?? null;
  const change = (name: string, part: Partial<(typeof values.schedules)[string]>) => {
    const { when = 'rate(1 hour)', mode, enabled = true } = { ...values.schedules[name], ...part };
    setEntry('schedules', name, { when, enabled, ...(mode === undefined ? {} : { mode }) });
  };
  const columns: Column<string>[] = [
    { key: 'name', header: t('schedule.what'), kind: 'title', render: (name) => <Text fw={550}>{nameOf(name)}</Text> },
    {
      key: 'when',
      header: t('schedule.when'),
      render: (name) => {
        const when = values.schedules[name]?.when ?? '';
        const isPreset = Object.hasOwn(presets, when);
        return (
          <Group gap="xs" align="flex-start">
            <Select
              aria-label={`${t('schedule.when')}: ${nameOf(name)}`}
              data={[
                ...Object.entries(presets).map(([value, key]) => ({ value, label: t(key) })),
                { value: OTHER, label: t('schedule.other') },
              ]}
              value={isPreset ? when : OTHER}
              onChange={(chosen) => change(name, { when: chosen === OTHER ? 'cron(0 4 * * *)' : (chosen ?? when) })}
              disabled={!canChange}
              allowDeselect={false}
              w={210}
            />
            {!isPreset && (
              <TextInput
                aria-label={`${t('schedule.expression')}: ${nameOf(name)}`}
                value={when}
                onChange={({ currentTarget }) => change(name, { when: currentTarget.value })}
                error={errorAt(`schedules.${name}.when`)}
                disabled={!canChange}
                w={190}
              />
            )}
          </Group>
        );
      },
    },
    {
      key: 'mode',
      header: t('schedule.mode'),
      render: (name) =>
        name === 'sweep' ? (
          <Text c="dimmed">{t('schedule.compare')}</Text>
        ) : (
          <Select
            aria-label={`${t('schedule.mode')}: ${nameOf(name)}`}
            data={(['incremental', 'full'] as const).map((value) => ({ value, label: t(`sync.${value}`) }))}
            value={values.schedules[name]?.mode ?? 'incremental'}
            onChange={(mode) => change(name, { mode: mode as 'incremental' | 'full' })}
            disabled={!canChange}
            allowDeselect={false}
            w={170}
          />
        ),
    },
    {
      key: 'next',
      header: t('schedule.next'),
      render: (name) => {
        const next = nextOf(name);
        return next === null ? <Text c="dimmed">{t('schedule.off')}</Text> : <When at={next} />;
      },
    },
    {
      key: 'actions',
      header: t('table.actions'),
      kind: 'actions',
      render: (name) => (
        <Group gap="xs" wrap="nowrap" justify="flex-end">
          <Switch
            aria-label={t('schedule.on', { name: nameOf(name) })}
            checked={values.schedules[name]?.enabled !== false}
            onChange={({ currentTarget }) => change(name, { enabled: currentTarget.checked })}
            disabled={!canChange}
          />
          {canChange && (
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={t('schedule.remove', { name: nameOf(name) })}
              onClick={() => setEntry('schedules', name, null)}
            >
              <Icon name="trash" size={16} />
            </ActionIcon>
          )}
        </Group>
      ),
    },
  ];
  return (
    <Stack gap="sm">
      {names.length === 0 ? (
        <Text c="dimmed">{t('schedule.none')}</Text>
      ) : (
        <DataTable
          label={t('timing.schedules')}
          columns={columns}
          rows={names}
          keyOf={(name) => name}
          nameOf={nameOf}
        />
      )}
      {canChange && free.length > 0 && (
        <Select
          label={t('schedule.add')}
          placeholder={t('schedule.addWhat')}
          data={free.map((value) => ({ value, label: nameOf(value) }))}
          value={null}
          onChange={(name) => name !== null && change(name, {})}
          maw={280}
        />
      )}
    </Stack>
  );
}
