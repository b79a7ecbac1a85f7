/** What is and was synchronized in bulk; from here runs are started. */
import { Anchor, Button, Group, Select, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'wouter';
import { usePages } from '../../api/hooks.ts';
import { useFormats, useText } from '../../i18n/context.tsx';
import { useSession } from '../../session/session.tsx';
import { type Column, DataTable } from '../../ui/data-table.tsx';
import { useEntityName } from '../../ui/entity-name.ts';
import { Icon } from '../../ui/icons.tsx';
import { MoreButton } from '../../ui/more-button.tsx';
import { Page } from '../../ui/page.tsx';
import { runEntities } from '../../ui/run-entities.ts';
import { Empty, Loading, ProblemNote } from '../../ui/states.tsx';
import { SyncDialog } from '../../ui/sync-dialog.tsx';
import { oneOf, useFilters } from '../../ui/use-filters.ts';
import { When } from '../../ui/when.tsx';
import { type Run, RunProgress, RunState, runStates } from './run-state.tsx';

const REFRESH_MS = 2_000;
const entities = runEntities.filter((entity) => entity !== 'all');

export default function Runs() {
  const t = useText();
  const entityName = useEntityName();
  const { isManager } = useSession();
  const [filters, setFilters] = useFilters(['entity', 'state']);
  const [isStarting, setStarting] = useState(false);
  const entity = oneOf(entities, filters.entity);
  const state = oneOf(runStates, filters.state);
  const query = { ...(entity === undefined ? {} : { entity }), ...(state === undefined ? {} : { state }) };
  const list = usePages('listRuns', { query }, { every: REFRESH_MS });
  const rows = list.data?.pages.flatMap(({ runs }) => runs) ?? [];
  const start = (
    <Button leftSection={<Icon name="play" />} onClick={() => setStarting(true)}>
      {t('runs.start')}
    </Button>
  );
  return (
    <Page title={t('runs.title')} lead={t('runs.lead')} actions={isManager && start}>
      <Group>
        <Select
          label={t('sync.what')}
          placeholder={t('logs.any')}
          data={entities.map((value) => ({ value, label: entityName(value, 'many') }))}
          value={entity ?? null}
          onChange={(value) => setFilters({ entity: value ?? '' })}
          w={200}
        />
        <Select
          label={t('records.state')}
          placeholder={t('logs.any')}
          data={runStates.map((value) => ({ value, label: t(`run.${value}`) }))}
          value={state ?? null}
          onChange={(value) => setFilters({ state: value ?? '' })}
          w={180}
        />
      </Group>
      <Stack gap="sm">
        {list.isPending && <Loading />}
        {list.isError && <ProblemNote error={list.error} retry={() => void list.refetch()} />}
        {list.isSuccess && rows.length === 0 && (
          <Empty icon="run" title={t('runs.none')} action={isManager && start}>
            {t('runs.noneHint')}
          </Empty>
        )}
        {rows.length > 0 && <RunTable rows={rows} />}
        <MoreButton list={list} />
      </Stack>
      {isStarting && <SyncDialog onClose={() => setStarting(false)} />}
    </Page>
  );
}

function RunTable({ rows }: { rows: readonly Run[] }) {
  const t = useText();
  const entityName = useEntityName();
  const { number } = useFormats();
  const nameOf = (run: Run) => `${entityName(run.entity, 'many')}, ${t(`runMode.${run.mode}`)}`;
  const columns: Column<Run>[] = [
    {
      key: 'what',
      header: t('sync.what'),
      kind: 'title',
      render: (run) => (
        <Stack gap={0}>
          <Anchor component={Link} href={`/runs/${run.id}`} fw={550} c="inherit">
            {entityName(run.entity, 'many')}
          </Anchor>
          <Text size="xs" c="dimmed">
            {[t(`runMode.${run.mode}`), ...(run.preview === undefined ? [] : [t('run.isPreview')])].join(' · ')}
          </Text>
        </Stack>
      ),
    },
    { key: 'state', header: t('records.state'), render: (run) => <RunState run={run} /> },
    { key: 'progress', header: t('run.progress'), render: (run) => <RunProgress run={run} /> },
    {
      key: 'failed',
      header: t('run.count.failed'),
      kind: 'end',
      render: ({ progress: { failed } }) => (failed === 0 ? '–' : <Text c="var(--app-bad)">{number(failed)}</Text>),
    },
    {
      key: 'when',
      header: t('run.begun'),
      render: (run) => (
        <Stack gap={0}>
          <When at={run.startedAt ?? run.createdAt} />
          <Text size="xs" c="dimmed">
            {t('logs.by', { who: run.by })}
          </Text>
        </Stack>
      ),
    },
  ];
  return <DataTable label={t('runs.title')} columns={columns} rows={rows} keyOf={({ id }) => id} nameOf={nameOf} />;
}
