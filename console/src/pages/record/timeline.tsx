import { Text } from '@mantine/core';
import type { Answer } from '../../api/client.ts';
import { useFormats, useText } from '../../i18n/context.tsx';
import classes from './timeline.module.css';

type Events = Answer<'readTimeline'>['events'];

/** Event by event, the newest first: it came, the plan, the calls, the result. */
export function Timeline({ events }: { events: Events }) {
  const t = useText();
  const { exact } = useFormats();
  if (events.length === 0) return <Text c="dimmed">{t('record.noHistory')}</Text>;
  return (
    <ol className={classes.events}>
      {events.map(({ eventId, steps }) => (
        <li key={eventId ?? `${steps[0]?.time}${steps[0]?.text}`}>
          <ol className={classes.steps}>
            {steps.map((step) => (
              <li key={`${step.step}${step.time}${step.text}`} data-level={step.level} data-step={step.step}>
                <span className={classes.time}>
                  {step.time === null ? '' : <time dateTime={step.time}>{exact(step.time)}</time>}
                </span>
                <span>
                  {step.text}
                  {step.code !== undefined && <code className={classes.code}>{step.code}</code>}
                </span>
              </li>
            ))}
          </ol>
        </li>
      ))}
    </ol>
  );
}
