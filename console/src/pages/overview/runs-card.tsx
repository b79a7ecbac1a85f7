import { Anchor, Card, Group, Stack, Text, Title } from '@mantine/core';
import { Link } from 'wouter';
import { useAsk } from '../../api/hooks.ts';
import { useText } from '../../i18n/context.tsx';
import { useEntityName } from '../../ui/entity-name.ts';
import { Loading, ProblemNote } from '../../ui/states.tsx';
import { When } from '../../ui/when.tsx';
import { isGoingOn, RunProgress, RunState } from '../runs/run-state.tsx';

const SHOWN = 4;

/** The last runs, and those that start next by themselves. */
export function RunsCard() {
  const t = useText();
  const entityName = useEntityName();
  const runs = useAsk('listRuns', { query: { limit: SHOWN } }, { every: 5_000 });
  const settings = useAsk('getSettings', {});
  const next = (settings.data?.schedules ?? [])
    .flatMap(({ name, nextAt }) => (nextAt === null ? [] : [{ name, nextAt }]))
    .sort((one, other) => one.nextAt.localeCompare(other.nextAt));
  return (
    <Card withBorder padding="lg" component="section">
      <Group justify="space-between" mb="sm">
        <Title order={2} size="h4">
          {t('runs.title')}
        </Title>
        <Anchor component={Link} href="/runs" size="sm">
          {t('overview.allRuns')}
        </Anchor>
      </Group>
      <Stack gap="md">
        {runs.isPending && <Loading rows={3} />}
        {runs.isError && <ProblemNote error={runs.error} retry={() => void runs.refetch()} />}
        {runs.data?.runs.length === 0 && <Text c="dimmed">{t('runs.none')}</Text>}
        {runs.data?.runs.map((run) => (
          <div key={run.id}>
            <Group justify="space-between" gap="xs">
              <Anchor component={Link} href={`/runs/${run.id}`} c="inherit" fw={550}>
                {entityName(run.entity, 'many')} · {t(`runMode.${run.mode}`)}
              </Anchor>
              <RunState run={run} />
            </Group>
            <Group justify="space-between" gap="xs">
              <div>{isGoingOn(run) || run.progress.seen > 0 ? <RunProgress run={run} /> : null}</div>
              <Text size="sm" c="dimmed">
                <When at={run.endedAt ?? run.updatedAt} />
              </Text>
            </Group>
          </div>
        ))}
        {next.length > 0 && (
          <div>
            <Text size="sm" fw={600} c="dimmed">
              {t('overview.nextRuns')}
            </Text>
            {next.slice(0, SHOWN).map(({ name, nextAt }) => (
              <Text key={name} size="sm">
                {name === 'sweep' ? t('schedule.sweep') : entityName(name, 'many')}: <When at={nextAt} />
              </Text>
            ))}
          </div>
        )}
      </Stack>
    </Card>
  );
}
