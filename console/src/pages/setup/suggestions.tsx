import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useDo, usePages } from '../../api/hooks.ts';
import { useFormats, useText } from '../../i18n/context.tsx';
import { Badge } from '../../ui/badge.tsx';
import { type Column, DataTable } from '../../ui/data-table.tsx';
import { useEntityName } from '../../ui/entity-name.ts';
import { MoreButton } from '../../ui/more-button.tsx';
import { useNotify } from '../../ui/notify.ts';
import { Loading, ProblemNote } from '../../ui/states.tsx';
import { MapDialog, type MapTarget } from '../records/map-dialog.tsx';
import { isToldApart } from '../records/snapshot.ts';
import type { PreviewRecord } from '../runs/preview-list.tsx';
import type { Run } from '../runs/run-state.tsx';

/** Fields in which a suggestion and the store's record differ: the fewer, the surer. */
const confidenceOf = ({ fields }: PreviewRecord) =>
  fields.length === 0 ? 'sure' : fields.length <= 3 ? 'likely' : 'look';
const tones = { sure: 'good', likely: 'accent', look: 'warn' } as const;

interface SuggestionsProps {
  run: Run;
  isAccepted: boolean;
}

/**
 * What of an entity Odoo seems to have already; each can be accepted at once, or mapped to another record. A tax or an
 * option is accepted with all the others: what it is, which a mapping by hand has to say, a preview does not tell.
 */
export function Suggestions({ run, isAccepted }: SuggestionsProps) {
  const t = useText();
  const { number } = useFormats();
  const notify = useNotify();
  const entityName = useEntityName();
  const [mapping, setMapping] = useState<MapTarget>();
  const [accepted, setAccepted] = useState<ReadonlySet<string>>(new Set());
  const list = usePages('getPreview', { params: { id: run.id }, query: { action: 'adopt' } });
  const accept = useDo('mapByHand', ['listMappings']);
  const rows = list.data?.pages.flatMap((page) => page.records).filter(({ entity }) => entity === run.entity) ?? [];
  const take = (row: PreviewRecord) => {
    if (row.odooId === undefined) return;
    accept.mutate(
      { params: { entity: row.entity, recordId: row.recordId }, body: { odooId: row.odooId } },
      {
        onSuccess: () => setAccepted((before) => new Set(before).add(row.recordId)),
        onError: notify.failed,
      },
    );
  };
  const columns: Column<PreviewRecord>[] = [
    { key: 'store', header: t('records.inStore'), kind: 'title', render: ({ title }) => <Text fw={550}>{title}</Text> },
    {
      key: 'odoo',
      header: t('records.inOdoo'),
      render: ({ model, odooId }) => (
        <span>
          {model} {odooId}
        </span>
      ),
    },
    {
      key: 'confidence',
      header: t('match.confidence'),
      render: (row) => {
        const confidence = confidenceOf(row);
        return (
          <Stack gap={2} align="flex-start">
            <Badge tone={tones[confidence]}>{t(`match.${confidence}`)}</Badge>
            {row.fields.length > 0 && (
              <Text size="xs" c="dimmed">
                {t('match.differs', { fields: row.fields.map(({ field }) => field).join(', ') })}
              </Text>
            )}
          </Stack>
        );
      },
    },
    {
      key: 'actions',
      header: t('table.actions'),
      kind: 'actions',
      render: (row) =>
        isAccepted || accepted.has(row.recordId) ? (
          <Badge tone="good">{t('match.accepted')}</Badge>
        ) : (
          <Group gap="xs" wrap="nowrap" justify="flex-end">
            {!isToldApart(row.entity) && (
              <Button size="xs" variant="light" onClick={() => take(row)}>
                {t('match.accept')}
              </Button>
            )}
            <Button
              size="xs"
              variant="default"
              onClick={() => setMapping({ entity: row.entity, recordId: row.recordId, title: row.title })}
            >
              {t('match.other')}
            </Button>
          </Group>
        ),
    },
  ];
  return (
    <Stack gap="xs">
      <Title order={3} size="h5">
        {entityName(run.entity, 'many')}:{' '}
        {t('match.found', { n: run.progress.adopted, count: number(run.progress.adopted) })}
      </Title>
      {list.isPending && <Loading rows={2} />}
      {list.isError && <ProblemNote error={list.error} retry={() => void list.refetch()} />}
      {rows.length > 0 && (
        <DataTable
          label={entityName(run.entity, 'many')}
          columns={columns}
          rows={rows}
          keyOf={({ recordId }) => recordId}
          nameOf={({ title }) => title}
        />
      )}
      <MoreButton list={list} />
      {mapping !== undefined && <MapDialog target={mapping} onClose={() => setMapping(undefined)} />}
    </Stack>
  );
}
