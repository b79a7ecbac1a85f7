import { Progress, Text } from '@mantine/core';
import type { Answer } from '../../api/client.ts';
import { useFormats, useText } from '../../i18n/context.tsx';
import { Badge, type Tone } from '../../ui/badge.tsx';

export type Run = Answer<'getRun'>;

export const runStates = ['queued', 'running', 'waiting', 'completed', 'cancelled', 'failed', 'skipped'] as const;

const tones = {
  queued: 'calm',
  running: 'accent',
  waiting: 'warn',
  completed: 'good',
  cancelled: 'calm',
  failed: 'bad',
  skipped: 'calm',
} as const satisfies Record<Run['state'], Tone>;

export const isGoingOn = ({ state }: Pick<Run, 'state'>): boolean =>
  state === 'queued' || state === 'running' || state === 'waiting';

export function RunState({ run }: { run: Run }) {
  const t = useText();
  return <Badge tone={tones[run.state]}>{t(`run.${run.state}`)}</Badge>;
}

/** How far it is: a bar where it is known of how many, and in words. */
export function RunProgress({ run, large = false }: { run: Run; large?: boolean }) {
  const t = useText();
  const { number, duration } = useFormats();
  const { total, seen, recordsPerSecond, secondsLeft } = run.progress;
  const words = [
    total === null
      ? t('run.seen', { count: number(seen), n: seen })
      : t('run.of', { seen: number(seen), total: number(total) }),
    ...(isGoingOn(run) && recordsPerSecond !== null
      ? [t('run.rate', { rate: number(Math.round(recordsPerSecond * 10) / 10) })]
      : []),
    ...(isGoingOn(run) && secondsLeft !== null ? [t('run.left', { time: duration(secondsLeft) })] : []),
  ];
  const share = total === null || total === 0 ? (isGoingOn(run) ? 100 : 0) : Math.min(100, (seen / total) * 100);
  return (
    <div>
      {(large || isGoingOn(run)) && (
        <Progress
          value={share}
          animated={isGoingOn(run)}
          striped={isGoingOn(run)}
          size={large ? 'lg' : 'sm'}
          aria-label={t('run.progress')}
          mb={6}
        />
      )}
      <Text size="sm" {...(large ? { role: 'status' } : {})}>
        {words.join(' · ')}
      </Text>
    </div>
  );
}
