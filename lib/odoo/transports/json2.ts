/** JSON-2, which Odoo has from 19 on: `POST /json/2/<model>/<method>` with the API key as bearer token. */
import type http from 'node:http';
import { jsonProblem } from '../../bounds.ts';
import { ConnectorError } from '../../errors/index.ts';
import { guardedAgent } from '../../outbound/guard.ts';
import { request } from '../../outbound/request.ts';
import type { Fault } from '../faults.ts';
import type { Call } from '../vocabulary/index.ts';
import { namedArguments } from './named-arguments.ts';
import {
  CALL_TIMEOUT_MS,
  FaultAnswer,
  MAX_ANSWER_BYTES,
  type OdooCredentials,
  type Transport,
  UnreadableAnswer,
  unanswered,
  withoutIllegal,
} from './transport.ts';

/** Answers who the key belongs to, and needs no right. */
const WHO_AM_I: Call = { model: 'res.users', method: 'context_get', args: [], kwargs: {} };

export function json2Transport(credentials: OdooCredentials, timeoutMs = CALL_TIMEOUT_MS): Transport {
  const { database, password: key } = credentials;
  const line = new Line(credentials, timeoutMs);

  return {
    name: 'JSON-2',
    logsIn: false,
    version: () =>
      line.ask('GET', '/web/version', {}, ({ status, told }) => {
        if (status === 404) {
          const message = `${line.host} does not speak JSON-2, as Odoo does from 19 on: "transport" must not be "json2".`;
          throw new ConnectorError('ODOO_UNAVAILABLE', message);
        }
        if (status !== 200 || told === undefined) throw new UnreadableAnswer(status);
        return String((told.value as { version?: unknown } | null)?.version ?? '');
      }),
    authenticate: (_, password) =>
      line.call(WHO_AM_I, password, (answer) => {
        if (isUnknown(answer)) throw new FaultAnswer({ code: 1, text: `database "${database}" does not exist` });
        if (answer.status === 401) return undefined;
        const { uid } = (valueIn(answer, WHO_AM_I) ?? {}) as { uid?: unknown };
        return typeof uid === 'number' ? uid : undefined;
      }),
    execute: (call) =>
      line.call(call, key, (answer) => {
        if (!isUnknown(answer)) return valueIn(answer, call);
        const message = `${line.host} has no database "${database}", or does not speak JSON-2.`;
        throw new ConnectorError('ODOO_UNAVAILABLE', message);
      }),
    close: () => line.close(),
  };
}

/** Whether an Odoo speaks JSON-2; needs no login. @throws ConnectorError ODOO_UNREACHABLE, ODOO_TIMEOUT */
export async function speaksJson2(credentials: OdooCredentials, timeoutMs = CALL_TIMEOUT_MS): Promise<boolean> {
  const line = new Line(credentials, timeoutMs);
  try {
    return await line.call(WHO_AM_I, '', ({ status, told }) => status === 401 && told !== undefined);
  } finally {
    line.close();
  }
}

interface Answer {
  status: number;
  /** What the body says, if it is JSON. */
  told: { value: unknown } | undefined;
}

/** Requests to one Odoo. */
class Line {
  readonly #base: URL;
  readonly #agent: http.Agent;
  readonly #database: string;
  readonly #timeoutMs: number;

  constructor({ url, database }: OdooCredentials, timeoutMs: number) {
    this.#base = new URL(url);
    this.#agent = guardedAgent(this.#base, { keepAlive: true });
    this.#database = database;
    this.#timeoutMs = timeoutMs;
  }

  get host(): string {
    return this.#base.host;
  }

  /** @param bearer the key; empty: none is sent */
  call<T>(call: Call, bearer: string, understand: (answer: Answer) => T): Promise<T> {
    const { model, method } = call;
    const path = `/json/2/${encodeURIComponent(model)}/${encodeURIComponent(method)}`;
    const headers = {
      'content-type': 'application/json',
      'x-odoo-database': encodeURI(this.#database),
      ...(bearer === '' ? {} : { authorization: `bearer ${bearer}` }),
    };
    const body = JSON.stringify(withoutIllegal(namedArguments(call)));
    return this.ask('POST', path, { headers, body }, understand);
  }

  /** @throws ConnectorError for what prevented an answer, and what `understand` throws */
  async ask<T>(
    method: 'GET' | 'POST',
    path: string,
    sent: { headers?: Record<string, string>; body?: string },
    understand: (answer: Answer) => T,
  ): Promise<T> {
    try {
      const target = new URL(`${this.#base.pathname.replace(/\/+$/, '')}${path}`, this.#base.origin);
      const limits = { timeoutMs: this.#timeoutMs, maxBytes: MAX_ANSWER_BYTES, agent: this.#agent };
      const { status, headers, body } = await request(target, { method, ...sent, ...limits });
      const isJson = headers['content-type']?.split(';')[0]?.trim() === 'application/json';
      return understand({ status, told: isJson ? parsed(body) : undefined });
    } catch (error) {
      throw unanswered(error, this.#base, this.#timeoutMs);
    }
  }

  close(): void {
    this.#agent.destroy();
  }
}

/** An Odoo without JSON-2 answers with the same page as one without the database. */
const isUnknown = ({ status, told }: Answer): boolean => status === 404 && told === undefined;

function valueIn({ status, told }: Answer, call: Call): unknown {
  if (told === undefined || status === 429) throw new UnreadableAnswer(status);
  if (status === 200) return isOneCreated(call, told.value) ? told.value[0] : told.value;
  throw new FaultAnswer(faultOf(status, told.value));
}

/** `create` answers with a list here, however many it is given. */
const isOneCreated = ({ method, args }: Call, value: unknown): value is unknown[] =>
  method === 'create' && !Array.isArray(args[0]) && Array.isArray(value);

/** The refusal in the words of XML-RPC, so that one place knows what it means. Its `debug`, a traceback, is left out. */
function faultOf(status: number, told: unknown): Fault {
  const { name, message } = refusalIn(told);
  if (status === 401 || name === 'odoo.exceptions.AccessDenied') return { code: 3, text: message };
  if (status === 403) return { code: 4, text: message };
  if (name === 'werkzeug.exceptions.NotFound') {
    const [, model] = /^the model '(.*)' does not exist$/.exec(message) ?? [];
    if (model !== undefined) return { code: 2, text: `Object ${model} doesn't exist` };
    return { code: 1, text: `AttributeError: ${message}` };
  }
  if (status === 404 || status === 422) return { code: 2, text: message };
  const type = name.replace(/^builtins\./, '');
  return { code: 1, text: `${type}: ${message}` };
}

/** Whoever answers may answer anything. */
function refusalIn(told: unknown): { name: string; message: string } {
  const { name, message } = (told ?? {}) as { name?: unknown; message?: unknown };
  return { name: typeof name === 'string' ? name : '', message: typeof message === 'string' ? message : '' };
}

function parsed(body: Buffer): { value: unknown } | undefined {
  const text = body.toString('utf8');
  if (jsonProblem(text) !== undefined) return undefined;
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}
