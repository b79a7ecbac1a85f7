/** From nothing to the first order, step by step; where one stopped it goes on. */
import { Button, Collapse, Group, Progress, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useAsk } from '../../api/hooks.ts';
import { useText } from '../../i18n/context.tsx';
import { useSession } from '../../session/session.tsx';
import { Badge } from '../../ui/badge.tsx';
import { Icon } from '../../ui/icons.tsx';
import { Page } from '../../ui/page.tsx';
import { Loading, NoPermission, ProblemNote } from '../../ui/states.tsx';
import { oneOf, useFilters } from '../../ui/use-filters.ts';
import { FormProvider } from '../settings/form.tsx';
import { SaveBar } from '../settings/save-bar.tsx';
import { useSettings } from '../settings/use-settings-form.ts';
import { ChoicesStep } from './choices-step.tsx';
import { LiveStep } from './live-step.tsx';
import { MatchStep } from './match-step.tsx';
import { OdooStep } from './odoo-step.tsx';
import classes from './setup.module.css';
import { StoreStep } from './store-step.tsx';
import { usePreviews } from './use-previews.ts';

const stepNames = ['odoo', 'store', 'choices', 'match', 'live'] as const;
type StepName = (typeof stepNames)[number];

export default function Setup() {
  const t = useText();
  const { isManager } = useSession();
  return (
    <Page title={t('setup.title')} lead={t('setup.lead')}>
      {isManager ? <Steps /> : <NoPermission />}
    </Page>
  );
}

function Steps() {
  const t = useText();
  const [filters, setFilters] = useFilters(['step']);
  const settings = useSettings();
  const { asked, form } = settings;
  const runs = useAsk('listRuns', { query: { limit: 200 } }, { every: 2_000 });
  const previews = usePreviews(runs.data?.runs);
  if (asked.isPending || runs.isPending) return <Loading />;
  if (asked.isError) return <ProblemNote error={asked.error} retry={() => void asked.refetch()} />;
  if (runs.isError) return <ProblemNote error={runs.error} retry={() => void runs.refetch()} />;
  if (form === undefined) return <Loading />;
  const isLive = runs.data.runs.some((run) => run.preview === undefined && run.state === 'completed');
  const done: Record<StepName, boolean> = {
    odoo: asked.data.settings !== null && asked.data.login.isSet,
    store: asked.data.settings?.exportUrl !== undefined && runs.data.runs.some((run) => run.progress.seen > 0),
    choices: previews.runs.length > 0 || isLive,
    match: previews.isComplete || isLive,
    live: isLive,
  };
  const current = oneOf(stepNames, filters.step) ?? stepNames.find((name) => !done[name]) ?? 'live';
  const count = stepNames.filter((name) => done[name]).length;
  const open = (step: StepName) => setFilters({ step });
  const after = (step: StepName) => open(stepNames[stepNames.indexOf(step) + 1] ?? 'live');
  // What is wrong with it is shown at its field and in the bar below.
  const saveAndGoOn = (step: StepName) => () => {
    const saved = settings.count > 0 ? settings.save() : Promise.resolve();
    void saved.then(
      () => after(step),
      () => undefined,
    );
  };
  const contents: Record<StepName, ReactNode> = {
    odoo: <OdooStep settings={settings} onDone={() => after('odoo')} />,
    store: <StoreStep onDone={saveAndGoOn('store')} />,
    choices: <ChoicesStep onDone={saveAndGoOn('choices')} />,
    match: <MatchStep previews={previews} onDone={() => after('match')} />,
    live: <LiveStep previews={previews} isLive={isLive} />,
  };
  return (
    <FormProvider value={form}>
      <Stack>
        <div>
          <Text size="sm" mb={4}>
            {t('setup.progress', { done: count, of: stepNames.length })}
          </Text>
          <Progress value={(count / stepNames.length) * 100} aria-label={t('setup.title')} color="ink" />
        </div>
        {stepNames.map((name, index) => (
          <section key={name} className={classes.step} data-current={name === current || undefined}>
            <Group justify="space-between" wrap="nowrap" align="flex-start">
              <Group gap="md" wrap="nowrap" align="flex-start">
                <span className={classes.number} data-done={done[name] || undefined}>
                  {done[name] ? <Icon name="check" /> : index + 1}
                </span>
                <div>
                  <Title order={2} size="h4">
                    {t(`setup.${name}`)}
                  </Title>
                  <Text size="sm" c="dimmed" maw="65ch">
                    {t(`setup.${name}.lead`)}
                  </Text>
                </div>
              </Group>
              {name !== current && (
                <Button
                  variant="subtle"
                  size="compact-sm"
                  flex="none"
                  onClick={() => open(name)}
                  aria-label={t('setup.open', { step: t(`setup.${name}`) })}
                >
                  {t('setup.openShort')}
                </Button>
              )}
              {name === current && done[name] && <Badge tone="good">{t('setup.done')}</Badge>}
            </Group>
            <Collapse expanded={name === current}>
              {name === current && <div className={classes.content}>{contents[name]}</div>}
            </Collapse>
          </section>
        ))}
        <SaveBar settings={settings} />
      </Stack>
    </FormProvider>
  );
}
