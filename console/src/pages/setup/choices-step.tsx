import { Anchor, Button, Group, Stack } from '@mantine/core';
import { Link } from 'wouter';
import { useText } from '../../i18n/context.tsx';
import { RecordsTab } from '../settings/records-tab.tsx';

/** What becomes of products, orders and stock; the defaults do for most. */
export function ChoicesStep({ onDone }: { onDone(): void }) {
  const t = useText();
  return (
    <Stack>
      <RecordsTab />
      <Group justify="space-between">
        <Group gap="md">
          <Anchor component={Link} href="/order-status" size="sm">
            {t('setup.statuses')}
          </Anchor>
          <Anchor component={Link} href="/settings?tab=rules" size="sm">
            {t('setup.rules')}
          </Anchor>
        </Group>
        <Button onClick={onDone}>{t('setup.next')}</Button>
      </Group>
    </Stack>
  );
}
