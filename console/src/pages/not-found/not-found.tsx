import { Button } from '@mantine/core';
import { Link } from 'wouter';
import { useText } from '../../i18n/context.tsx';
import { Page } from '../../ui/page.tsx';
import { Empty } from '../../ui/states.tsx';

export default function NotFound() {
  const t = useText();
  return (
    <Page title={t('notFound.title')}>
      <Empty
        icon="search"
        title={t('notFound.what')}
        action={
          <Button component={Link} href="/">
            {t('notFound.home')}
          </Button>
        }
      >
        {t('notFound.hint')}
      </Empty>
    </Page>
  );
}
