import { Progress, Radio, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useApi, useAskAgain } from '../../api/hooks.ts';
import { useFormats, useText } from '../../i18n/context.tsx';
import { Confirm } from '../../ui/confirm.tsx';
import { useNotify } from '../../ui/notify.ts';

/** Clears the log, a piece per request. */
export function ClearDialog({ onClose }: { onClose(): void }) {
  const t = useText();
  const api = useApi();
  const again = useAskAgain();
  const notify = useNotify();
  const { number } = useFormats();
  const [scope, setScope] = useState('before');
  const [day, setDay] = useState('');
  const [deleted, setDeleted] = useState<number>();
  const clear = async () => {
    const query = scope === 'before' ? { before: new Date(day).toISOString() } : {};
    let total = 0;
    for (let more = true; more; ) {
      const answer = await api.ask('clearLogs', { query });
      total += answer.deleted;
      more = answer.more;
      setDeleted(total);
    }
    again(['listLogs']);
    notify.done(t('clear.done', { n: total, count: number(total) }));
  };
  return (
    <Confirm
      title={t('clear.title')}
      action={t('logs.clear')}
      isDangerous
      isReady={scope === 'all' || !Number.isNaN(new Date(day).getTime())}
      onClose={onClose}
      onConfirm={clear}
    >
      <Stack>
        <Text>{t('clear.explain')}</Text>
        <Radio.Group value={scope} onChange={setScope} aria-label={t('clear.title')}>
          <Stack gap="xs">
            <Radio value="before" label={t('clear.before')} />
            <TextInput
              type="date"
              aria-label={t('clear.day')}
              value={day}
              onChange={({ currentTarget }) => setDay(currentTarget.value)}
              disabled={scope !== 'before'}
              ml={32}
              w={200}
            />
            <Radio value="all" label={t('clear.all')} />
          </Stack>
        </Radio.Group>
        {deleted !== undefined && (
          <>
            <Progress value={100} animated aria-label={t('clear.title')} />
            <Text size="sm" role="status">
              {t('clear.sofar', { n: deleted, count: number(deleted) })}
            </Text>
          </>
        )}
      </Stack>
    </Confirm>
  );
}
