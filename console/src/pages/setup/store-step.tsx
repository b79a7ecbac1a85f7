import { Anchor, Button, CopyButton, Group, List, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useAsk, useDo } from '../../api/hooks.ts';
import { useText } from '../../i18n/context.tsx';
import { useErrorText } from '../../i18n/errors.ts';
import { useConfig } from '../../session/session.tsx';
import { Confirm } from '../../ui/confirm.tsx';
import { Icon } from '../../ui/icons.tsx';
import { Busy, ProblemNote } from '../../ui/states.tsx';
import { isGoingOn } from '../runs/run-state.tsx';
import { useSettingsForm } from '../settings/form.tsx';
import classes from './setup.module.css';

/** The extension, the code that pairs it, and whether the store answers. */
export function StoreStep({ onDone }: { onDone(): void }) {
  const t = useText();
  const { values, set, errorAt } = useSettingsForm();
  const { downloads } = useConfig();
  const pairing = useDo('showPairing', ['readHealth']);
  const [isRotating, setRotating] = useState(false);
  const show = (rotate: boolean) => pairing.mutateAsync({ body: { console: location.origin, rotate } });
  return (
    <Stack>
      <List type="ordered" spacing="lg" styles={{ itemWrapper: { width: '100%' }, itemLabel: { width: '100%' } }}>
        <List.Item>
          <Text fw={600}>{t('pair.install')}</Text>
          <Text size="sm" c="dimmed">
            {t('pair.installHint')}
          </Text>
          {downloads.length > 0 && (
            <Group gap="sm" mt={6}>
              {downloads.map((name) => (
                <Button
                  key={name}
                  component="a"
                  href={`/downloads/${name}`}
                  download
                  variant="default"
                  size="xs"
                  leftSection={<Icon name="download" size={15} />}
                >
                  {name}
                </Button>
              ))}
            </Group>
          )}
        </List.Item>
        <List.Item>
          <Text fw={600}>{t('pair.code')}</Text>
          <Text size="sm" c="dimmed" mb={6}>
            {t('pair.codeHint')}
          </Text>
          {pairing.data === undefined ? (
            <Button
              variant="default"
              loading={pairing.isPending}
              onClick={() => void show(false).catch(() => undefined)}
              leftSection={<Icon name="eye" />}
            >
              {t('pair.show')}
            </Button>
          ) : (
            <Stack gap="xs">
              <div className={classes.code}>{pairing.data.code}</div>
              <Group gap="sm">
                <CopyButton value={pairing.data.code}>
                  {({ copied, copy }) => (
                    <Button onClick={copy} size="xs" variant="light" aria-live="polite">
                      {t(copied ? 'pair.copied' : 'pair.copy')}
                    </Button>
                  )}
                </CopyButton>
                <Anchor component="button" type="button" size="sm" onClick={() => setRotating(true)}>
                  {t('pair.rotate')}
                </Anchor>
              </Group>
            </Stack>
          )}
          {pairing.isError && <ProblemNote error={pairing.error} />}
        </List.Item>
        <List.Item>
          <Text fw={600}>{t('pair.export')}</Text>
          <TextInput
            aria-label={t('timing.exportUrl')}
            description={t('timing.exportUrlHint')}
            placeholder="https://shop.example/index.php?route=extension/odoo_connector/api/export"
            type="url"
            value={values.exportUrl ?? ''}
            onChange={({ currentTarget }) => set('exportUrl', currentTarget.value === '' ? null : currentTarget.value)}
            error={errorAt('exportUrl')}
            mt={4}
          />
        </List.Item>
        <List.Item>
          <Text fw={600} mb={6}>
            {t('pair.check')}
          </Text>
          <StoreCheck onDone={onDone} />
        </List.Item>
      </List>
      {isRotating && (
        <Confirm
          title={t('pair.rotate')}
          action={t('pair.rotateAction')}
          onClose={() => setRotating(false)}
          onConfirm={() => show(true)}
        >
          <Text>{t('pair.rotateExplain')}</Text>
        </Confirm>
      )}
    </Stack>
  );
}

/** Asks the store for its payment methods, as a preview: nothing is written, and every step of the way is tried. */
function StoreCheck({ onDone }: { onDone(): void }) {
  const t = useText();
  const errorText = useErrorText();
  const { saved, values } = useSettingsForm();
  const start = useDo('startRuns', ['listRuns']);
  const id = start.data?.runs[0]?.id ?? '';
  const [isOver, setOver] = useState(false);
  const run = useAsk('getRun', { params: { id } }, { enabled: id !== '' && !isOver, every: 1_000 }).data;
  if (run !== undefined && run.state !== 'waiting' && !isGoingOn(run) && !isOver) setOver(true);
  const problem = run?.problem;
  const isHere = run !== undefined && (run.state === 'completed' || run.state === 'skipped');
  return (
    <Stack aria-live="polite" align="flex-start">
      <Group>
        <Button
          variant="default"
          loading={start.isPending}
          disabled={saved.exportUrl === undefined}
          onClick={() => {
            setOver(false);
            start.mutate({ body: { entity: 'payment-method', mode: 'full', preview: true } });
          }}
        >
          {t('pair.checkNow')}
        </Button>
        {saved.exportUrl === undefined && <Text size="sm">{t('pair.saveFirst')}</Text>}
        {id !== '' && run?.problem === undefined && !isHere && <Busy label={t('pair.asking')} />}
        {isHere && (
          <Text fw={600} c="var(--app-good)">
            {t('pair.answers', { n: run.progress.seen })}
          </Text>
        )}
      </Group>
      {start.isError && <ProblemNote error={start.error} />}
      {problem !== undefined && !isHere && (
        <Text size="sm" c="var(--app-bad)">
          {errorText(problem.code).title}. {problem.message} <strong>{t('error.remedy')}</strong>{' '}
          {errorText(problem.code).remedy || problem.remedy}
        </Text>
      )}
      <Button onClick={onDone} disabled={values.exportUrl === undefined}>
        {t('setup.next')}
      </Button>
    </Stack>
  );
}
