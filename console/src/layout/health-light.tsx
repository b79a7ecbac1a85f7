import { Link } from 'wouter';
import { useAsk } from '../api/hooks.ts';
import { useText } from '../i18n/context.tsx';
import { useSession } from '../session/session.tsx';
import { Badge, type Tone } from '../ui/badge.tsx';
import classes from './shell.module.css';

export const healthTones = { ok: 'good', degraded: 'warn', down: 'bad' } as const satisfies Record<string, Tone>;

/** How it goes, in a word, wherever one is; it leads to the overview. */
export function HealthLight() {
  const t = useText();
  const { connection } = useSession();
  const health = useAsk('readHealth', {}, { every: 15_000 });
  // What has no words yet is a link all the same.
  const name = health.isPending ? t('overview.title') : undefined;
  return (
    <div className={classes.health}>
      <span className={classes.connection}>{connection}</span>
      <Link href="/" className={classes.light} aria-live="polite" aria-label={name}>
        {health.data !== undefined && (
          <Badge tone={healthTones[health.data.status]}>{t(`health.${health.data.status}`)}</Badge>
        )}
        {health.isError && health.data === undefined && <Badge tone="calm">{t('health.unknown')}</Badge>}
      </Link>
    </div>
  );
}
