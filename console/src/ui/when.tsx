import { Tooltip } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useFormats } from '../i18n/context.tsx';

const TICK_MS = 20_000;

/** How long ago; the exact time for who points at it, and for machines. */
export function When({ at }: { at: string }) {
  const { relative, exact } = useFormats();
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), TICK_MS);
    return () => clearInterval(timer);
  }, []);
  return (
    <Tooltip label={exact(at)}>
      <time dateTime={at}>{relative(at, now)}</time>
    </Tooltip>
  );
}
