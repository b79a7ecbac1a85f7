import { Button, Card, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import type { Answer } from '../../api/client.ts';
import { useDo, usePages } from '../../api/hooks.ts';
import { useFormats, useText } from '../../i18n/context.tsx';
import { Confirm } from '../../ui/confirm.tsx';
import { Icon } from '../../ui/icons.tsx';
import { MoreButton } from '../../ui/more-button.tsx';
import { useNotify } from '../../ui/notify.ts';
import { Empty, Loading, ProblemNote } from '../../ui/states.tsx';
import { useSettingsForm } from './form.tsx';

type Version = Answer<'listSettingsHistory'>['versions'][number];

/** Who changed what; any version can be brought back. */
export function HistoryTab() {
  const t = useText();
  const { answer, canChange } = useSettingsForm();
  const list = usePages('listSettingsHistory', { query: {} }, { cursor: 'below' });
  const [restoring, setRestoring] = useState<Version>();
  const versions = list.data?.pages.flatMap((page) => page.versions) ?? [];
  if (list.isPending) return <Loading />;
  if (list.isError) return <ProblemNote error={list.error} retry={() => void list.refetch()} />;
  if (versions.length === 0) return <Empty icon="history" title={t('history.none')} />;
  return (
    <Stack gap="sm">
      {versions.map((version) => (
        <VersionCard
          key={version.version}
          version={version}
          {...(canChange && version.version !== answer.version ? { restore: () => setRestoring(version) } : {})}
        />
      ))}
      <MoreButton list={list} />
      {restoring !== undefined && (
        <RestoreDialog version={restoring.version} current={answer.version} onClose={() => setRestoring(undefined)} />
      )}
    </Stack>
  );
}

function VersionCard({
  version: { version, by, at, restored, changes },
  restore,
}: {
  version: Version;
  restore?: () => void;
}) {
  const t = useText();
  const { moment } = useFormats();
  return (
    <Card withBorder padding="md">
      <Group justify="space-between" align="flex-start">
        <Stack gap={4} flex="1 1 20rem">
          <Text fw={600}>{t('history.version', { version, who: by, time: moment(at) })}</Text>
          {restored !== null && (
            <Text size="sm" c="dimmed">
              {t('history.restored', { version: restored })}
            </Text>
          )}
          {changes.map(({ path, from, to }) => (
            <Text size="sm" key={path}>
              <code>{path}</code>: <Value value={from} /> → <Value value={to} />
            </Text>
          ))}
        </Stack>
        {restore !== undefined && (
          <Button variant="default" size="xs" leftSection={<Icon name="undo" size={15} />} onClick={restore}>
            {t('history.restore')}
          </Button>
        )}
      </Group>
    </Card>
  );
}

function Value({ value }: { value: unknown }) {
  const t = useText();
  if (value === null || value === undefined) return <em>{t('history.nothing')}</em>;
  return <span>{typeof value === 'object' ? JSON.stringify(value) : String(value)}</span>;
}

function RestoreDialog({ version, current, onClose }: { version: number; current: number; onClose(): void }) {
  const t = useText();
  const notify = useNotify();
  const restore = useDo('restoreSettings', ['getSettings', 'listSettingsHistory', 'readHealth']);
  return (
    <Confirm
      title={t('history.restoreTitle', { version })}
      action={t('history.restore')}
      onClose={onClose}
      onConfirm={async () => {
        await restore.mutateAsync({ body: { version, current } });
        notify.done(t('history.restoredDone', { version }));
      }}
    >
      <Text>{t('history.restoreExplain')}</Text>
    </Confirm>
  );
}
