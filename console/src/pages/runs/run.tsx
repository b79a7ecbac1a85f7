/** One run: how far it is, what became of the records, what stands in the way; of a preview, what it would do. */
import { Alert, Button, Card, Group, NumberInput, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { useAsk, useDo } from '../../api/hooks.ts';
import { useFormats, useText } from '../../i18n/context.tsx';
import { useErrorText } from '../../i18n/errors.ts';
import { useSession } from '../../session/session.tsx';
import { useEntityName } from '../../ui/entity-name.ts';
import { Facts } from '../../ui/facts.tsx';
import { Icon } from '../../ui/icons.tsx';
import { useNotify } from '../../ui/notify.ts';
import { Page } from '../../ui/page.tsx';
import { Loading, NoPermission, ProblemNote } from '../../ui/states.tsx';
import { When } from '../../ui/when.tsx';
import { PreviewList } from './preview-list.tsx';
import { isGoingOn, type Run, RunProgress, RunState } from './run-state.tsx';

const REFRESH_MS = 1_000;
const counted = [
  ...(['created', 'updated', 'adopted', 'skipped', 'failed'] as const),
  ...(['removed', 'missing', 'changed', 'deferred'] as const),
];

export default function RunPage({ id }: { id: string }) {
  const t = useText();
  const entityName = useEntityName();
  const { isManager } = useSession();
  const [isOver, setOver] = useState(false);
  const asked = useAsk('getRun', { params: { id } }, { every: isOver ? false : REFRESH_MS });
  const run = asked.data;
  if (run !== undefined && isOver === isGoingOn(run)) setOver(!isGoingOn(run));
  const title =
    run === undefined
      ? t('run.title')
      : `${t(run.preview === undefined ? 'run.title' : 'run.previewTitle')}: ${entityName(run.entity, 'many')}`;
  return (
    <Page
      title={title}
      back={{ href: '/runs', label: t('runs.title') }}
      actions={run !== undefined && isManager && <RunActions run={run} />}
    >
      {asked.isPending && <Loading rows={4} />}
      {asked.isError && <ProblemNote error={asked.error} retry={() => void asked.refetch()} />}
      {run !== undefined && (
        <>
          <RunCard run={run} />
          {run.problem !== undefined && <RunProblem run={run} problem={run.problem} />}
          {(run.preview !== undefined || run.applies !== undefined) &&
            (isManager ? <PreviewList run={run} /> : <NoPermission />)}
        </>
      )}
    </Page>
  );
}

function RunCard({ run }: { run: Run }) {
  const t = useText();
  const { number, duration } = useFormats();
  const { progress } = run;
  return (
    <Card withBorder padding="lg">
      <Stack>
        <Group gap="sm">
          <RunState run={run} />
          {run.cancelRequested === true && isGoingOn(run) && <Text size="sm">{t('run.cancelling')}</Text>}
        </Group>
        <RunProgress run={run} large />
        <Facts
          facts={[
            ...counted
              .filter((name) => progress[name] > 0 || name === 'created' || name === 'updated')
              .map((name) => [t(`run.count.${name}`), number(progress[name])] as const),
            [t('run.calls'), number(progress.odooCalls)],
            [
              t('run.wouldTake'),
              run.preview === undefined || isGoingOn(run)
                ? null
                : t('run.estimate', { calls: number(run.preview.calls), time: duration(run.preview.seconds) }),
            ],
            [t('sync.which'), t(`runMode.${run.mode}`)],
            [t('run.begun'), <When key="begun" at={run.startedAt ?? run.createdAt} />],
            [t('run.ended'), run.endedAt === undefined ? null : <When key="ended" at={run.endedAt} />],
            [t('run.by'), run.by],
          ]}
        />
      </Stack>
    </Card>
  );
}

function RunActions({ run }: { run: Run }) {
  const t = useText();
  const notify = useNotify();
  const [, go] = useLocation();
  const cancel = useDo('cancelRun', ['getRun', 'listRuns']);
  const resume = useDo('resumeRun', ['getRun', 'listRuns']);
  const apply = useDo('applyPreview', ['listRuns']);
  const params = { id: run.id };
  if (run.preview !== undefined && run.state === 'completed') {
    return (
      <Button
        leftSection={<Icon name="play" />}
        loading={apply.isPending}
        onClick={() =>
          apply.mutate(
            { params, body: {} },
            {
              onSuccess({ runs: [first] }) {
                notify.done(t('sync.started'));
                if (first !== undefined) go(`/runs/${first.id}`);
              },
              onError: notify.failed,
            },
          )
        }
      >
        {t('run.apply')}
      </Button>
    );
  }
  if (!isGoingOn(run)) return null;
  return (
    <>
      {run.state === 'waiting' && (
        <Button
          variant="default"
          leftSection={<Icon name="play" />}
          loading={resume.isPending}
          onClick={() => resume.mutate({ params }, { onError: notify.failed })}
        >
          {t('run.resume')}
        </Button>
      )}
      <Button
        variant="default"
        leftSection={<Icon name="stop" />}
        loading={cancel.isPending}
        disabled={run.cancelRequested === true}
        onClick={() => cancel.mutate({ params }, { onError: notify.failed })}
      >
        {t('run.cancel')}
      </Button>
    </>
  );
}

function RunProblem({ run, problem }: { run: Run; problem: NonNullable<Run['problem']> }) {
  const t = useText();
  const errorText = useErrorText();
  const { isManager } = useSession();
  const { title, remedy } = errorText(problem.code);
  return (
    <Alert color={run.state === 'failed' ? 'red' : 'yellow'} icon={<Icon name="failure" />} title={title}>
      <Stack gap="xs">
        <Text size="sm">{problem.message}</Text>
        <Text size="sm">
          <strong>{t('error.remedy')}</strong> {remedy || problem.remedy}
        </Text>
        {run.state === 'waiting' && <Text size="sm">{t('run.triesAgain')}</Text>}
        {problem.code === 'SWEEP_SUSPICIOUS' && isManager && <AllowDeletes run={run} />}
      </Stack>
    </Alert>
  );
}

/** A sweep that found too much missing, started again by somebody who has looked. */
function AllowDeletes({ run }: { run: Run }) {
  const t = useText();
  const notify = useNotify();
  const [, go] = useLocation();
  const [most, setMost] = useState<number | ''>('');
  const start = useDo('startRuns', ['listRuns', 'listFailureCauses']);
  return (
    <Group align="flex-end">
      <NumberInput
        label={t('run.allowDeletes')}
        value={most}
        onChange={(value) => setMost(value === '' ? '' : Number(value))}
        min={0}
        allowDecimal={false}
        w={220}
      />
      <Button
        variant="default"
        disabled={most === ''}
        loading={start.isPending}
        onClick={() =>
          start.mutate(
            {
              body: {
                entity: run.entity as never,
                mode: 'sweep',
                allowDeletes: Number(most),
              },
            },
            {
              onSuccess: ({ runs: [first] }) => first !== undefined && go(`/runs/${first.id}`),
              onError: notify.failed,
            },
          )
        }
      >
        {t('run.sweepAgain')}
      </Button>
    </Group>
  );
}
