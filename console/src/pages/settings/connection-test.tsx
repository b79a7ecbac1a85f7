import { Button, Group, Stack, Text } from '@mantine/core';
import type { Answer } from '../../api/client.ts';
import { useDo } from '../../api/hooks.ts';
import { type TextKey, useFormats, useText } from '../../i18n/context.tsx';
import { en } from '../../i18n/en.ts';
import { useErrorText } from '../../i18n/errors.ts';
import { Icon, type IconName } from '../../ui/icons.tsx';
import { Busy, ProblemNote } from '../../ui/states.tsx';
import classes from './settings.module.css';

type Step = Answer<'testConnection'>['steps'][number];

const statusIcons: Record<Step['status'], IconName> = {
  ok: 'check',
  warning: 'info',
  failed: 'cross',
  skipped: 'minus',
};

interface ConnectionTestProps {
  odooUrl: string;
  odooDatabase: string;
  user?: string;
  password?: string;
  onResult?: (ok: boolean) => void;
}

/** Tests the way to Odoo with what is in the form, and says step by step what is wrong and who mends it how. */
export function ConnectionTest({ onResult, ...asked }: ConnectionTestProps) {
  const t = useText();
  const { duration } = useFormats();
  const test = useDo('testConnection', ['readHealth']);
  const body = Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined && value !== ''));
  return (
    <Stack aria-live="polite">
      <Group>
        <Button
          variant="default"
          onClick={() => test.mutate({ body }, { onSuccess: ({ ok }) => onResult?.(ok) })}
          loading={test.isPending}
          disabled={asked.odooUrl === ''}
        >
          {t('test.button')}
        </Button>
        {test.isPending && <Busy label={t('test.busy')} />}
        {test.data !== undefined && (
          <Text fw={600} c={test.data.ok ? 'var(--app-good)' : 'var(--app-bad)'}>
            {t(test.data.ok ? 'test.ok' : 'test.failed', { time: duration(test.data.milliseconds / 1_000) })}
          </Text>
        )}
      </Group>
      {test.isError && <ProblemNote error={test.error} />}
      {test.data !== undefined && <Verdicts steps={test.data.steps} />}
    </Stack>
  );
}

function Verdicts({ steps }: { steps: readonly Step[] }) {
  const t = useText();
  const errorText = useErrorText();
  return (
    <ul className={classes.verdicts}>
      {steps.map(({ name, status, detail, remedy, code, model }) => (
        <li key={`${name}${model}`} data-status={status}>
          <Icon name={statusIcons[status]} />
          <div>
            <Text size="sm">
              <strong>{stepName(name, t)}</strong>
              {model !== null && <code> {model}</code>} · {t(`step.${status}`)}
            </Text>
            <Text size="sm" c="dimmed">
              {detail}
            </Text>
            {remedy !== null && (
              <Text size="sm">
                <strong>{t('error.remedy')}</strong> {remedy || (code === null ? '' : errorText(code).remedy)}
              </Text>
            )}
          </div>
        </li>
      ))}
    </ul>
  );
}

function stepName(name: string, t: ReturnType<typeof useText>): string {
  const key = `test.step.${name}`;
  return Object.hasOwn(en, key) ? t(key as TextKey) : name;
}
