import { List, Progress, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Answer } from '../../api/client.ts';
import { useAsk, useDo } from '../../api/hooks.ts';
import { useFormats, useText } from '../../i18n/context.tsx';
import { Confirm } from '../../ui/confirm.tsx';
import { useEntityName } from '../../ui/entity-name.ts';
import { useNotify } from '../../ui/notify.ts';
import { Busy, ProblemNote } from '../../ui/states.tsx';

/** Shows what a reset would forget, and does it once somebody has typed how many that are. */
export function ResetDialog({ scope, onClose }: { scope: string; onClose(): void }) {
  const t = useText();
  const forget = useDo('resetMappings', ['listMappings', 'listMappingResets']);
  const notify = useNotify();
  const entityName = useEntityName();
  const { number } = useFormats();
  const preview = useAsk('previewMappingReset', { body: { entity: scope } }, { retry: false });
  const [typed, setTyped] = useState('');
  const [going, setGoing] = useState<Answer<'resetMappings'>>();
  const counts = Object.entries(preview.data?.counts ?? {}).filter(([, count]) => count > 0);
  const total = counts.reduce((sum, [, count]) => sum + count, 0);
  const reset = async () => {
    const expect = preview.data?.counts ?? {};
    // A call does as much as it has time for; the same one goes on.
    for (let answer: Answer<'resetMappings'> | undefined; answer?.state !== 'removed'; ) {
      answer = await forget.mutateAsync({ body: { entity: scope, expect } });
      setGoing(answer);
    }
    notify.done(t('reset.done', { n: total, count: number(total) }));
  };
  return (
    <Confirm
      title={t('reset.dialog', { what: entityName(scope, 'many') })}
      action={t('reset.button')}
      isDangerous
      isReady={total > 0 && typed.trim() === String(total)}
      onClose={onClose}
      onConfirm={reset}
    >
      <Stack>
        {preview.isPending && <Busy label={t('reset.counting')} />}
        {preview.isError && <ProblemNote error={preview.error} retry={() => void preview.refetch()} />}
        {preview.isSuccess && total === 0 && <Text>{t('reset.nothing')}</Text>}
        {total > 0 && (
          <>
            <Text>{t('reset.explain')}</Text>
            <List>
              {counts.map(([entity, count]) => (
                <List.Item key={entity}>
                  {entityName(entity, 'many')}: {number(count)}
                </List.Item>
              ))}
            </List>
            <TextInput
              label={t('reset.type', { total })}
              value={typed}
              onChange={({ currentTarget }) => setTyped(currentTarget.value)}
              inputMode="numeric"
              autoComplete="off"
            />
          </>
        )}
        {going !== undefined && (
          <Progress value={(going.done / Math.max(going.of, 1)) * 100} animated aria-label={t('reset.button')} />
        )}
      </Stack>
    </Confirm>
  );
}
