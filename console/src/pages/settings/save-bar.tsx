import { Button, Group, Stack, Text } from '@mantine/core';
import { asProblem } from '../../api/problem.ts';
import { useFormats, useText } from '../../i18n/context.tsx';
import { useNotify } from '../../ui/notify.ts';
import { ProblemNote } from '../../ui/states.tsx';
import classes from './settings.module.css';
import type { useSettings } from './use-settings-form.ts';

/** Says that there are unsaved changes, and saves them all or none. */
export function SaveBar({ settings }: { settings: ReturnType<typeof useSettings> }) {
  const t = useText();
  const notify = useNotify();
  const { moment } = useFormats();
  const { count, save, discard, isSaving, error } = settings;
  if (count === 0) return null;
  const problem = error === null ? undefined : asProblem(error);
  const other =
    problem?.code === 'CONFLICT' ? (problem.current as { by?: string; at?: string } | undefined) : undefined;
  return (
    <section className={classes.bar} aria-label={t('settings.unsaved', { n: count })}>
      <Stack gap="sm">
        {error !== null && <ProblemNote error={error} />}
        {other?.at !== undefined && (
          <Text size="sm">{t('settings.conflict', { who: other.by ?? '', time: moment(other.at) })}</Text>
        )}
        <Group justify="space-between">
          <Text fw={600} role="status">
            {t('settings.unsaved', { n: count })}
          </Text>
          <Group gap="xs">
            <Button variant="default" onClick={discard}>
              {t('settings.discard')}
            </Button>
            <Button
              loading={isSaving}
              onClick={() =>
                save().then(
                  () => notify.done(t('settings.saved')),
                  // It is shown above, at its fields.
                  () => undefined,
                )
              }
            >
              {t('action.save')}
            </Button>
          </Group>
        </Group>
      </Stack>
    </section>
  );
}
