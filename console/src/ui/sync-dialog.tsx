/** Starts a run, or looks first at what it would do. */
import { Alert, Button, Group, Modal, Radio, Select, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useLocation } from 'wouter';
import type { Body } from '../api/client.ts';
import { useDo } from '../api/hooks.ts';
import { asProblem } from '../api/problem.ts';
import { useFormats, useText } from '../i18n/context.tsx';
import { useEntityName } from './entity-name.ts';
import { Icon } from './icons.tsx';
import { useNotify } from './notify.ts';
import { carrierOf, isCarried, type RunEntity, runEntities } from './run-entities.ts';
import { ProblemNote } from './states.tsx';

type Mode = Body<'startRuns'>['mode'];

/** As many as a run takes by id. */
const MOST = 1_000;

interface SyncDialogProps {
  /** Absent: it is asked for. */
  entity?: string;
  /** Records that were chosen. */
  chosen?: readonly string[];
  onClose(): void;
}

export function SyncDialog({ entity: given, chosen = [], onClose }: SyncDialogProps) {
  const t = useText();
  const entityName = useEntityName();
  const { number } = useFormats();
  const notify = useNotify();
  const [, go] = useLocation();
  const ids = chosen.slice(0, MOST);
  const [entity, setEntity] = useState<RunEntity>(
    isCarried(given) ? carrierOf(given) : (runEntities.find((one) => one === given) ?? 'all'),
  );
  const [mode, setMode] = useState<Mode>(ids.length > 0 ? 'ids' : 'incremental');
  const start = useDo('startRuns', ['listRuns', 'listMappings']);
  const standing = start.isError ? (asProblem(start.error).current as { id?: string } | undefined)?.id : undefined;
  const run = (preview: boolean) =>
    start.mutate(
      { body: { entity, mode, ...(mode === 'ids' ? { ids: [...ids] } : {}), ...(preview ? { preview } : {}) } },
      {
        onSuccess({ runs }) {
          notify.done(t(preview ? 'sync.previewStarted' : 'sync.started'));
          onClose();
          const [first] = runs;
          if (first !== undefined) go(runs.length > 1 ? '/runs' : `/runs/${first.id}`);
        },
      },
    );
  const modes: readonly Mode[] = [...(ids.length > 0 ? (['ids'] as const) : []), 'incremental', 'full', 'sweep'];
  return (
    <Modal
      opened
      onClose={onClose}
      title={given === undefined ? t('sync.title') : t('sync.titleOf', { what: entityName(given, 'many') })}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      <Stack>
        {given === undefined && (
          <Select
            label={t('sync.what')}
            data={runEntities.map((value) => ({ value, label: entityName(value, 'many') }))}
            value={entity}
            onChange={(value) => setEntity((value ?? 'all') as RunEntity)}
            allowDeselect={false}
          />
        )}
        {isCarried(given) && <Alert icon={<Icon name="info" />}>{t(`sync.carried.${given}`)}</Alert>}
        <Radio.Group label={t('sync.which')} value={mode} onChange={(value) => setMode(value as Mode)}>
          <Stack gap="sm" mt="xs">
            {modes.map((value) => (
              <Radio
                key={value}
                value={value}
                label={t(`sync.${value}`, { n: ids.length, count: number(ids.length) })}
                description={value === 'ids' ? undefined : t(`sync.${value}Hint`)}
              />
            ))}
          </Stack>
        </Radio.Group>
        {start.isError && <ProblemNote error={start.error} />}
        {standing !== undefined && (
          <Button variant="light" onClick={() => go(`/runs/${standing}`)}>
            {t('sync.standing')}
          </Button>
        )}
        <Text size="sm" c="dimmed">
          {t('sync.previewHint')}
        </Text>
        <Group justify="flex-end">
          <Button
            variant="default"
            leftSection={<Icon name="eye" />}
            onClick={() => run(true)}
            loading={start.isPending && start.variables.body.preview === true}
          >
            {t('sync.preview')}
          </Button>
          <Button
            leftSection={<Icon name="run" />}
            onClick={() => run(false)}
            loading={start.isPending && start.variables.body.preview !== true}
          >
            {t('sync.button')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
