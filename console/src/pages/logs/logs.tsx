/** What happened: filtered by the address, followed as it grows, taken away as a file, cleared. */
import { Button, Menu, Stack, Switch, Text } from '@mantine/core';
import { useState } from 'react';
import type { Query } from '../../api/client.ts';
import { useApi, usePages } from '../../api/hooks.ts';
import { useText } from '../../i18n/context.tsx';
import { useSession } from '../../session/session.tsx';
import { Icon } from '../../ui/icons.tsx';
import { MoreButton } from '../../ui/more-button.tsx';
import { useNotify } from '../../ui/notify.ts';
import { Page } from '../../ui/page.tsx';
import { saveFile } from '../../ui/save-file.ts';
import { Empty, Loading, ProblemNote } from '../../ui/states.tsx';
import { oneOf, useFilters } from '../../ui/use-filters.ts';
import { ClearDialog } from './clear-dialog.tsx';
import { LogFilters, logFilterNames, logLevels } from './log-filters.tsx';
import { LogTable } from './log-table.tsx';

const FOLLOW_MS = 2_500;

export default function Logs() {
  const t = useText();
  const api = useApi();
  const notify = useNotify();
  const { isManager } = useSession();
  const [filters, setFilters] = useFilters(logFilterNames);
  const [isFollowing, setFollowing] = useState(true);
  const [isClearing, setClearing] = useState(false);
  const [isSaving, setSaving] = useState(false);
  const query = queryOf(filters);
  const list = usePages('listLogs', { query }, { every: isFollowing ? FOLLOW_MS : false });
  const rows = list.data?.pages.flatMap(({ logs }) => logs) ?? [];
  const isFiltered = Object.keys(query).length > 0;
  const save = async (format: 'csv' | 'ndjson') => {
    setSaving(true);
    try {
      await saveFile(`connector-log.${format}`, format === 'csv' ? 'text/csv' : 'application/x-ndjson', (cursor) =>
        api.askFile('downloadLogs', { query: { ...query, format, ...(cursor === undefined ? {} : { cursor }) } }),
      );
    } catch (error) {
      notify.failed(error);
    } finally {
      setSaving(false);
    }
  };
  return (
    <Page
      title={t('logs.title')}
      lead={t('logs.lead')}
      actions={
        <>
          <Menu shadow="md" position="bottom-end">
            <Menu.Target>
              <Button variant="default" leftSection={<Icon name="download" />} loading={isSaving}>
                {t('logs.download')}
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item onClick={() => void save('csv')}>{t('logs.csv')}</Menu.Item>
              <Menu.Item onClick={() => void save('ndjson')}>{t('logs.ndjson')}</Menu.Item>
            </Menu.Dropdown>
          </Menu>
          {isManager && (
            <Button variant="default" leftSection={<Icon name="trash" />} onClick={() => setClearing(true)}>
              {t('logs.clear')}
            </Button>
          )}
        </>
      }
    >
      <Stack gap="sm">
        <LogFilters value={filters} onChange={setFilters} />
        <Switch
          label={t('logs.follow')}
          checked={isFollowing}
          onChange={({ currentTarget }) => setFollowing(currentTarget.checked)}
        />
        {list.isPending && <Loading rows={10} />}
        {list.isError && <ProblemNote error={list.error} retry={() => void list.refetch()} />}
        {list.isSuccess && rows.length === 0 && (
          <Empty icon="log" title={t(isFiltered ? 'logs.noMatch' : 'logs.none')}>
            {t(isFiltered ? (list.hasNextPage ? 'logs.lookFurther' : 'logs.noMatchHint') : 'logs.noneHint')}
          </Empty>
        )}
        {rows.length > 0 && <LogTable rows={rows} />}
        {rows.length > 0 && !list.hasNextPage && (
          <Text size="sm" c="dimmed" ta="center">
            {t('logs.end')}
          </Text>
        )}
        <MoreButton list={list} />
      </Stack>
      {isClearing && <ClearDialog onClose={() => setClearing(false)} />}
    </Page>
  );
}

type Filters = Partial<Record<(typeof logFilterNames)[number], string>>;

/** Moments are written in the address as the field has them: local, without a zone. */
function queryOf({ from, to, level, ...rest }: Filters): NonNullable<Query<'listLogs'>> {
  const chosen = oneOf(logLevels, level);
  return {
    ...rest,
    ...(chosen === undefined ? {} : { level: chosen }),
    ...momentOf('from', from),
    ...momentOf('to', to),
  };
}

function momentOf(name: 'from' | 'to', local: string | undefined): { from?: string; to?: string } {
  const time = local === undefined ? Number.NaN : new Date(local).getTime();
  return Number.isNaN(time) ? {} : { [name]: new Date(time).toISOString() };
}
