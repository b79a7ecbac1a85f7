/** Holds the token: in memory, and for a page that stands alone in the session's storage, never for longer. */
import { type Claims, claimsOf } from './claims.ts';

const KEY = 'opencart-odoo.token';

export interface Held {
  token: string;
  claims: Claims;
}

export class TokenStore {
  #held: Held | undefined;
  readonly #isKept: boolean;
  readonly #listeners = new Set<() => void>();

  /** @param isKept whether a reload of the page shall find it again */
  constructor(isKept: boolean) {
    this.#isKept = isKept;
    if (isKept) this.#held = heldOf(stored());
  }

  readonly current = (): Held | undefined => this.#held;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** @returns whether it is a token that has not expired */
  set(token: string): boolean {
    const held = heldOf(token);
    if (held === undefined) return false;
    this.#change(held);
    return true;
  }

  /**
   * Takes a token that came by a link.
   * @returns it, not taken, where it would end the session of another connection: that is for its person to say
   */
  offer(token: string): Held | undefined {
    const offered = heldOf(token);
    const isOther = this.#held !== undefined && this.#held.claims.connection !== offered?.claims.connection;
    if (offered === undefined || isOther) return offered;
    this.#change(offered);
    return undefined;
  }

  /** Forgets a token that is not taken any more, unless there is another one by now. */
  drop(token?: string): void {
    if (token === undefined || this.#held?.token === token) this.#change(undefined);
  }

  /** The token, as soon as there is one. */
  next(signal?: AbortSignal): Promise<string> {
    if (this.#held !== undefined) return Promise.resolve(this.#held.token);
    return new Promise((resolve, reject) => {
      const stop = this.subscribe(() => {
        if (this.#held === undefined) return;
        stop();
        resolve(this.#held.token);
      });
      signal?.addEventListener('abort', () => {
        stop();
        reject(signal.reason);
      });
    });
  }

  #change(held: Held | undefined): void {
    this.#held = held;
    if (this.#isKept) store(held?.token);
    for (const listener of [...this.#listeners]) listener();
  }
}

function heldOf(token: string | null): Held | undefined {
  const claims = token === null ? undefined : claimsOf(token);
  return token === null || claims === undefined || claims.expiresAt <= Date.now() ? undefined : { token, claims };
}

/** Storage can be forbidden; then the token lives as long as the page. */
function stored(): string | null {
  try {
    return sessionStorage.getItem(KEY);
  } catch {
    return null;
  }
}

function store(token: string | undefined): void {
  try {
    if (token === undefined) sessionStorage.removeItem(KEY);
    else sessionStorage.setItem(KEY, token);
  } catch {
    // As above.
  }
}

/** `#token=…` of the address, which is taken out of it at once: it is in no log and in no history. */
export function tokenOfFragment(): string | undefined {
  const token = new URLSearchParams(location.hash.slice(1)).get('token');
  if (token === null) return undefined;
  history.replaceState(history.state, '', location.pathname + location.search);
  return token;
}
