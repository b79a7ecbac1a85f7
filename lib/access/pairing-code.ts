import * as z from 'zod';
import { connectionName } from '../store/connections.ts';

const httpUrl = z.url({ protocol: /^https?$/ });

/** What a store has to know of its connection. */
export const pairingData = z.object({
  /** Where events go: the API's address without `/v1`. */
  endpoint: httpUrl,
  connection: connectionName,
  /** What the store signs with. */
  secret: z.string().min(24),
  /** Where the console is, if not at `endpoint`. */
  console: httpUrl.optional(),
});
export type PairingData = z.output<typeof pairingData>;

/** What a person pastes into the store's extension: everything at once, so that nothing is mistyped. `oco1` is its version. */
export function pairingCode(data: PairingData): string {
  return `oco1.${Buffer.from(JSON.stringify(data)).toString('base64url')}`;
}

/** What is in a code, or undefined if it is none. */
export function readPairingCode(code: string): PairingData | undefined {
  const text = /^oco1\.([\w-]+)$/.exec(code.trim())?.[1];
  if (text === undefined) return undefined;
  try {
    return pairingData.safeParse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8'))).data;
  } catch {
    // Cut off or mistyped: what is left is no JSON.
    return undefined;
  }
}
