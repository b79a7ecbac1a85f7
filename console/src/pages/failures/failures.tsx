/** What keeps records from Odoo: one card per cause, with who can mend it and the means to do so at once. */
import { Button, Stack } from '@mantine/core';
import { useState } from 'react';
import { useApi, useAskAgain, usePages } from '../../api/hooks.ts';
import { useFormats, useText } from '../../i18n/context.tsx';
import { useSession } from '../../session/session.tsx';
import { Icon } from '../../ui/icons.tsx';
import { MoreButton } from '../../ui/more-button.tsx';
import { useNotify } from '../../ui/notify.ts';
import { Page } from '../../ui/page.tsx';
import { Empty, Loading, ProblemNote } from '../../ui/states.tsx';
import { useFilters } from '../../ui/use-filters.ts';
import { CauseCard } from './cause-card.tsx';
import { replayAll } from './replay.ts';

const REFRESH_MS = 5_000;

export default function Failures() {
  const t = useText();
  const api = useApi();
  const again = useAskAgain();
  const notify = useNotify();
  const { number } = useFormats();
  const { isManager } = useSession();
  const [filters, setFilters] = useFilters(['cause']);
  const [isReplaying, setReplaying] = useState(false);
  const list = usePages('listFailureCauses', { query: {} }, { every: REFRESH_MS });
  const causes = list.data?.pages.flatMap((page) => page.causes) ?? [];
  const replay = async () => {
    setReplaying(true);
    try {
      const sent = await replayAll(api, { all: true });
      notify.done(t('failures.sent', { n: sent, count: number(sent) }));
    } catch (error) {
      notify.failed(error);
    } finally {
      setReplaying(false);
      again(['listFailureCauses', 'listFailures', 'readHealth']);
    }
  };
  return (
    <Page
      title={t('failures.title')}
      lead={t('failures.lead')}
      actions={
        isManager &&
        causes.length > 0 && (
          <Button
            variant="default"
            leftSection={<Icon name="run" />}
            loading={isReplaying}
            onClick={() => void replay()}
          >
            {t('failures.replayAll')}
          </Button>
        )
      }
    >
      {list.isPending && <Loading />}
      {list.isError && <ProblemNote error={list.error} retry={() => void list.refetch()} />}
      {list.isSuccess && causes.length === 0 && !list.hasNextPage && (
        <Empty icon="check" title={t('failures.none')}>
          {t('failures.noneHint')}
        </Empty>
      )}
      <Stack>
        {causes.map((cause) => (
          <CauseCard
            key={cause.cause}
            cause={cause}
            isOpen={filters.cause === cause.cause}
            toggle={() => setFilters({ cause: filters.cause === cause.cause ? '' : cause.cause })}
          />
        ))}
        <MoreButton list={list} />
      </Stack>
    </Page>
  );
}
