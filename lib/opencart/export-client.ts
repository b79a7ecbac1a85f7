import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type * as z from 'zod';
import { jsonProblem } from '../bounds.ts';
import { asConnectorError, ConnectorError } from '../errors/index.ts';
import { checkedBy } from '../errors/zod.ts';
import { AnswerTooLarge, AnswerTooLate, request } from '../outbound/request.ts';
import { foreignText } from '../personal.ts';
import {
  type Capabilities,
  capabilities,
  type ExportRequest,
  type Flushed,
  flushed,
  type HashPage,
  hashPage,
  MAX_ANSWER_BYTES,
  refusal,
  type SnapshotPage,
  snapshotPage,
} from './export.ts';
import { signatureHeaders } from './signature.ts';

/** The export endpoint of a store, and what requests to it are signed with. */
export interface ExportEndpoint {
  url: string;
  connection: string;
  /** During a rotation two: nobody knows which of them the store has. */
  secrets: readonly string[];
}

interface Patience {
  /** A page of many orders takes a small host a while. */
  answerMs?: number;
  /** Pauses before a transient failure is tried again here; then it is the caller's turn. */
  pausesMs?: readonly number[];
  maxBytes?: number;
}

type Asking<Mode extends ExportRequest['mode']> = Omit<Extract<ExportRequest, { mode: Mode }>, 'mode'>;

const ANSWER_MS = 60_000;
const PAUSES_MS = [250, 1_000];

/**
 * Asks a store's export endpoint. Every method throws ConnectorError: STORE_UNREACHABLE and
 * STORE_UNAVAILABLE pass by themselves; STORE_REFUSED, EXPORT_UNSUPPORTED, STORE_ANSWER_INVALID and
 * STORE_ANSWER_TOO_LARGE do not.
 */
export class ExportClient {
  readonly #endpoint: ExportEndpoint;
  readonly #patience: Required<Patience>;

  constructor(endpoint: ExportEndpoint, patience: Patience = {}) {
    this.#endpoint = endpoint;
    this.#patience = { answerMs: ANSWER_MS, pausesMs: PAUSES_MS, maxBytes: MAX_ANSWER_BYTES, ...patience };
  }

  async capabilities(): Promise<Capabilities> {
    return this.#ask({ mode: 'capabilities' }, capabilities);
  }

  /** Lets the store send what waits in its outbox. */
  async flush(): Promise<Flushed> {
    return this.#ask({ mode: 'flush' }, flushed);
  }

  async all(asking: Asking<'all'>): Promise<SnapshotPage> {
    return this.#page({ mode: 'all', ...asking }, snapshotPage);
  }

  async changed(asking: Asking<'changed'>): Promise<SnapshotPage> {
    return this.#page({ mode: 'changed', ...asking }, snapshotPage);
  }

  /** Those of the records that exist. */
  async byIds(asking: Asking<'ids'>): Promise<SnapshotPage> {
    return this.#page({ mode: 'ids', ...asking }, snapshotPage);
  }

  async hashes(asking: Asking<'hashes'>): Promise<HashPage> {
    return this.#page({ mode: 'hashes', ...asking }, hashPage);
  }

  async #page<T extends SnapshotPage | HashPage>(
    request: Extract<ExportRequest, { entity: string }>,
    schema: z.ZodType<T>,
  ): Promise<T> {
    const page = await this.#ask(request, schema);
    const problem = problemOf(request, page);
    if (problem === undefined) return page;
    throw new ConnectorError('STORE_ANSWER_INVALID', `The store’s page of ${request.entity} ${problem}.`, {
      subject: request.entity,
    });
  }

  async #ask<T>(request: ExportRequest, schema: z.ZodType<T>): Promise<T> {
    const what = 'entity' in request ? `${request.mode} of ${request.entity}` : request.mode;
    const answer = await this.#send(request);
    const checked = checkedBy(schema, answer);
    if (checked.success) return checked.data;
    const { problems: fields } = checked;
    const [first] = fields;
    const message = `The store’s answer to "${what}" has a bad shape: ${first?.path} ${first?.reason}.`;
    throw new ConnectorError('STORE_ANSWER_INVALID', message, { subject: what, fields });
  }

  async #send(request: ExportRequest): Promise<unknown> {
    for (const pause of this.#patience.pausesMs) {
      try {
        return await this.#once(request);
      } catch (thrown) {
        if (asConnectorError(thrown).kind !== 'transient') throw thrown;
        await sleep(pause * (0.5 + Math.random()));
      }
    }
    return this.#once(request);
  }

  async #once(asked: ExportRequest): Promise<unknown> {
    const { url, connection, secrets } = this.#endpoint;
    const body = JSON.stringify(asked);
    // A redirect is an error: it would carry the signed request elsewhere, or turn it into a GET.
    const answer = await reached(url, this.#patience, () =>
      request(url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          accept: 'application/json',
          'x-connection': connection,
          // A new id each time: the store takes a signature only once.
          ...signedByAll(secrets, body),
        },
        body,
        timeoutMs: this.#patience.answerMs,
        maxBytes: this.#patience.maxBytes,
      }),
    );
    return read({ status: answer.status, text: answer.body.toString('utf8') }, asked);
  }
}

