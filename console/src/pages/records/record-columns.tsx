import { ActionIcon, Anchor, Group, Menu, Stack, Text } from '@mantine/core';
import { Link } from 'wouter';
import { useDo } from '../../api/hooks.ts';
import { type Translate, useText } from '../../i18n/context.tsx';
import { useErrorText } from '../../i18n/errors.ts';
import { Badge } from '../../ui/badge.tsx';
import type { Column } from '../../ui/data-table.tsx';
import { Icon } from '../../ui/icons.tsx';
import { useNotify } from '../../ui/notify.ts';
import { canRun } from '../../ui/run-entities.ts';
import { When } from '../../ui/when.tsx';
import type { MapTarget } from './map-dialog.tsx';
import { type MappingRow, recordPath, stateTones } from './states.ts';
import { storeLink } from './store-link.ts';

interface ColumnsOf {
  entity: string;
  t: Translate;
  /** What Odoo calls them, by record id; null: it has the record no more. */
  names: ReadonlyMap<string, string | null | undefined>;
  exportUrl: string | undefined;
  isManager: boolean;
  map(target: MapTarget): void;
  unmap(row: MappingRow): void;
}

export function recordColumns({ entity, t, names, exportUrl, ...actions }: ColumnsOf): Column<MappingRow>[] {
  return [
    {
      key: 'store',
      header: t('records.inStore'),
      kind: 'title',
      render: (row) => <StoreRecord row={row} link={storeLink(exportUrl, entity, row.recordId)} />,
    },
    {
      key: 'odoo',
      header: t('records.inOdoo'),
      render: (row) => <OdooRecord row={row} name={names.get(row.recordId)} />,
    },
    { key: 'state', header: t('records.state'), render: (row) => <State row={row} /> },
    {
      key: 'synced',
      header: t('records.synced'),
      render: ({ syncedAt }) => (syncedAt === null ? t('records.never') : <When at={syncedAt} />),
    },
    {
      key: 'actions',
      header: t('table.actions'),
      kind: 'actions',
      render: (row) => <RowMenu row={row} {...actions} />,
    },
  ];
}

function StoreRecord({ row: { entity, recordId, title }, link }: { row: MappingRow; link: string | undefined }) {
  const t = useText();
  return (
    <Stack gap={0}>
      <Group gap={6} wrap="nowrap">
        <Anchor component={Link} href={recordPath(entity, recordId)} fw={550} c="inherit">
          {title ?? recordId}
        </Anchor>
        {link !== undefined && (
          <Anchor
            href={link}
            target="_blank"
            rel="noreferrer"
            aria-label={t('records.openStore', { name: title ?? recordId })}
          >
            <Icon name="external" size={14} />
          </Anchor>
        )}
      </Group>
      {title !== null && (
        <Text size="xs" c="dimmed">
          {recordId}
        </Text>
      )}
    </Stack>
  );
}

/** The record in Odoo, with a link to it. */
export function OdooRecord({
  row,
  name,
}: {
  row: Pick<MappingRow, 'odooId' | 'url' | 'model'>;
  name?: string | null | undefined;
}) {
  const t = useText();
  if (row.odooId === null) return <Text c="dimmed">{t('records.noOdoo')}</Text>;
  if (name === null) return <Text c="dimmed">{t('records.goneFromOdoo', { id: row.odooId })}</Text>;
  const words = name ?? `${row.model ?? ''} ${row.odooId}`;
  if (row.url === null) return words;
  return (
    <Anchor href={row.url} target="_blank" rel="noreferrer" inherit>
      {words} <Icon name="external" size={13} />
    </Anchor>
  );
}

function State({ row: { state, failure } }: { row: MappingRow }) {
  const t = useText();
  const errorText = useErrorText();
  return (
    <Stack gap={2} align="flex-start">
      <Badge tone={stateTones[state]}>{t(`mapping.${state}`)}</Badge>
      {failure !== null && (
        <Text size="xs" c="dimmed" maw="30ch">
          {errorText(failure).title}
        </Text>
      )}
    </Stack>
  );
}

type RowMenuProps = Pick<ColumnsOf, 'isManager' | 'map' | 'unmap'> & { row: MappingRow };

function RowMenu({ row, isManager, map, unmap }: RowMenuProps) {
  const t = useText();
  const notify = useNotify();
  const { entity, recordId, title, odooId } = row;
  const name = title ?? recordId;
  const sync = useDo('syncRecord', ['listMappings', 'listRuns', 'listLogs']);
  return (
    <Menu position="bottom-end" shadow="md" withinPortal>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" aria-label={t('table.actionsOf', { name })} loading={sync.isPending}>
          <Icon name="more" />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item component={Link} href={recordPath(entity, recordId)} leftSection={<Icon name="history" size={16} />}>
          {t('records.history')}
        </Menu.Item>
        {isManager && (
          <>
            {canRun(entity) && (
              <Menu.Item
                leftSection={<Icon name="run" size={16} />}
                onClick={() =>
                  sync.mutate(
                    { params: { entity, recordId } },
                    { onSuccess: () => notify.done(t('records.syncSent', { name })), onError: notify.failed },
                  )
                }
              >
                {t('records.syncOne')}
              </Menu.Item>
            )}
            <Menu.Item
              leftSection={<Icon name="link" size={16} />}
              onClick={() => map({ entity, recordId, title, odooId })}
            >
              {t(odooId === null ? 'records.mapOne' : 'records.mapOther')}
            </Menu.Item>
            {odooId !== null && (
              <Menu.Item leftSection={<Icon name="unlink" size={16} />} onClick={() => unmap(row)}>
                {t('records.unmap')}
              </Menu.Item>
            )}
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
