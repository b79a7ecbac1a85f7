/** The page alone: a token is pasted. It comes in the address of a link as well, then nobody sees this. */
import { Alert, Button, Card, Center, Code, Stack, Text, Textarea, Title } from '@mantine/core';
import { useState } from 'react';
import { useText } from '../i18n/context.tsx';
import { Brand } from '../ui/brand.tsx';

export function SignIn({ accept, again }: { accept: (token: string) => boolean; again: boolean }) {
  const t = useText();
  const [token, setToken] = useState('');
  const [isBad, setBad] = useState(false);
  return (
    <Center mih="100vh" p="md" component="main">
      <Card withBorder padding="xl" maw={520} w="100%" shadow="sm">
        <form
          onSubmit={(event) => {
            event.preventDefault();
            setBad(!accept(token.trim()));
          }}
        >
          <Stack>
            <Brand />
            <Title order={1}>{t('signIn.title')}</Title>
            {again && <Alert color="yellow">{t('signIn.expired')}</Alert>}
            <Text c="dimmed">{t('signIn.explain')}</Text>
            <Textarea
              label={t('signIn.token')}
              description={t('signIn.where')}
              value={token}
              onChange={(event) => setToken(event.currentTarget.value)}
              error={isBad && t('signIn.bad')}
              autosize={false}
              rows={4}
              required
              spellCheck={false}
              autoComplete="off"
              styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: '0.8rem' } }}
            />
            <Code block>npm run -s token -- --connection main --role manager</Code>
            <Button type="submit" disabled={token.trim() === ''}>
              {t('signIn.submit')}
            </Button>
          </Stack>
        </form>
      </Card>
    </Center>
  );
}
