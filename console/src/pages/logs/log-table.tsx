import { Anchor, Stack, Text } from '@mantine/core';
import { Link } from 'wouter';
import type { Answer } from '../../api/client.ts';
import { useFormats, useText } from '../../i18n/context.tsx';
import { useErrorText } from '../../i18n/errors.ts';
import { Badge, type Tone } from '../../ui/badge.tsx';
import { type Column, DataTable } from '../../ui/data-table.tsx';
import { useEntityName } from '../../ui/entity-name.ts';
import { recordPath } from '../records/states.ts';

type LogRow = Answer<'listLogs'>['logs'][number];

export const levelTones = { info: 'calm', warning: 'warn', error: 'bad' } as const satisfies Record<string, Tone>;

export function LogTable({ rows }: { rows: readonly LogRow[] }) {
  const t = useText();
  const { exact } = useFormats();
  const entityName = useEntityName();
  const columns: Column<LogRow>[] = [
    { key: 'time', header: t('logs.time'), render: ({ time }) => <time dateTime={time}>{exact(time)}</time> },
    {
      key: 'level',
      header: t('logs.level'),
      render: ({ level }) => <Badge tone={levelTones[level]}>{t(`level.${level}`)}</Badge>,
    },
    {
      key: 'record',
      header: t('logs.about'),
      render: ({ entity, recordId }) =>
        entity === undefined ? (
          <span aria-hidden="true">–</span>
        ) : recordId === undefined ? (
          entityName(entity)
        ) : (
          <Anchor component={Link} href={recordPath(entity, recordId)} inherit>
            {entityName(entity)} {recordId}
          </Anchor>
        ),
    },
    { key: 'message', header: t('logs.message'), kind: 'title', render: (row) => <Message row={row} /> },
  ];
  return (
    <DataTable
      label={t('logs.title')}
      columns={columns}
      rows={rows}
      keyOf={({ id }) => id}
      nameOf={({ message }) => message}
    />
  );
}

function Message({ row: { message, remedy, code, by, batch, level } }: { row: LogRow }) {
  const t = useText();
  const { number, duration } = useFormats();
  const errorText = useErrorText();
  const more = [
    code,
    by === undefined ? undefined : t('logs.by', { who: by }),
    batch === undefined
      ? undefined
      : t('logs.batch', {
          events: number(batch.events),
          n: batch.events,
          calls: number(batch.calls),
          time: duration(batch.milliseconds / 1_000),
        }),
  ].filter((part) => part !== undefined);
  return (
    <Stack gap={2} maw="75ch">
      <Text size="sm">{message}</Text>
      {remedy !== undefined && level !== 'info' && (
        <Text size="sm" c="dimmed">
          <strong>{t('error.remedy')}</strong> {errorText(code).remedy || remedy}
        </Text>
      )}
      <Text size="xs" c="dimmed">
        {more.join(' · ')}
      </Text>
    </Stack>
  );
}
