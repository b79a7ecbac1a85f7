import type { MiddlewareObj } from '@middy/core';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { ConnectorError } from '../../lib/errors/index.ts';
import { SIGNATURE_TOLERANCE_SECONDS, verifySignature } from '../../lib/opencart/signature.ts';
import { connectionName } from '../../lib/store/connections.ts';
import { claim, release } from '../../lib/store/receipts.ts';
import { Secrets, validSecrets } from '../../lib/store/secrets.ts';
import { rawBody } from './body.ts';
import type { HttpResult } from './http.ts';

/** Every refusal takes so long, whatever its reason: the time tells nothing about which it was. */
const REFUSAL_MS = 300;
/** Verified against where there is no such connection, so that this takes the same work. */
const NOBODYS_SECRET = `whsec_${Buffer.alloc(32).toString('base64')}`;

const secrets = new Secrets();

export type Signed = APIGatewayProxyEventV2 & { connection: string; receipt: string };

/** Lets a request pass that a known connection signed, once. Its connection is `event.connection`. */
export function signedByStore(): MiddlewareObj<Signed, HttpResult> {
  return {
    async before({ event }) {
      const earliest = performance.now() + REFUSAL_MS;
      const connection = await verified(event);
      if (connection !== undefined) {
        event.connection = connection;
        event.receipt = receiptOf(connection, event);
        // Within the tolerance a signature stays valid: who overheard it must not send it again.
        if (await claim(event.receipt, 2 * SIGNATURE_TOLERANCE_SECONDS)) return;
        event.receipt = '';
      }
      await new Promise((resolve) => setTimeout(resolve, earliest - performance.now()));
      throw new ConnectorError('SIGNATURE_REFUSED', 'The request is not signed by a known connection.');
    },
    async onError({ event, error }) {
      // What could not be taken may be sent again, the very same.
      const refused = error instanceof ConnectorError && error.kind === 'invalid';
      if (event.receipt && !refused) await release(event.receipt);
    },
  };
}

async function verified(event: Signed): Promise<string | undefined> {
  const name = connectionName.safeParse(event.headers['x-connection']);
  if (!name.success) {
    fits(event, []);
    return undefined;
  }
  const kept = validSecrets(await secrets.store(name.data));
  if (fits(event, kept)) return name.data;
  const current = validSecrets(await secrets.storeAgain(name.data));
  return current.join() !== kept.join() && fits(event, current) ? name.data : undefined;
}

function fits(event: Signed, candidates: readonly string[]): boolean {
  const valid = verifySignature(candidates.length > 0 ? candidates : [NOBODYS_SECRET], event.headers, rawBody(event));
  return valid && candidates.length > 0;
}

const receiptOf = (connection: string, { headers }: Signed): string =>
  `signature#${connection}#${headers['webhook-id']}#${headers['webhook-timestamp']}`;