/** A signature by each secret: the store takes the request if it knows one of them. */
function signedByAll(secrets: readonly string[], body: string): Record<string, string> {
  const [id, now] = [`msg_${randomUUID()}`, new Date()];
  const signed = secrets.map((secret) => signatureHeaders(secret, id, now, body));
  return { ...signed[0], 'webhook-signature': signed.map((one) => one['webhook-signature']).join(' ') };
}

interface Answered {
  status: number;
  text: string;
}

/** What the endpoint says; a page that is not its own (maintenance, a firewall, a crash) passes by itself. */
function read({ status, text }: Answered, request: ExportRequest): unknown {
  const problem = jsonProblem(text);
  if (problem !== undefined) throw new ConnectorError('STORE_ANSWER_INVALID', `The store’s answer ${problem}.`);
  const json = jsonOrNothing(text);
  if (status === 200 && json !== undefined) return json;
  const refused = refusal.safeParse(json);
  if (!refused.success || status >= 500 || status === 429 || status === 408) {
    const what = json === undefined ? 'no JSON' : 'an error';
    throw new ConnectorError('STORE_UNAVAILABLE', `The store answers with ${what} (HTTP status ${status}).`);
  }
  if (status === 404 && 'entity' in request) {
    throw new ConnectorError('EXPORT_UNSUPPORTED', `The store does not export "${request.entity}".`, {
      subject: request.entity,
    });
  }
  const message = `The store refuses the request (HTTP status ${status}): ${foreignText(refused.data.error)}`;
  throw new ConnectorError('STORE_REFUSED', message, { subject: String(status) });
}

async function reached<T>(
  url: string,
  { maxBytes }: Pick<Required<Patience>, 'maxBytes'>,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (thrown) {
    if (thrown instanceof ConnectorError) throw thrown;
    if (thrown instanceof AnswerTooLarge) {
      const message = `The store’s answer is larger than ${maxBytes / 1_048_576} MiB.`;
      throw new ConnectorError('STORE_ANSWER_TOO_LARGE', message);
    }
    const { host } = new URL(url);
    const message =
      thrown instanceof AnswerTooLate
        ? `The store at ${host} does not answer in time.`
        : `The store at ${host} cannot be reached.`;
    throw new ConnectorError('STORE_UNREACHABLE', message, { cause: thrown });
  }
}

/** What would make a run skip records, or go round for ever. */
function problemOf(
  request: Extract<ExportRequest, { entity: string }>,
  { entity, rows, hasMore, nextAfter }: SnapshotPage | HashPage,
): string | undefined {
  if (entity !== request.entity) return `is one of "${entity}"`;
  if (new Set(rows.map(({ recordId }) => recordId)).size < rows.length) return 'has a record twice';
  if ('ids' in request && request.ids !== undefined) {
    const asked = new Set(request.ids);
    return rows.every(({ recordId }) => asked.has(recordId)) ? undefined : 'has a record that was not asked for';
  }
  const after = 'after' in request ? request.after : undefined;
  if (hasMore && (nextAfter === null || nextAfter === after)) return 'has more, but does not say where';
  if (hasMore && rows.length === 0) return 'has more, but is empty itself';
  return 'limit' in request && rows.length > request.limit ? 'has more rows than were asked for' : undefined;
}

function jsonOrNothing(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // A page of HTML; what it says is for people who look at the store, not for our log.
    return undefined;
  }
}
