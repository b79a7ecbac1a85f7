import { Center, Loader, Stack, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useText } from '../i18n/context.tsx';

const PATIENCE_MS = 10_000;

/** In a frame, until the store's admin has handed over a token. */
export function WaitingForParent() {
  const t = useText();
  const [isLong, setLong] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLong(true), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <Center mih="100vh" component="main">
      <Stack align="center" maw={420} p="lg" aria-live="polite">
        <Loader aria-hidden />
        <Text ta="center">{t(isLong ? 'session.parentSilent' : 'session.waiting')}</Text>
      </Stack>
    </Center>
  );
}
