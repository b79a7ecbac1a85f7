/** The page in a frame of the store's admin: how it gets its token, and tells where it is. */

const PREFIX = 'opencart-odoo:';
const VERSION = 1;

export const isEmbedded: boolean =
  window.parent !== window && new URLSearchParams(window.location.search).get('embed') === '1';

export interface Handed {
  token: string;
  /** E.g. `en-gb`. */
  locale: string | undefined;
  scheme: 'light' | 'dark' | 'auto' | undefined;
}

export interface Frame {
  askForToken(): void;
  tellPath(path: string): void;
}

/**
 * Talks with the parent window, if it is of one of the origins.
 * @param onToken told each token that the parent hands over
 */
export function openFrame(parents: readonly string[], onToken: (handed: Handed) => void): Frame {
  const send = (type: string, more: object = {}) => {
    for (const origin of receivers(parents)) window.parent.postMessage({ type: PREFIX + type, ...more }, origin);
  };
  window.addEventListener('message', ({ source, origin, data }) => {
    if (source !== window.parent || !parents.includes(origin)) return;
    const handed = handedOf(data);
    if (handed !== undefined) onToken(handed);
  });
  send('ready', { version: VERSION });
  return {
    askForToken: () => send('token-needed'),
    tellPath: (path) => send('navigated', { path }),
  };
}

/** Who the parent is the browser may tell; else all who may be it are told, and only the right one hears it. */
function receivers(parents: readonly string[]): readonly string[] {
  const [ancestor] = window.location.ancestorOrigins ?? [];
  if (ancestor !== undefined) return parents.filter((origin) => origin === ancestor);
  return parents;
}

function handedOf(data: unknown): Handed | undefined {
  if (typeof data !== 'object' || data === null) return undefined;
  const { type, token, locale, scheme } = data as Record<string, unknown>;
  if (type !== `${PREFIX}token` || typeof token !== 'string') return undefined;
  return {
    token,
    locale: typeof locale === 'string' ? locale : undefined,
    scheme: scheme === 'light' || scheme === 'dark' || scheme === 'auto' ? scheme : undefined,
  };
}
