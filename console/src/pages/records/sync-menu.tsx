/** Starts a run of an entity, or of the records that were chosen. */
import { Button, Menu } from '@mantine/core';
import { useLocation } from 'wouter';
import type { Body } from '../../api/client.ts';
import { useDo } from '../../api/hooks.ts';
import { asProblem } from '../../api/problem.ts';
import { useFormats, useText } from '../../i18n/context.tsx';
import type { RecordEntity } from '../../layout/nav.ts';
import { Icon } from '../../ui/icons.tsx';
import { useNotify } from '../../ui/notify.ts';

/** What an entity's records come with: of these the store sends no list of its own. */
const carriedBy = { address: 'customer', 'option-value': 'option' } as const;
type Carried = keyof typeof carriedBy;
const isCarriedBy = (entity: RecordEntity): entity is Carried => Object.hasOwn(carriedBy, entity);

/** As many as a run takes by id. */
const MOST = 1_000;

export const runEntityOf = (entity: RecordEntity): Body<'startRuns'>['entity'] =>
  isCarriedBy(entity) ? carriedBy[entity] : entity;

interface SyncMenuProps {
  entity: RecordEntity;
  chosen: readonly string[];
  onStarted(): void;
}

export function SyncMenu({ entity, chosen, onStarted }: SyncMenuProps) {
  const t = useText();
  const { number } = useFormats();
  const notify = useNotify();
  const [, go] = useLocation();
  const start = useDo('startRuns', ['listRuns', 'listMappings']);
  const run = (mode: 'full' | 'incremental' | 'sweep' | 'ids') =>
    start.mutate(
      { body: { entity: runEntityOf(entity), mode, ...(mode === 'ids' ? { ids: chosen.slice(0, MOST) } : {}) } },
      {
        onSuccess({ runs: [first] }) {
          onStarted();
          notify.done(t('sync.started'));
          if (first !== undefined) go(`/runs/${first.id}`);
        },
        onError(error) {
          // A run that stands in the way is what one wants to see.
          const standing = asProblem(error).current as { id?: string } | undefined;
          notify.failed(error);
          if (standing?.id !== undefined) go(`/runs/${standing.id}`);
        },
      },
    );
  const isCarried = isCarriedBy(entity);
  return (
    <Menu position="bottom-end" width={300} shadow="md">
      <Menu.Target>
        <Button leftSection={<Icon name="run" />} loading={start.isPending}>
          {chosen.length > 0 && !isCarried ? t('sync.chosen', { count: number(chosen.length) }) : t('sync.button')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {isCarried && <Menu.Label>{t(`sync.carried.${entity}`)}</Menu.Label>}
        {chosen.length > 0 && !isCarried && (
          <>
            <Menu.Item onClick={() => run('ids')}>
              {t('sync.ids', { n: chosen.length, count: number(chosen.length) })}
            </Menu.Item>
            <Menu.Divider />
          </>
        )}
        <Menu.Item onClick={() => run('incremental')}>
          {t('sync.incremental')}
          <div>{t('sync.incrementalHint')}</div>
        </Menu.Item>
        <Menu.Item onClick={() => run('full')}>
          {t('sync.full')}
          <div>{t('sync.fullHint')}</div>
        </Menu.Item>
        <Menu.Item onClick={() => run('sweep')}>
          {t('sync.sweep')}
          <div>{t('sync.sweepHint')}</div>
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
