import { Anchor, Button, Group, Stack, Text } from '@mantine/core';
import { Link, useLocation } from 'wouter';
import { useDo } from '../../api/hooks.ts';
import { useFormats, useText } from '../../i18n/context.tsx';
import { useEntityName } from '../../ui/entity-name.ts';
import { Icon } from '../../ui/icons.tsx';
import { ProblemNote } from '../../ui/states.tsx';
import classes from './setup.module.css';
import type { Previews } from './use-previews.ts';

const counted = ['created', 'updated', 'adopted', 'skipped', 'failed'] as const;

/** What would be done, in numbers; then it is done. */
export function LiveStep({ previews, isLive }: { previews: Previews; isLive: boolean }) {
  const t = useText();
  const entityName = useEntityName();
  const { number, duration } = useFormats();
  const [, go] = useLocation();
  const apply = useDo('applyPreview', ['listRuns']);
  const shown = previews.runs.filter(({ progress, state }) => state !== 'skipped' && progress.seen > 0);
  const seconds = shown.reduce((sum, run) => sum + (run.preview?.seconds ?? 0), 0);
  const first = previews.runs[0];
  return (
    <Stack>
      {isLive && (
        <Text>
          {t('live.isLive')}{' '}
          <Anchor component={Link} href="/">
            {t('notFound.home')}
          </Anchor>
        </Text>
      )}
      {!previews.isComplete && !isLive && <Text>{t('live.lookFirst')}</Text>}
      {previews.isComplete && first !== undefined && (
        <>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: on a narrow screen it is scrolled, by keyboard too */}
          <section className={classes.scroll} tabIndex={0} aria-label={t('setup.live')}>
            <table className={classes.table}>
              <thead>
                <tr>
                  <th scope="col">{t('rules.entity')}</th>
                  {counted.map((name) => (
                    <th key={name} scope="col">
                      {t(`run.count.${name}`)}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {shown.map((run) => (
                  <tr key={run.id}>
                    <th scope="row">
                      <Anchor component={Link} href={`/runs/${run.id}`} c="inherit">
                        {entityName(run.entity, 'many')}
                      </Anchor>
                    </th>
                    {counted.map((name) => (
                      <td key={name}>{number(run.progress[name])}</td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
          <Text size="sm" c="dimmed">
            {t('live.takes', { time: duration(seconds) })}
          </Text>
          {apply.isError && <ProblemNote error={apply.error} />}
          <Group justify="flex-end">
            <Button
              leftSection={<Icon name="play" />}
              loading={apply.isPending}
              onClick={() =>
                apply.mutate({ params: { id: first.id }, body: { group: true } }, { onSuccess: () => go('/runs') })
              }
            >
              {t('live.go')}
            </Button>
          </Group>
        </>
      )}
      <Text size="sm" c="dimmed">
        {t('live.realtime')}
      </Text>
    </Stack>
  );
}
