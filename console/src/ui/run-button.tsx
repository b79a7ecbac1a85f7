import { Button } from '@mantine/core';
import { useLocation } from 'wouter';
import { useDo } from '../api/hooks.ts';
import { useText } from '../i18n/context.tsx';
import { useSession } from '../session/session.tsx';
import { Icon } from './icons.tsx';
import { useNotify } from './notify.ts';
import type { RunEntity } from './run-entities.ts';

/** Starts a run of everything of an entity, and leads to it. */
export function RunButton({ entity, label }: { entity: RunEntity; label: string }) {
  const t = useText();
  const notify = useNotify();
  const { isManager } = useSession();
  const [, go] = useLocation();
  const start = useDo('startRuns', ['listRuns']);
  if (!isManager) return null;
  return (
    <Button
      leftSection={<Icon name="run" />}
      loading={start.isPending}
      onClick={() =>
        start.mutate(
          { body: { entity, mode: 'full' } },
          {
            onSuccess({ runs: [run] }) {
              notify.done(t('sync.started'));
              if (run !== undefined) go(`/runs/${run.id}`);
            },
            onError: notify.failed,
          },
        )
      }
    >
      {label}
    </Button>
  );
}
