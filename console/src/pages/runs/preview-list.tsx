/** What a preview would do, record by record and field by field. */
import { Anchor, Card, Group, SegmentedControl, Stack, Text, Title } from '@mantine/core';
import { Link } from 'wouter';
import type { Answer } from '../../api/client.ts';
import { usePages } from '../../api/hooks.ts';
import { useText } from '../../i18n/context.tsx';
import { useErrorText } from '../../i18n/errors.ts';
import { Badge, type Tone } from '../../ui/badge.tsx';
import { useEntityName } from '../../ui/entity-name.ts';
import { MoreButton } from '../../ui/more-button.tsx';
import { Empty, Loading, ProblemNote } from '../../ui/states.tsx';
import { oneOf, useFilters } from '../../ui/use-filters.ts';
import { recordPath } from '../records/states.ts';
import classes from './preview-list.module.css';
import { isGoingOn, type Run } from './run-state.tsx';

export type PreviewRecord = Answer<'getPreview'>['records'][number];

const actions = ['create', 'update', 'adopt', 'remove', 'blocked'] as const;

const tones = {
  create: 'good',
  update: 'accent',
  adopt: 'accent',
  remove: 'warn',
  blocked: 'bad',
  skip: 'calm',
} as const satisfies Record<PreviewRecord['action'], Tone>;

export function PreviewList({ run }: { run: Run }) {
  const t = useText();
  const [filters, setFilters] = useFilters(['action']);
  const action = oneOf(actions, filters.action);
  const list = usePages(
    'getPreview',
    { params: { id: run.id }, query: action === undefined ? {} : { action } },
    { every: isGoingOn(run) ? 2_000 : false },
  );
  const records = list.data?.pages.flatMap((page) => page.records) ?? [];
  return (
    <Stack component="section">
      <Title order={2} size="h4">
        {t(run.preview === undefined ? 'preview.changed' : 'preview.title')}
      </Title>
      <Group>
        <SegmentedControl
          aria-label={t('preview.filter')}
          data={[
            { value: '', label: t('preview.all') },
            ...actions.map((value) => ({ value, label: t(`preview.${value}`) })),
          ]}
          value={action ?? ''}
          onChange={(value) => setFilters({ action: value })}
          className={classes.filter}
        />
      </Group>
      {list.isPending && <Loading />}
      {list.isError && <ProblemNote error={list.error} retry={() => void list.refetch()} />}
      {list.isSuccess && records.length === 0 && !isGoingOn(run) && (
        <Empty icon="check" title={t('preview.none')}>
          {t('preview.noneHint')}
        </Empty>
      )}
      {records.map((record) => (
        <PreviewCard key={`${record.entity}/${record.recordId}`} record={record} />
      ))}
      <MoreButton list={list} />
    </Stack>
  );
}

function PreviewCard({ record }: { record: PreviewRecord }) {
  const t = useText();
  const entityName = useEntityName();
  const errorText = useErrorText();
  const { entity, recordId, title, action, fields, error, along } = record;
  return (
    <Card withBorder padding="md">
      <Stack gap="xs">
        <Group gap="sm">
          <Badge tone={tones[action]}>{t(`preview.${action}`)}</Badge>
          <Anchor component={Link} href={recordPath(entity, recordId)} fw={600} c="inherit">
            {title}
          </Anchor>
          <Text size="sm" c="dimmed">
            {entityName(entity)} {recordId}
            {along === true && ` · ${t('preview.along')}`}
          </Text>
        </Group>
        {error !== undefined && (
          <Text size="sm">
            {error.message} <strong>{t('error.remedy')}</strong> {errorText(error.code).remedy || error.remedy}
          </Text>
        )}
        {fields.length > 0 && (
          <table className={classes.fields}>
            <thead>
              <tr>
                <th scope="col">{t('preview.field')}</th>
                <th scope="col">{t('preview.odoo')}</th>
                <th scope="col">{t('preview.ours')}</th>
              </tr>
            </thead>
            <tbody>
              {fields.map(({ field, odoo, ours }) => (
                <tr key={field}>
                  <th scope="row">
                    <code>{field}</code>
                  </th>
                  <td className={classes.before}>{shown(odoo)}</td>
                  <td>{shown(ours)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </Stack>
    </Card>
  );
}

const LONGEST = 160;

/** Odoo says `false` for nothing. */
function shown(value: unknown): string {
  if (value === null || value === undefined || value === false || value === '') return '–';
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}
