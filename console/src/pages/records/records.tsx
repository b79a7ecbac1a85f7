/** The records of an entity and what each is in Odoo; from here they are synchronized and mapped. */
import { Button, Group, Select, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useAsk, usePages } from '../../api/hooks.ts';
import { useFormats, useText } from '../../i18n/context.tsx';
import { isRecordEntity, type RecordEntity } from '../../layout/nav.ts';
import { useSession } from '../../session/session.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { Icon } from '../../ui/icons.tsx';
import { MoreButton } from '../../ui/more-button.tsx';
import { Page } from '../../ui/page.tsx';
import { canRun, isCarried } from '../../ui/run-entities.ts';
import { SearchField } from '../../ui/search-field.tsx';
import { Empty, Loading, ProblemNote } from '../../ui/states.tsx';
import { SyncDialog } from '../../ui/sync-dialog.tsx';
import { oneOf, useFilters } from '../../ui/use-filters.ts';
import NotFound from '../not-found/not-found.tsx';
import { CsvMenu } from './csv-menu.tsx';
import { MapDialog, type MapTarget } from './map-dialog.tsx';
import { recordColumns } from './record-columns.tsx';
import { type MappingRow, mappingStates } from './states.ts';
import { UnmapDialog } from './unmap-dialog.tsx';

const REFRESH_MS = 10_000;

export default function Records({ entity }: { entity: string }) {
  return isRecordEntity(entity) ? <RecordsOf entity={entity} /> : <NotFound />;
}

function RecordsOf({ entity }: { entity: RecordEntity }) {
  const t = useText();
  const { number } = useFormats();
  const { isManager } = useSession();
  const [filters, setFilters] = useFilters(['q', 'state']);
  const state = oneOf(mappingStates, filters.state);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [mapping, setMapping] = useState<MapTarget>();
  const [isSyncing, setSyncing] = useState(false);
  const [unmapping, setUnmapping] = useState<MappingRow>();
  const query = { ...(filters.q === undefined ? {} : { q: filters.q }), ...(state === undefined ? {} : { state }) };
  const list = usePages('listMappings', { params: { entity }, query }, { every: REFRESH_MS });
  const named = useAsk(
    'listMappings',
    { params: { entity }, query: { ...query, names: 'odoo' } },
    { enabled: list.isSuccess && (list.data.pages[0]?.mappings.length ?? 0) > 0, keep: true, retry: false },
  );
  const exportUrl = useAsk('getSettings', {}).data?.settings?.exportUrl;
  const names = new Map(named.data?.mappings.map((row) => [row.recordId, row.odooName]));
  const rows = list.data?.pages.flatMap(({ mappings }) => mappings) ?? [];
  const isFiltered = filters.q !== undefined || state !== undefined;
  const columns = recordColumns({ entity, t, names, exportUrl, isManager, map: setMapping, unmap: setUnmapping });
  return (
    <Page
      title={t(`entity.${entity}.many`)}
      lead={t(`entity.${entity}.lead`)}
      actions={
        <>
          <CsvMenu entity={entity} />
          {isManager && (
            <>
              <Button variant="default" leftSection={<Icon name="plus" />} onClick={() => setMapping({ entity })}>
                {t('records.map')}
              </Button>
              <Button leftSection={<Icon name="run" />} onClick={() => setSyncing(true)}>
                {chosen.size > 0 ? t('sync.chosen', { count: number(chosen.size) }) : t('sync.button')}
              </Button>
            </>
          )}
        </>
      }
    >
      <Stack gap="sm">
        <Group gap="sm">
          <SearchField label={t('records.search')} value={filters.q ?? ''} onChange={(q) => setFilters({ q })} />
          <Select
            aria-label={t('records.state')}
            placeholder={t('records.anyState')}
            data={mappingStates.map((value) => ({ value, label: t(`mapping.${value}`) }))}
            value={state ?? null}
            onChange={(value) => setFilters({ state: value ?? '' })}
            clearable
            clearButtonProps={{ 'aria-label': t('records.clearState') }}
            w={220}
          />
        </Group>
        {state !== undefined && (
          <Text size="sm" c="dimmed">
            {t(`mapping.${state}.explain`)}
          </Text>
        )}
        {isCarried(entity) && (
          <Text size="sm" c="dimmed">
            {t(`sync.carried.${entity}`)}
          </Text>
        )}
        {list.isPending && <Loading />}
        {list.isError && <ProblemNote error={list.error} retry={() => void list.refetch()} />}
        {list.isSuccess && rows.length === 0 && !list.hasNextPage && (
          <Empty icon={entity} title={t(isFiltered ? 'records.noMatch' : 'records.none')}>
            {isFiltered ? t('records.noMatchHint') : t('records.noneHint')}
          </Empty>
        )}
        {rows.length > 0 && (
          <>
            <DataTable
              label={t(`entity.${entity}.many`)}
              columns={columns}
              rows={rows}
              keyOf={(row) => row.recordId}
              nameOf={(row) => row.title ?? row.recordId}
              selection={isManager && canRun(entity) ? { keys: chosen, change: setChosen } : undefined}
            />
            <Text size="sm" c="dimmed" role="status">
              {t(list.hasNextPage ? 'records.shownMore' : 'records.shown', {
                n: rows.length,
                count: number(rows.length),
              })}
            </Text>
          </>
        )}
        <MoreButton list={list} />
      </Stack>
      {isSyncing && <SyncDialog entity={entity} chosen={[...chosen]} onClose={() => setSyncing(false)} />}
      {mapping !== undefined && <MapDialog target={mapping} onClose={() => setMapping(undefined)} />}
      {unmapping !== undefined && <UnmapDialog row={unmapping} onClose={() => setUnmapping(undefined)} />}
    </Page>
  );
}
