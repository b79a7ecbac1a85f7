import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { MAX_BODY_BYTES, MAX_EVENTS } from '../../../lib/opencart/events.ts';
import { signatureHeaders } from '../../../lib/opencart/signature.ts';
import type { Entry, Outbox } from './outbox.ts';

/** Where events go, and what they are signed with. */
export interface Endpoint {
  /** Base of the connector's API. */
  url: string;
  connection: string;
  secret: string;
}

export interface Delivery {
  accepted: number;
  duplicates: number;
  refused: number;
  /** Why it stopped before everything was sent; it is tried again. */
  problem?: string;
}

const ANSWER_MS = 30_000;
const ENVELOPE_BYTES = Buffer.byteLength('{"events":[]}');

const answer = z.object({
  events: z.array(
    z.object({
      id: z.string().nullable(),
      status: z.enum(['accepted', 'duplicate', 'rejected']),
      code: z.string().optional(),
      detail: z.string().optional(),
      errors: z.array(z.object({ path: z.string(), reason: z.string() })).optional(),
    }),
  ),
});
type Verdicts = z.output<typeof answer>['events'];

/** Sends what is due as signed batches until nothing is, or until the connector cannot be reached. */
export async function deliver(outbox: Outbox, endpoint: Endpoint, newest: () => number): Promise<Delivery> {
  const result: Delivery = { accepted: 0, duplicates: 0, refused: 0 };
  for (;;) {
    const due = await outbox.due(newest(), MAX_EVENTS);
    const batch = fitting(due);
    const [first] = due;
    if (first === undefined) return result;
    if (batch.length === 0) {
      await outbox.refuse(first, {
        code: 'BODY_TOO_LARGE',
        detail: 'The event alone is larger than a request may be.',
      });
      result.refused += 1;
      continue;
    }
    const sent = await send(batch, endpoint);
    if ('problem' in sent) return { ...result, ...sent };
    await settle(outbox, batch, sent.verdicts, result);
  }
}

/** As many as a request may hold. */
function fitting(entries: readonly Entry[]): Entry[] {
  let bytes = ENVELOPE_BYTES;
  const end = entries.findIndex(({ event }) => {
    bytes += Buffer.byteLength(JSON.stringify(event)) + 1;
    return bytes > MAX_BODY_BYTES;
  });
  return end === -1 ? [...entries] : entries.slice(0, end);
}

async function send(
  batch: readonly Entry[],
  endpoint: Endpoint,
): Promise<{ verdicts: Verdicts } | { problem: string }> {
  const { url, connection, secret } = endpoint;
  const body = JSON.stringify({ events: batch.map(({ event }) => event) });
  try {
    const response = await fetch(`${url}/v1/events`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-connection': connection,
        // A new id each time: the connector takes a signature only once.
        ...signatureHeaders(secret, `msg_${randomUUID()}`, new Date(), body),
      },
      body,
      signal: AbortSignal.timeout(ANSWER_MS),
    });
    const text = await response.text();
    // A request whose events were all rejected is an error to HTTP, with the verdicts all the same.
    const verdicts = response.status < 500 ? verdictsOf(text, batch) : undefined;
    return verdicts === undefined ? { problem: `HTTP ${response.status}: ${text.slice(0, 200)}` } : { verdicts };
  } catch (error) {
    return { problem: reasonOf(error) };
  }
}

/** The verdicts, one per event and in their order; undefined if that is not what was answered. */
function verdictsOf(text: string, batch: readonly Entry[]): Verdicts | undefined {
  try {
    const { events } = answer.parse(JSON.parse(text));
    return events.length === batch.length ? events : undefined;
  } catch {
    // Some other server's page; what was sent stays in the outbox.
    return undefined;
  }
}

async function settle(outbox: Outbox, batch: readonly Entry[], verdicts: Verdicts, result: Delivery): Promise<void> {
  const delivered: Entry[] = [];
  for (const [index, entry] of batch.entries()) {
    const { status, code, detail, errors } = verdicts[index] as Verdicts[number];
    if (status === 'rejected') {
      await outbox.refuse(entry, {
        ...(code === undefined ? {} : { code }),
        ...(detail === undefined ? {} : { detail }),
        ...(errors === undefined ? {} : { errors }),
      });
      result.refused += 1;
    } else {
      delivered.push(entry);
      result[status === 'accepted' ? 'accepted' : 'duplicates'] += 1;
    }
  }
  await outbox.delivered(delivered);
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message} (${error.cause.message})` : error.message;
}
