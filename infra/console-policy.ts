/** What browsers are told about the console's pages: what may be loaded, and who may hold them in a frame. */

export interface ConsoleSite {
  /** Origins whose pages may hold the console in a frame. */
  parents: readonly string[];
  /** Packages of the store's extension, at `/downloads/<name>`. */
  downloads?: readonly string[];
}

/** `/config.json`: what the console must know that is not in its files. `api` is empty: its own origin. */
export const consoleConfig = ({ parents, downloads = [] }: ConsoleSite) => ({ api: '', parents, downloads });

/** Nothing inline, nothing from elsewhere; in a frame only of the origins named. */
export function contentSecurityPolicy({ parents }: ConsoleSite): string {
  const rules: Record<string, readonly string[]> = {
    'default-src': ["'none'"],
    'script-src': ["'self'"],
    'style-src': ["'self'"],
    'img-src': ["'self'", 'data:'],
    'font-src': ["'self'"],
    'connect-src': ["'self'"],
    'base-uri': ["'none'"],
    'form-action': ["'none'"],
    'frame-ancestors': parents.length === 0 ? ["'none'"] : parents,
  };
  return Object.entries(rules)
    .map(([name, sources]) => `${name} ${sources.join(' ')}`)
    .join('; ');
}

/** What every file of the console is sent with. */
export const consoleHeaders = (site: ConsoleSite): Record<string, string> => ({
  'content-security-policy': contentSecurityPolicy(site),
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'cross-origin-opener-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=()',
});

/** What is a file; every other address is a page's, whatever the record in it is called. */
export const FILE = /^\/(assets|downloads)\/|^\/[^/]+\.[a-z]+$/;

/** Files whose names hold a hash of what is in them never change. */
export const isImmutable = (path: string): boolean => path.startsWith('/assets/');
export const IMMUTABLE = 'public, max-age=31536000, immutable';
/** Everything else is asked for again. */
export const REVALIDATED = 'no-cache';
