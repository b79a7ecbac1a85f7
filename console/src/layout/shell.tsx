/** What is around every page: the menu, who is here, how it goes; on a phone and in a frame the menu is a drawer. */
import { ActionIcon, Drawer } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { type ReactNode, useEffect, useSyncExternalStore } from 'react';
import { useLocation, useSearch } from 'wouter';
import { useText } from '../i18n/context.tsx';
import { isEmbedded } from '../session/embed.ts';
import { useSession } from '../session/session.tsx';
import { Brand } from '../ui/brand.tsx';
import { Icon } from '../ui/icons.tsx';
import { HealthLight } from './health-light.tsx';
import { Navigation } from './navigation.tsx';
import { Preferences } from './preferences.tsx';
import classes from './shell.module.css';

export function Shell({ children }: { children: ReactNode }) {
  const t = useText();
  const [isOpen, menu] = useDisclosure(false);
  const isOnline = useOnline();
  useToldPath();
  return (
    <div className={classes.shell} data-embedded={isEmbedded || undefined}>
      <a className={classes.skip} href="#content">
        {t('nav.skip')}
      </a>
      <aside className={classes.side}>
        <div className={classes.brand}>
          <Brand />
        </div>
        <Navigation />
      </aside>
      <header className={classes.top}>
        <ActionIcon
          className={classes.burger}
          variant="subtle"
          color="gray"
          size="lg"
          onClick={menu.open}
          aria-label={t('nav.open')}
        >
          <Icon name="menu" />
        </ActionIcon>
        <HealthLight />
        <Preferences />
      </header>
      <main className={classes.main} id="content" tabIndex={-1}>
        {!isOnline && (
          <div className={classes.offline} role="status">
            <Icon name="offline" /> {t('state.offline')}
          </div>
        )}
        {children}
      </main>
      <Drawer
        opened={isOpen}
        onClose={menu.close}
        size={300}
        title={<Brand />}
        closeButtonProps={{ 'aria-label': t('action.close') }}
      >
        <Navigation onChoose={menu.close} />
      </Drawer>
    </div>
  );
}

const subscribe = (listener: () => void) => {
  window.addEventListener('online', listener);
  window.addEventListener('offline', listener);
  return () => {
    window.removeEventListener('online', listener);
    window.removeEventListener('offline', listener);
  };
};
const useOnline = () => useSyncExternalStore(subscribe, () => navigator.onLine);

/** The store's admin keeps a deep link of where its frame is. */
function useToldPath(): void {
  const { frame } = useSession();
  const [path] = useLocation();
  const search = useSearch();
  useEffect(() => {
    const query = new URLSearchParams(search);
    query.delete('embed');
    frame?.tellPath(query.size === 0 ? path : `${path}?${query}`);
  }, [frame, path, search]);
}
