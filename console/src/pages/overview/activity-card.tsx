import { Card, Group, Text, Title, VisuallyHidden } from '@mantine/core';
import type { Answer } from '../../api/client.ts';
import { useAsk } from '../../api/hooks.ts';
import { useFormats, useText } from '../../i18n/context.tsx';
import { Loading, ProblemNote } from '../../ui/states.tsx';
import classes from './overview.module.css';

type Hour = Answer<'readActivity'>['hours'][number];
const kinds = ['changes', 'warnings', 'errors'] as const;

const HOURS = 24;
const REFRESH_MS = 30_000;

/** What happened in the last day, an hour a bar. */
export function ActivityCard() {
  const t = useText();
  const { number, time, moment } = useFormats();
  const asked = useAsk('readActivity', { query: { hours: HOURS } }, { every: REFRESH_MS });
  const hours = asked.data?.hours ?? [];
  const totals = kinds.map((kind) => [kind, hours.reduce((sum, hour) => sum + hour[kind], 0)] as const);
  const first = hours[0];
  return (
    <Card withBorder padding="lg" component="section">
      <Group justify="space-between" mb="md">
        <Title order={2} size="h4">
          {t('activity.title')}
        </Title>
        <Group gap="md">
          {totals.map(([kind, total]) => (
            <span key={kind} className={classes.key} data-kind={kind}>
              {t(`activity.${kind}`, { n: total, count: number(total) })}
            </span>
          ))}
        </Group>
      </Group>
      {asked.isPending && <Loading rows={3} />}
      {asked.isError && <ProblemNote error={asked.error} retry={() => void asked.refetch()} />}
      {first !== undefined && (
        <>
          <Bars hours={hours} />
          <div className={classes.axis} aria-hidden="true">
            <span>{time(first.from)}</span>
            <span>{t('activity.now')}</span>
          </div>
          <VisuallyHidden>
            <ul>
              {hours
                .filter((hour) => kinds.some((kind) => hour[kind] > 0))
                .map((hour) => (
                  <li key={hour.from}>
                    {moment(hour.from)}:{' '}
                    {kinds
                      .map((kind) => t(`activity.${kind}`, { n: hour[kind], count: number(hour[kind]) }))
                      .join(', ')}
                  </li>
                ))}
            </ul>
          </VisuallyHidden>
        </>
      )}
      {asked.data?.countedFrom != null && (
        <Text size="sm" c="dimmed" mt="xs">
          {t('activity.countedFrom', { time: moment(asked.data.countedFrom) })}
        </Text>
      )}
    </Card>
  );
}

const WIDTH = 960;
const HEIGHT = 150;
const GAP = 8;

function Bars({ hours }: { hours: readonly Hour[] }) {
  const t = useText();
  const { moment, number } = useFormats();
  const highest = Math.max(1, ...hours.map((hour) => kinds.reduce((sum, kind) => sum + hour[kind], 0)));
  const step = WIDTH / hours.length;
  return (
    <svg className={classes.chart} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
      {[0, 0.5, 1].map((share) => (
        <line
          key={share}
          className={classes['grid-line']}
          x1={0}
          x2={WIDTH}
          y1={HEIGHT - share * HEIGHT}
          y2={HEIGHT - share * HEIGHT}
          vectorEffect="non-scaling-stroke"
        />
      ))}
      {hours.map((hour, index) => {
        let top = HEIGHT;
        const label = kinds
          .map((kind) => t(`activity.${kind}`, { n: hour[kind], count: number(hour[kind]) }))
          .join(', ');
        return (
          <g key={hour.from} className={classes.bar}>
            <title>{`${moment(hour.from)}: ${label}`}</title>
            <rect x={index * step} y={0} width={step} height={HEIGHT} fill="transparent" />
            {kinds.map((kind) => {
              const height = (hour[kind] / highest) * HEIGHT;
              top -= height;
              return height === 0 ? null : (
                <rect
                  key={kind}
                  className={classes[kind]}
                  x={index * step + GAP / 2}
                  y={top}
                  width={step - GAP}
                  height={Math.max(height, 2)}
                />
              );
            })}
          </g>
        );
      })}
    </svg>
  );
}
