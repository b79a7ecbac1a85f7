import { ActionIcon, Anchor, Code, Menu, Modal, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'wouter';
import type { Answer } from '../../api/client.ts';
import { useAsk, useDo, usePages } from '../../api/hooks.ts';
import { useText } from '../../i18n/context.tsx';
import { useSession } from '../../session/session.tsx';
import { type Column, DataTable } from '../../ui/data-table.tsx';
import { useEntityName } from '../../ui/entity-name.ts';
import { Icon } from '../../ui/icons.tsx';
import { MoreButton } from '../../ui/more-button.tsx';
import { useNotify } from '../../ui/notify.ts';
import { Loading, ProblemNote } from '../../ui/states.tsx';
import { When } from '../../ui/when.tsx';
import { recordPath } from '../records/states.ts';

type Failure = Answer<'listFailures'>['failures'][number];

const TOUCHES = ['listFailures', 'listFailureCauses', 'readHealth'] as const;

/** The records that wait for one cause. */
export function FailureList({ cause }: { cause: string }) {
  const t = useText();
  const entityName = useEntityName();
  const list = usePages('listFailures', { query: { cause } }, { every: 5_000 });
  const [looking, setLooking] = useState<Failure>();
  const rows = list.data?.pages.flatMap((page) => page.failures) ?? [];
  const nameOf = ({ entity, recordId }: Failure) => `${entityName(entity)} ${recordId}`;
  const columns: Column<Failure>[] = [
    {
      key: 'record',
      header: t('logs.record'),
      kind: 'title',
      render: (row) => (
        <Anchor component={Link} href={recordPath(row.entity, row.recordId)} fw={550} c="inherit">
          {nameOf(row)}
        </Anchor>
      ),
    },
    {
      key: 'message',
      header: t('logs.message'),
      render: ({ message }) => (
        <Text size="sm" maw="60ch">
          {message}
        </Text>
      ),
    },
    { key: 'attempts', header: t('failures.attempts'), kind: 'end', render: ({ attempts }) => attempts },
    { key: 'last', header: t('failures.last'), render: ({ lastAt }) => <When at={lastAt} /> },
    {
      key: 'actions',
      header: t('table.actions'),
      kind: 'actions',
      render: (row) => <FailureMenu failure={row} name={nameOf(row)} look={() => setLooking(row)} />,
    },
  ];
  if (list.isPending) return <Loading rows={3} />;
  if (list.isError) return <ProblemNote error={list.error} retry={() => void list.refetch()} />;
  return (
    <Stack gap="sm">
      {rows.length === 0 ? (
        <Text c="dimmed">{t('failures.gone')}</Text>
      ) : (
        <DataTable
          label={t('failures.records')}
          columns={columns}
          rows={rows}
          keyOf={({ entity, recordId }) => `${entity}/${recordId}`}
          nameOf={nameOf}
        />
      )}
      <MoreButton list={list} />
      {looking !== undefined && <EventDialog failure={looking} onClose={() => setLooking(undefined)} />}
    </Stack>
  );
}

function FailureMenu({ failure, name, look }: { failure: Failure; name: string; look: () => void }) {
  const t = useText();
  const notify = useNotify();
  const { isManager } = useSession();
  const { entity, recordId } = failure;
  const replay = useDo('replayFailures', TOUCHES);
  const dismiss = useDo('dismissFailure', TOUCHES);
  return (
    <Menu position="bottom-end" shadow="md">
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" aria-label={t('table.actionsOf', { name })}>
          <Icon name="more" />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<Icon name="eye" size={16} />} onClick={look}>
          {t('failures.event')}
        </Menu.Item>
        {isManager && (
          <>
            <Menu.Item
              leftSection={<Icon name="run" size={16} />}
              onClick={() =>
                replay.mutate(
                  { body: { entity, recordId } },
                  {
                    onSuccess: ({ sent }) => notify.done(t('failures.sent', { n: sent, count: sent })),
                    onError: notify.failed,
                  },
                )
              }
            >
              {t('failures.replayOne')}
            </Menu.Item>
            <Menu.Item
              leftSection={<Icon name="trash" size={16} />}
              onClick={() =>
                dismiss.mutate(
                  { params: { entity, recordId } },
                  {
                    onSuccess: () => notify.done(t('failures.dismissed', { n: 1, count: 1 })),
                    onError: notify.failed,
                  },
                )
              }
            >
              {t('failures.dismissOne')}
            </Menu.Item>
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}

/** The event that was parked, without what it says of people. */
function EventDialog({ failure: { entity, recordId }, onClose }: { failure: Failure; onClose(): void }) {
  const t = useText();
  const asked = useAsk('getFailure', { params: { entity, recordId } });
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={t('failures.event')}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      <Stack>
        <Text size="sm" c="dimmed">
          {t('failures.eventHint')}
        </Text>
        {asked.isPending && <Loading rows={3} />}
        {asked.isError && <ProblemNote error={asked.error} retry={() => void asked.refetch()} />}
        {asked.data !== undefined && (
          <Code block>{asked.data.raw ?? JSON.stringify(asked.data.body, undefined, 2)}</Code>
        )}
      </Stack>
    </Modal>
  );
}
