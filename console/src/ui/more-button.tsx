import { Button, Center } from '@mantine/core';
import { useText } from '../i18n/context.tsx';

interface MoreList {
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
  fetchNextPage(): Promise<unknown>;
}

/** The next page of a list, if there is one. */
export function MoreButton({ list }: { list: MoreList }) {
  const t = useText();
  if (!list.hasNextPage) return null;
  return (
    <Center>
      <Button variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
        {t('table.more')}
      </Button>
    </Center>
  );
}
