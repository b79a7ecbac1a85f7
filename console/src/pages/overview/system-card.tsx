import { Card, Stack, Text, Title } from '@mantine/core';
import { useAsk } from '../../api/hooks.ts';
import { useFormats, useText } from '../../i18n/context.tsx';
import { Facts } from '../../ui/facts.tsx';
import { When } from '../../ui/when.tsx';
import type { Health } from './overview.tsx';

const SOON_MS = 14 * 86_400_000;

/** Odoo, the store, the pace and the key. */
export function SystemCard({ health }: { health: Health }) {
  const t = useText();
  const { number, day } = useFormats();
  const settings = useAsk('getSettings', {});
  const { odoo, pace, keyExpiresAt, keyExpiryIs } = health;
  const isSoon = keyExpiresAt !== null && Date.parse(keyExpiresAt) - Date.now() < SOON_MS;
  const calls = pace?.lastMinute.calls ?? 0;
  const allowed = pace?.allowedPerMinute ?? null;
  return (
    <Card withBorder padding="lg" component="section">
      <Title order={2} size="h4" mb="sm">
        {t('system.title')}
      </Title>
      <Stack>
        <Facts
          facts={[
            [
              t('system.odoo'),
              odoo.version === null ? t('system.unknown') : `${odoo.version} (${odoo.transport ?? ''})`,
            ],
            [
              t('system.answered'),
              odoo.answeredAt === null ? t('records.never') : <When key="answered" at={odoo.answeredAt} />,
            ],
            [
              t('system.pace'),
              pace === null
                ? null
                : allowed === null
                  ? t('system.paceFree', { calls: number(calls), n: calls })
                  : t('system.paceOf', { calls: number(calls), allowed: number(allowed) }),
            ],
            [
              t('system.key'),
              keyExpiresAt === null
                ? t('system.keyUnknown')
                : t(keyExpiryIs === 'assumed' ? 'system.keyAssumed' : 'system.keyTold', { day: day(keyExpiresAt) }),
            ],
            [t('settings.login'), settings.data?.login.user],
            [t('system.store'), storeOf(settings.data?.settings?.exportUrl)],
          ]}
        />
        {isSoon && keyExpiresAt !== null && (
          <Text c="var(--app-warn)" fw={600}>
            {t('system.keySoon', { day: day(keyExpiresAt) })}
          </Text>
        )}
      </Stack>
    </Card>
  );
}

const storeOf = (url: string | undefined): string | null =>
  url === undefined || !URL.canParse(url) ? null : new URL(url).host;
