import { Button, Group, Progress, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useDo } from '../../api/hooks.ts';
import { useText } from '../../i18n/context.tsx';
import { useEntityName } from '../../ui/entity-name.ts';
import { Icon } from '../../ui/icons.tsx';
import { Empty, ProblemNote } from '../../ui/states.tsx';
import { isGoingOn } from '../runs/run-state.tsx';
import { Suggestions } from './suggestions.tsx';
import type { Previews } from './use-previews.ts';

/** Looks at everything the store has, and shows which of it Odoo seems to have already. */
export function MatchStep({ previews, onDone }: { previews: Previews; onDone(): void }) {
  const t = useText();
  const entityName = useEntityName();
  const start = useDo('startRuns', ['listRuns']);
  const [isAccepted, setAccepted] = useState(false);
  const begin = () => start.mutate({ body: { entity: 'all', mode: 'full', preview: true } });
  const over = previews.runs.filter((run) => !isGoingOn(run)).length;
  const current = previews.runs.find(({ state }) => state === 'running' || state === 'waiting');
  const withMatches = previews.runs.filter(({ progress }) => progress.adopted > 0);
  return (
    <Stack>
      <Group>
        <Button
          variant={previews.runs.length > 0 ? 'default' : 'filled'}
          leftSection={<Icon name="eye" />}
          loading={start.isPending}
          disabled={previews.isGoingOn}
          onClick={begin}
        >
          {t(previews.runs.length > 0 ? 'match.again' : 'match.start')}
        </Button>
      </Group>
      {start.isError && <ProblemNote error={start.error} />}
      {previews.isGoingOn && (
        <div>
          <Progress value={(over / previews.runs.length) * 100} animated aria-label={t('match.looking')} mb={6} />
          <Text size="sm" role="status">
            {t('match.looking')}
            {current !== undefined && ` ${entityName(current.entity, 'many')}`}
          </Text>
        </div>
      )}
      {previews.isComplete && withMatches.length === 0 && (
        <Empty icon="check" title={t('match.none')}>
          {t('match.noneHint')}
        </Empty>
      )}
      {previews.isComplete && withMatches.map((run) => <Suggestions key={run.id} run={run} isAccepted={isAccepted} />)}
      {previews.isComplete && (
        <Group justify="flex-end">
          {withMatches.length > 0 && !isAccepted && (
            <Text size="sm" c="dimmed">
              {t('match.acceptHint')}
            </Text>
          )}
          <Button
            onClick={() => {
              setAccepted(true);
              onDone();
            }}
          >
            {t(withMatches.length > 0 ? 'match.acceptAll' : 'setup.next')}
          </Button>
        </Group>
      )}
    </Stack>
  );
}
