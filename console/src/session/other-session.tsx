/** A link that would end this session for another connection's: whoever made it may want to be told things. */
import { Button, Card, Center, Group, Stack, Text, Title } from '@mantine/core';
import { useText } from '../i18n/context.tsx';
import { Brand } from '../ui/brand.tsx';
import type { Claims } from './claims.ts';

interface OtherSessionProps {
  /** Who is signed in. */
  current: Claims;
  /** Who the link signs in. */
  offered: Claims;
  stay(): void;
  change(): void;
}

export function OtherSession({ current, offered, stay, change }: OtherSessionProps) {
  const t = useText();
  return (
    <Center mih="100vh" p="md" component="main">
      <Card withBorder padding="xl" maw={520} w="100%" shadow="sm">
        <Stack>
          <Brand />
          <Title order={1}>{t('otherSession.title')}</Title>
          <Text>
            {t('otherSession.what', { current: current.connection, other: offered.connection, user: offered.user })}
          </Text>
          <Text c="dimmed">{t('otherSession.hint')}</Text>
          <Group>
            <Button onClick={stay}>{t('otherSession.stay', { current: current.connection })}</Button>
            <Button variant="default" onClick={change}>
              {t('otherSession.change', { other: offered.connection })}
            </Button>
          </Group>
        </Stack>
      </Card>
    </Center>
  );
}
