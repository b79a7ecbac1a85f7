import { Button, Card, Collapse, Group, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import type { Answer } from '../../api/client.ts';
import { useApi, useAskAgain } from '../../api/hooks.ts';
import { useFormats, useText } from '../../i18n/context.tsx';
import { useErrorText } from '../../i18n/errors.ts';
import { useSession } from '../../session/session.tsx';
import { Badge } from '../../ui/badge.tsx';
import { Confirm } from '../../ui/confirm.tsx';
import { useEntityName } from '../../ui/entity-name.ts';
import { Icon } from '../../ui/icons.tsx';
import { useNotify } from '../../ui/notify.ts';
import { When } from '../../ui/when.tsx';
import { FailureList } from './failure-list.tsx';
import { FixButton } from './fix-button.tsx';
import { dismissAll, replayAll } from './replay.ts';

export type Cause = Answer<'listFailureCauses'>['causes'][number];

const kindTones = { transient: 'calm', blocked: 'warn', invalid: 'bad' } as const;

interface CauseCardProps {
  cause: Cause;
  isOpen: boolean;
  toggle(): void;
}

export function CauseCard({ cause, isOpen, toggle }: CauseCardProps) {
  const t = useText();
  const api = useApi();
  const again = useAskAgain();
  const notify = useNotify();
  const errorText = useErrorText();
  const entityName = useEntityName();
  const { number, list } = useFormats();
  const { isManager } = useSession();
  const [isReplaying, setReplaying] = useState(false);
  const [isDismissing, setDismissing] = useState(false);
  const { title, remedy } = errorText(cause.code);
  const waiting = Object.entries(cause.byEntity).map(
    ([entity, count]) => `${number(count)} ${entityName(entity, count === 1 ? 'one' : 'many')}`,
  );
  const refresh = () => again(['listFailureCauses', 'listFailures', 'readHealth']);
  const replay = async () => {
    setReplaying(true);
    try {
      const sent = await replayAll(api, { cause: cause.cause });
      notify.done(t('failures.sent', { n: sent, count: number(sent) }));
    } catch (error) {
      notify.failed(error);
    } finally {
      setReplaying(false);
      refresh();
    }
  };
  return (
    <Card withBorder padding="lg" component="article">
      <Stack gap="sm">
        <Group justify="space-between" align="flex-start">
          <Stack gap={4} flex="1 1 20rem">
            <Group gap="sm">
              <Title order={2} size="h4">
                {title}
              </Title>
              <Badge tone={kindTones[cause.kind]}>{t(`failureKind.${cause.kind}`)}</Badge>
            </Group>
            <Text fw={550}>{t('failures.waiting', { what: list(waiting), more: cause.isMore ? '+' : '' })}</Text>
          </Stack>
          <Group gap="xs">
            {isManager && <FixButton cause={cause} />}
            {isManager && (
              <Button
                variant="default"
                leftSection={<Icon name="run" />}
                loading={isReplaying}
                onClick={() => void replay()}
              >
                {t('failures.replay')}
              </Button>
            )}
          </Group>
        </Group>
        <Text size="sm" maw="80ch">
          {cause.message}
        </Text>
        <Text size="sm" maw="80ch">
          <strong>{t('failures.who')}</strong> {remedy || cause.remedy}
        </Text>
        <Group gap="md" justify="space-between">
          <Text size="sm" c="dimmed">
            <code>{cause.code}</code> · {t('failures.since')} <When at={cause.firstAt} /> · {t('failures.next')}{' '}
            {cause.nextTrialAt === null ? t('failures.never') : <When at={cause.nextTrialAt} />}
          </Text>
          <Group gap="xs">
            {isManager && (
              <Button variant="subtle" color="red" size="compact-sm" onClick={() => setDismissing(true)}>
                {t('failures.dismiss')}
              </Button>
            )}
            <Button variant="subtle" size="compact-sm" onClick={toggle} aria-expanded={isOpen}>
              {t(isOpen ? 'failures.hide' : 'failures.show')}
            </Button>
          </Group>
        </Group>
        <Collapse expanded={isOpen}>{isOpen && <FailureList cause={cause.cause} />}</Collapse>
      </Stack>
      {isDismissing && (
        <Confirm
          title={t('failures.dismissTitle', { title })}
          action={t('failures.dismiss')}
          isDangerous
          onClose={() => setDismissing(false)}
          onConfirm={async () => {
            const count = await dismissAll(api, cause.cause);
            refresh();
            notify.done(t('failures.dismissed', { n: count, count: number(count) }));
          }}
        >
          <Text>{t('failures.dismissExplain', { what: list(waiting) })}</Text>
        </Confirm>
      )}
    </Card>
  );
}
