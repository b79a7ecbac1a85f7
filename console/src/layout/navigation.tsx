import { Link, useLocation } from 'wouter';
import { useAsk } from '../api/hooks.ts';
import { useFormats, useText } from '../i18n/context.tsx';
import { Icon } from '../ui/icons.tsx';
import { navigation } from './nav.ts';
import classes from './shell.module.css';

/** The menu. @param onChoose told when a page was chosen, so that a drawer can close */
export function Navigation({ onChoose }: { onChoose?: () => void }) {
  const t = useText();
  const { number } = useFormats();
  const [path] = useLocation();
  const failures = useAsk('readHealth', {}, { every: 15_000 }).data?.failures.records ?? 0;
  return (
    <nav className={classes.nav} aria-label={t('nav.label')}>
      {navigation.map(({ label, items }) => (
        <div key={label}>
          <div className={classes.group} id={`nav-${label}`}>
            {t(label)}
          </div>
          <ul aria-labelledby={`nav-${label}`}>
            {items.map((item) => {
              const isHere = item.href === '/' ? path === '/' : path === item.href || path.startsWith(`${item.href}/`);
              return (
                <li key={item.href}>
                  <Link
                    href={item.href}
                    className={classes.item}
                    aria-current={isHere ? 'page' : undefined}
                    onClick={onChoose}
                  >
                    <Icon name={item.icon} />
                    <span>{t(item.label)}</span>
                    {item.href === '/failures' && failures > 0 && (
                      <span className={classes.count}>
                        {number(failures)}
                        <span className={classes.hidden}> {t('nav.waiting')}</span>
                      </span>
                    )}
                  </Link>
                </li>
              );
            })}
          </ul>
        </div>
      ))}
    </nav>
  );
}
