/** A word with a dot: what state something is in, never by colour alone. */
import classes from './badge.module.css';

export type Tone = 'good' | 'warn' | 'bad' | 'calm' | 'accent';

export function Badge({ tone, children }: { tone: Tone; children: string }) {
  return (
    <span className={classes.badge} data-tone={tone}>
      <span className={classes.dot} aria-hidden="true" />
      {children}
    </span>
  );
}
