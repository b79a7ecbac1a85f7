/** Is it working? Health in a sentence, what happened, what waits, what fails, what runs. */
import { Alert, Anchor, Button, Card, Group, Stack, Text, Title } from '@mantine/core';
import { Link } from 'wouter';
import type { Answer } from '../../api/client.ts';
import { useAsk } from '../../api/hooks.ts';
import { useFormats, useText } from '../../i18n/context.tsx';
import { useErrorText } from '../../i18n/errors.ts';
import { Badge } from '../../ui/badge.tsx';
import { useEntityName } from '../../ui/entity-name.ts';
import { Icon } from '../../ui/icons.tsx';
import { Page } from '../../ui/page.tsx';
import { Loading, ProblemNote } from '../../ui/states.tsx';
import { When } from '../../ui/when.tsx';
import { ActivityCard } from './activity-card.tsx';
import classes from './overview.module.css';
import { RunsCard } from './runs-card.tsx';
import { SystemCard } from './system-card.tsx';

export type Health = Answer<'readHealth'>;

const REFRESH_MS = 5_000;
const icons = { ok: 'check', degraded: 'failure', down: 'cross' } as const;

export default function Overview() {
  const t = useText();
  const asked = useAsk('readHealth', {}, { every: REFRESH_MS });
  const health = asked.data;
  return (
    <Page title={t('overview.title')}>
      {asked.isPending && <Loading rows={8} />}
      {asked.isError && health === undefined && <ProblemNote error={asked.error} retry={() => void asked.refetch()} />}
      {health !== undefined && (
        <>
          <HealthBanner health={health} />
          <div className={classes.grid}>
            <div className={classes.wide}>
              <ActivityCard />
            </div>
            <WaitingCard health={health} />
            <FailuresCard health={health} />
            <RunsCard />
            <SystemCard health={health} />
          </div>
        </>
      )}
    </Page>
  );
}

/** The answer to the one question, made of what the API says, in the language of the page. */
function HealthBanner({ health }: { health: Health }) {
  const t = useText();
  const { number, relative } = useFormats();
  const errorText = useErrorText();
  const { status, failures, odoo, hasSettings, queues } = health;
  const waiting = queues.reduce((sum, queue) => sum + queue.waiting + queue.inFlight + queue.delayed, 0);
  const parts = [
    failures.records === 0
      ? t('overview.noFailures')
      : t('overview.failing', { n: failures.records, count: number(failures.records) }),
    waiting === 0 ? t('overview.nothingWaits') : t('overview.waits', { n: waiting, count: number(waiting) }),
    ...(odoo.answeredAt === null ? [] : [t('overview.answered', { time: relative(odoo.answeredAt) })]),
  ];
  const isFailing =
    odoo.failedAt !== null && odoo.failedCode !== null && (odoo.answeredAt === null || odoo.failedAt > odoo.answeredAt);
  return (
    <section className={classes.banner} data-status={hasSettings ? status : 'degraded'} aria-live="polite">
      <span className={classes.sign}>
        <Icon name={icons[status]} size={26} />
      </span>
      <div>
        <Text fw={650} size="lg">
          {hasSettings ? t(`health.${status}`) : t('overview.notSetUp')}
        </Text>
        <Text>{hasSettings ? parts.join(' ') : t('overview.notSetUpHint')}</Text>
        {isFailing && <Text>{t('overview.odooFails', { why: errorText(odoo.failedCode ?? '').title })}</Text>}
      </div>
      {!hasSettings && (
        <Button component={Link} href="/setup">
          {t('overview.toSetup')}
        </Button>
      )}
    </section>
  );
}

/** What is on its way, per kind of record. */
function WaitingCard({ health }: { health: Health }) {
  const t = useText();
  const { number, duration } = useFormats();
  const entityName = useEntityName();
  const rows = health.queues
    .map(({ name, waiting, inFlight, delayed, deadLetters }) => {
      const last = health.entities.find((one) => one.entity === name);
      return { entity: name, count: waiting + inFlight + delayed, deadLetters, last };
    })
    .sort((one, other) => (other.last?.lastChangeAt ?? '').localeCompare(one.last?.lastChangeAt ?? ''));
  return (
    <Card withBorder padding="lg" component="section">
      <Title order={2} size="h4" mb="sm">
        {t('overview.backlog')}
      </Title>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">{t('rules.entity')}</th>
            <th scope="col">{t('overview.onTheWay')}</th>
            <th scope="col">{t('overview.lastChange')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ entity, count, deadLetters, last }) => (
            <tr key={entity}>
              <th scope="row">
                <Anchor component={Link} href={pageOf(entity)} c="inherit">
                  {entity === 'bulk' ? t('overview.bulk') : entityName(entity, 'many')}
                </Anchor>
              </th>
              <td>
                {number(count)}
                {deadLetters > 0 && <span> (+{number(deadLetters)})</span>}
              </td>
              <td>
                {last?.lastChangeAt == null ? '–' : <When at={last.lastChangeAt} />}
                {last?.waitedSeconds != null && last.waitedSeconds > 0 && (
                  <Text span size="xs" c="dimmed">
                    {' '}
                    {t('overview.after', { time: duration(last.waitedSeconds) })}
                  </Text>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  );
}

/** Where the records of a queue are looked at; `bulk` are the pages of runs. */
const pageOf = (queue: string): string =>
  queue === 'bulk' ? '/runs' : queue === 'order-status' ? '/order-status' : `/records/${queue}`;

function FailuresCard({ health: { failures } }: { health: Health }) {
  const t = useText();
  const { number } = useFormats();
  const errorText = useErrorText();
  return (
    <Card withBorder padding="lg" component="section">
      <Group justify="space-between" mb="sm">
        <Title order={2} size="h4">
          {t('failures.title')}
        </Title>
        <Badge tone={failures.records === 0 ? 'good' : 'bad'}>
          {number(failures.records) + (failures.isMore ? '+' : '')}
        </Badge>
      </Group>
      {failures.causes.length === 0 ? (
        <Text c="dimmed">{t('failures.noneHint')}</Text>
      ) : (
        <Stack gap="sm">
          {failures.causes.map(({ cause, code, message, remedy, records }) => {
            const text = errorText(code);
            return (
              <Alert key={cause} color="yellow" title={`${number(records)} × ${text.title}`}>
                <Stack gap={6} align="flex-start">
                  <Text size="sm">{message}</Text>
                  <Text size="sm" c="dimmed">
                    {text.remedy || remedy}
                  </Text>
                  <Button component={Link} href={`/failures?cause=${encodeURIComponent(cause)}`} size="xs">
                    {t('overview.mend')}
                  </Button>
                </Stack>
              </Alert>
            );
          })}
        </Stack>
      )}
    </Card>
  );
}
