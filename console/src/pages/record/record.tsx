/** One record: what it is in Odoo, what failed, what became of each of its events; of an order, its reconciliation. */
import { Alert, Anchor, Button, Card, Group, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'wouter';
import { useAsk, useDo } from '../../api/hooks.ts';
import { asProblem } from '../../api/problem.ts';
import { useText } from '../../i18n/context.tsx';
import { useErrorText } from '../../i18n/errors.ts';
import { isRecordEntity } from '../../layout/nav.ts';
import { useSession } from '../../session/session.tsx';
import { useEntityName } from '../../ui/entity-name.ts';
import { Icon } from '../../ui/icons.tsx';
import { useNotify } from '../../ui/notify.ts';
import { Page } from '../../ui/page.tsx';
import { canRun, isCarried } from '../../ui/run-entities.ts';
import { Empty, Loading, ProblemNote } from '../../ui/states.tsx';
import { When } from '../../ui/when.tsx';
import { MapDialog } from '../records/map-dialog.tsx';
import { UnmapDialog } from '../records/unmap-dialog.tsx';
import { MappingCard } from './mapping-card.tsx';
import { ReconciliationCard, reconciliationIn } from './reconciliation.tsx';
import { Timeline } from './timeline.tsx';

const REFRESH_MS = 5_000;

export default function RecordPage({ entity, recordId }: { entity: string; recordId: string }) {
  const t = useText();
  const entityName = useEntityName();
  const notify = useNotify();
  const { isManager } = useSession();
  const [isMapping, setMapping] = useState(false);
  const [isUnmapping, setUnmapping] = useState(false);
  const params = { entity, recordId };
  const mapping = useAsk('getMapping', { params }, { every: REFRESH_MS });
  const timeline = useAsk('readTimeline', { params, query: {} }, { every: REFRESH_MS });
  const sync = useDo('syncRecord', ['getMapping', 'readTimeline', 'listRuns']);
  const isUnknown = mapping.isError && asProblem(mapping.error).code === 'NOT_FOUND';
  const failure = timeline.data?.failure ?? null;
  const reconciliation = reconciliationIn(mapping.data?.details);
  const name = mapping.data?.title ?? recordId;
  const along = isCarried(entity) ? t(`sync.carried.${entity}`) : t('record.along');
  const list = isRecordEntity(entity) ? `/records/${entity}` : '/order-status';
  return (
    <Page
      title={`${entityName(entity)} ${name}`}
      lead={canRun(entity) ? undefined : along}
      back={{ href: list, label: entityName(entity, 'many') }}
      actions={
        isManager && (
          <>
            <Button
              variant="default"
              leftSection={<Icon name="link" />}
              onClick={() => setMapping(true)}
              disabled={!isRecordEntity(entity)}
            >
              {t(mapping.data?.odooId == null ? 'records.mapOne' : 'records.mapOther')}
            </Button>
            {mapping.data?.odooId != null && (
              <Button variant="default" leftSection={<Icon name="unlink" />} onClick={() => setUnmapping(true)}>
                {t('records.unmap')}
              </Button>
            )}
            {canRun(entity) && (
              <Button
                leftSection={<Icon name="run" />}
                loading={sync.isPending}
                onClick={() =>
                  sync.mutate(
                    { params },
                    { onSuccess: () => notify.done(t('records.syncSent', { name })), onError: notify.failed },
                  )
                }
              >
                {t('records.syncOne')}
              </Button>
            )}
          </>
        )
      }
    >
      {mapping.isPending && <Loading rows={4} />}
      {mapping.isError && !isUnknown && <ProblemNote error={mapping.error} retry={() => void mapping.refetch()} />}
      {failure !== null && <FailureNote failure={failure} />}
      {isUnknown && (
        <Empty icon="search" title={t('record.unknown')} action={<RunLink id={sync.data?.run} />}>
          {canRun(entity) ? t('record.unknownHint') : undefined}
        </Empty>
      )}
      {mapping.data !== undefined && (
        <>
          {reconciliation !== undefined && <ReconciliationCard reconciliation={reconciliation} />}
          <MappingCard mapping={mapping.data} />
        </>
      )}
      <Card withBorder padding="lg">
        <Stack>
          <Group justify="space-between">
            <Title order={2} size="h4">
              {t('record.history')}
            </Title>
            <Anchor component={Link} href={`/logs?entity=${entity}&record=${encodeURIComponent(recordId)}`} size="sm">
              {t('record.inLog')}
            </Anchor>
          </Group>
          {timeline.isPending && <Loading rows={3} />}
          {timeline.isError && <ProblemNote error={timeline.error} retry={() => void timeline.refetch()} />}
          {timeline.data !== undefined && <Timeline events={timeline.data.events} />}
        </Stack>
      </Card>
      {isMapping && (
        <MapDialog
          target={{ entity, recordId, title: mapping.data?.title ?? null, odooId: mapping.data?.odooId ?? null }}
          onClose={() => setMapping(false)}
        />
      )}
      {isUnmapping && mapping.data !== undefined && (
        <UnmapDialog row={mapping.data} onClose={() => setUnmapping(false)} />
      )}
    </Page>
  );
}

/** Where it shows whether the store has a record that nothing is known of. */
function RunLink({ id }: { id: string | null | undefined }) {
  const t = useText();
  if (id == null) return null;
  return (
    <Anchor component={Link} href={`/runs/${id}`}>
      {t('record.toRun')}
    </Anchor>
  );
}

interface FailureShown {
  code: string;
  message: string;
  remedy: string;
  cause: string;
  lastAt: string;
  attempts: number;
}

function FailureNote({ failure }: { failure: FailureShown }) {
  const t = useText();
  const errorText = useErrorText();
  const { title, remedy } = errorText(failure.code);
  return (
    <Alert color="red" icon={<Icon name="failure" />} title={title}>
      <Stack gap="xs" align="flex-start">
        <Text size="sm">{failure.message}</Text>
        <Text size="sm">
          <strong>{t('error.remedy')}</strong> {remedy || failure.remedy}
        </Text>
        <Group gap="md">
          <Text size="sm" c="dimmed">
            {t('record.tried', { n: failure.attempts })} <When at={failure.lastAt} />
          </Text>
          <Anchor component={Link} href={`/failures?cause=${encodeURIComponent(failure.cause)}`} size="sm">
            {t('record.toFailure')}
          </Anchor>
        </Group>
      </Stack>
    </Alert>
  );
}
