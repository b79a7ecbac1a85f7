import { MultiSelect, Select, Stack, Text } from '@mantine/core';
import { useText } from '../../i18n/context.tsx';
import { type Column, DataTable } from '../../ui/data-table.tsx';
import { useEntityName } from '../../ui/entity-name.ts';
import { type SettingsForm, useSettingsForm } from './form.tsx';
import { Section } from './section.tsx';

type Choice = SettingsForm['answer']['choices']['entities'][number];
type DeletePolicy = Choice['deletePolicies'][number];
type MatchPolicy = Choice['matchPolicies'][number];

/** Per entity: what to do with what Odoo has already, what the store deletes, and what Odoo's people keep. */
export function RulesTab() {
  const t = useText();
  const entityName = useEntityName();
  const { values, answer, canChange, setEntry, errorAt } = useSettingsForm();
  const nameOf = ({ name }: Choice) => entityName(name, 'many');
  const columns: Column<Choice>[] = [
    { key: 'name', header: t('rules.entity'), kind: 'title', render: (row) => <Text fw={550}>{nameOf(row)}</Text> },
    {
      key: 'match',
      header: t('rules.match'),
      render: (row) =>
        row.matchPolicies.length === 0 ? (
          <Text c="dimmed">{t('rules.nothing')}</Text>
        ) : (
          <Select
            aria-label={`${t('rules.match')}: ${nameOf(row)}`}
            data={row.matchPolicies.map((value) => ({ value, label: t(`policy.match.${value}`) }))}
            value={values.matchPolicies[row.name] ?? 'adopt'}
            onChange={(policy) =>
              setEntry('matchPolicies', row.name, policy === 'adopt' ? null : (policy as MatchPolicy))
            }
            error={errorAt(`matchPolicies.${row.name}`)}
            disabled={!canChange}
            allowDeselect={false}
            miw={170}
          />
        ),
    },
    {
      key: 'delete',
      header: t('rules.delete'),
      render: (row) =>
        row.deletePolicies.length < 2 ? (
          <Text c="dimmed">
            {t(row.deletePolicies[0] === undefined ? 'rules.nothing' : `policy.delete.${row.deletePolicies[0]}`)}
          </Text>
        ) : (
          <Select
            aria-label={`${t('rules.delete')}: ${nameOf(row)}`}
            data={row.deletePolicies.map((value) => ({ value, label: t(`policy.delete.${value}`) }))}
            value={values.deletePolicies[row.name] ?? row.deletePolicy}
            onChange={(policy) =>
              setEntry('deletePolicies', row.name, policy === row.deletePolicy ? null : (policy as DeletePolicy))
            }
            error={errorAt(`deletePolicies.${row.name}`)}
            disabled={!canChange}
            allowDeselect={false}
            miw={170}
          />
        ),
    },
    {
      key: 'fields',
      header: t('rules.fields'),
      render: (row) =>
        row.fieldsOfOdoo.length === 0 ? (
          <Text c="dimmed">{t('rules.nothing')}</Text>
        ) : (
          <MultiSelect
            aria-label={`${t('rules.fields')}: ${nameOf(row)}`}
            data={row.fieldsOfOdoo}
            value={values.fieldsOfOdoo[row.name] ?? []}
            onChange={(fields) => setEntry('fieldsOfOdoo', row.name, fields.length === 0 ? null : fields)}
            error={errorAt(`fieldsOfOdoo.${row.name}`)}
            disabled={!canChange}
            placeholder={(values.fieldsOfOdoo[row.name] ?? []).length === 0 ? t('rules.noFields') : ''}
            searchable
            miw={200}
          />
        ),
    },
  ];
  return (
    <Section title={t('rules.title')} lead={t('rules.lead')}>
      <Stack gap="xs">
        <Text size="sm">{t('rules.matchHint')}</Text>
        <Text size="sm">{t('rules.deleteHint')}</Text>
        <Text size="sm">{t('rules.fieldsHint')}</Text>
      </Stack>
      <DataTable
        label={t('rules.title')}
        columns={columns}
        rows={answer.choices.entities}
        keyOf={({ name }) => name}
        nameOf={nameOf}
      />
    </Section>
  );
}
