/** Who is here, with what token, and the API that is asked with it. */
import { useMantineColorScheme } from '@mantine/core';
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { Api } from '../api/client.ts';
import { ApiContext } from '../api/hooks.ts';
import { useLocaleSwitch } from '../i18n/context.tsx';
import type { Claims } from './claims.ts';
import type { Config } from './config.ts';
import { type Frame, isEmbedded, openFrame } from './embed.ts';
import { OtherSession } from './other-session.tsx';
import { SignIn } from './sign-in.tsx';
import { TokenStore, tokenOfFragment } from './token-store.ts';
import { WaitingForParent } from './waiting.tsx';

/** So long before it expires another token is asked for. */
const AHEAD_MS = 30_000;

interface SessionValue extends Claims {
  isManager: boolean;
  frame: Frame | undefined;
  signOut(): void;
}

const SessionContext = createContext<SessionValue | undefined>(undefined);

export function useSession(): SessionValue {
  const value = useContext(SessionContext);
  if (value === undefined) throw new Error('useSession is used outside of the session.');
  return value;
}

const ConfigContext = createContext<Config>({ api: '', parents: [], downloads: [] });
export const useConfig = (): Config => useContext(ConfigContext);

const tokens = new TokenStore(!isEmbedded);
const fromFragment = tokenOfFragment();
const fromLink = fromFragment === undefined ? undefined : tokens.offer(fromFragment);

export function SessionProvider({ config, children }: { config: Config; children: ReactNode }) {
  const held = useSyncExternalStore(tokens.subscribe, tokens.current);
  const [offered, setOffered] = useState(fromLink);
  const frame = useFrame(config);
  const api = useMemo(
    () =>
      new Api({
        base: config.api,
        token: (signal) => tokens.next(signal),
        async refused(token) {
          tokens.drop(token);
          frame?.askForToken();
          // Waits for whoever signs in, or for the parent.
          return true;
        },
      }),
    [config.api, frame],
  );
  useRenewal(held?.claims.expiresAt, frame);
  // What was there stays on the page while another token is waited for.
  const [last, setLast] = useState<Claims>();
  if (held !== undefined && held.claims !== last) setLast(held.claims);
  const claims = held?.claims ?? last;
  const isMissing = held === undefined;
  const value = useMemo(
    () => claims && { ...claims, isManager: claims.role === 'manager', frame, signOut: () => tokens.drop() },
    [claims, frame],
  );
  if (held !== undefined && offered !== undefined) {
    return (
      <OtherSession
        current={held.claims}
        offered={offered.claims}
        stay={() => setOffered(undefined)}
        change={() => {
          tokens.set(offered.token);
          setOffered(undefined);
        }}
      />
    );
  }
  if (value === undefined || (isMissing && !isEmbedded)) {
    if (isEmbedded) return <WaitingForParent />;
    return <SignIn again={claims !== undefined} accept={(token) => tokens.set(token)} />;
  }
  return (
    <ApiContext value={api}>
      <ConfigContext value={config}>
        <SessionContext value={value}>{children}</SessionContext>
      </ConfigContext>
    </ApiContext>
  );
}

function useFrame({ parents }: Config): Frame | undefined {
  const { setColorScheme } = useMantineColorScheme();
  const { setLocale } = useLocaleSwitch();
  const [frame, setFrame] = useState<Frame>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: opened once, for as long as the page lives
  useEffect(() => {
    if (!isEmbedded) return;
    const opened = openFrame(parents, ({ token, locale, scheme }) => {
      if (scheme !== undefined) setColorScheme(scheme);
      if (locale !== undefined) setLocale(locale);
      tokens.set(token);
    });
    setFrame(opened);
  }, []);
  return frame;
}

/** Asks for another token before this one expires; without a parent it is forgotten when it does. */
function useRenewal(expiresAt: number | undefined, frame: Frame | undefined): void {
  useEffect(() => {
    if (expiresAt === undefined) return;
    const left = expiresAt - Date.now();
    // Timers count with 31 bits.
    const due = Math.min(Math.max(frame === undefined ? left : left - AHEAD_MS, 1_000), 2_000_000_000);
    const timer = setTimeout(() => (frame === undefined ? tokens.drop() : frame.askForToken()), due);
    return () => clearTimeout(timer);
  }, [expiresAt, frame]);
}
