/** What each status of the store means for an order in Odoo. */
import { Button, Group, NumberInput, Select, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { usePages } from '../../api/hooks.ts';
import { type TextKey, useText } from '../../i18n/context.tsx';
import { en } from '../../i18n/en.ts';
import { type Column, DataTable } from '../../ui/data-table.tsx';
import { Facts } from '../../ui/facts.tsx';
import { Icon } from '../../ui/icons.tsx';
import { MoreButton } from '../../ui/more-button.tsx';
import { Page } from '../../ui/page.tsx';
import { RunButton } from '../../ui/run-button.tsx';
import { Loading, ProblemNote } from '../../ui/states.tsx';
import { SaveBar } from '../settings/save-bar.tsx';
import { Section } from '../settings/section.tsx';
import { useSettings } from '../settings/use-settings-form.ts';

const states = ['CONFIRM', 'PAID', 'DELIVERED', 'DONE', 'CANCEL'] as const;
type State = (typeof states)[number];
const QUOTATION = 'quotation' as const;

interface Status {
  id: string;
  name: string;
}

export default function OrderStatus() {
  const t = useText();
  const settings = useSettings();
  const known = usePages('listMappings', { params: { entity: 'order-status' }, query: { limit: 500 } });
  const [added, setAdded] = useState<readonly string[]>([]);
  const { asked, form } = settings;
  const titles = new Map(known.data?.pages.flatMap(({ mappings }) => mappings).map((row) => [row.recordId, row.title]));
  const ids = new Set([...titles.keys(), ...Object.keys(form?.values.statusMapping ?? {}), ...added]);
  // Until the store has told its statuses, they are OpenCart's own.
  if (titles.size === 0) for (const id of ownIds) ids.add(id);
  const statuses = [...ids]
    .sort((one, other) => Number(one) - Number(other))
    .map((id): Status => ({ id, name: titles.get(id) ?? ownName(id, t) }));
  const stateOf = ({ id }: Status): State | undefined => form?.values.statusMapping[id];
  const columns: Column<Status>[] = [
    {
      key: 'name',
      header: t('orderStatus.status'),
      kind: 'title',
      render: ({ id, name }) => (
        <Stack gap={0}>
          <Text fw={550}>{name}</Text>
          <Text size="xs" c="dimmed">
            {id}
          </Text>
        </Stack>
      ),
    },
    {
      key: 'state',
      header: t('orderStatus.state'),
      render: (status) => (
        <Select
          aria-label={t('orderStatus.stateOf', { name: status.name })}
          data={[
            { value: QUOTATION, label: t('orderState.quotation') },
            ...states.map((value) => ({ value, label: t(`orderState.${value}`) })),
          ]}
          value={stateOf(status) ?? QUOTATION}
          onChange={(value) =>
            form?.setEntry('statusMapping', status.id, value === QUOTATION || value === null ? null : (value as State))
          }
          error={form?.errorAt(`statusMapping.${status.id}`)}
          disabled={form?.canChange !== true}
          allowDeselect={false}
          w={230}
        />
      ),
    },
    {
      key: 'means',
      header: t('orderStatus.means'),
      render: (status) => (
        <Text size="sm" c="dimmed" maw="50ch">
          {t(`orderState.${stateOf(status) ?? QUOTATION}.does`)}
        </Text>
      ),
    },
  ];
  return (
    <Page
      title={t('orderStatus.title')}
      lead={t('orderStatus.lead')}
      actions={<RunButton entity="order-status" label={t('orderStatus.fetch')} />}
    >
      {asked.isPending && <Loading />}
      {asked.isError && <ProblemNote error={asked.error} retry={() => void asked.refetch()} />}
      {known.isError && <ProblemNote error={known.error} retry={() => void known.refetch()} />}
      {form !== undefined && (
        <Stack>
          {titles.size === 0 && known.isSuccess && (
            <Text size="sm" c="dimmed">
              {t('orderStatus.own')}
            </Text>
          )}
          <DataTable
            label={t('orderStatus.title')}
            columns={columns}
            rows={statuses}
            keyOf={({ id }) => id}
            nameOf={({ name }) => name}
          />
          <MoreButton list={known} />
          {form.canChange && <AddStatus add={(id) => setAdded([...added, id])} />}
          <Section title={t('orderStatus.legend')}>
            <Facts
              facts={([QUOTATION, ...states] as const).map((state) => [
                t(`orderState.${state}`),
                t(`orderState.${state}.does`),
              ])}
            />
          </Section>
          <SaveBar settings={settings} />
        </Stack>
      )}
    </Page>
  );
}

function AddStatus({ add }: { add: (id: string) => void }) {
  const t = useText();
  const [id, setId] = useState<number | ''>('');
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (id !== '') add(String(id));
        setId('');
      }}
    >
      <Group align="flex-end">
        <NumberInput
          label={t('orderStatus.add')}
          value={id}
          onChange={(value) => setId(value === '' ? '' : Number(value))}
          min={1}
          allowDecimal={false}
          w={240}
        />
        <Button type="submit" variant="default" leftSection={<Icon name="plus" />} disabled={id === ''}>
          {t('action.add')}
        </Button>
      </Group>
    </form>
  );
}

const ownIds = Object.keys(en).flatMap((key) => /^ownStatus\.(\d+)$/.exec(key)?.[1] ?? []);

function ownName(id: string, t: ReturnType<typeof useText>): string {
  return ownIds.includes(id) ? t(`ownStatus.${id}` as TextKey) : t('orderStatus.unnamed', { id });
}
