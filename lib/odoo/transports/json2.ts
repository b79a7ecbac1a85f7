/** JSON-2, which Odoo has from 19 on: `POST /json/2/<model>/<method>` with the API key as bearer token. */
import { ConnectorError } from '../../errors/index.ts';
import type { Fault } from '../faults.ts';
import type { Call } from '../vocabulary/index.ts';
import { type HttpAnswer, httpClient } from './http.ts';
import { namedArguments } from './named-arguments.ts';
import { FaultAnswer, type OdooCredentials, statusError, type Transport, withoutIllegal } from './transport.ts';

/** Answers who the key belongs to, and needs no right. */
const WHO_AM_I: Call = { model: 'res.users', method: 'context_get', args: [], kwargs: {} };

export function json2Transport({ url, database, password: key }: OdooCredentials, timeoutMs?: number): Transport {
  const base = new URL(url);
  const client = httpClient(base, timeoutMs);
  const post = (call: Call, bearer: string) => send(client, database, call, bearer);

  return {
    name: 'JSON-2',
    logsIn: false,
    async version() {
      const answer = await client.request('GET', '/web/version');
      const told = answer.status === 200 ? parsed(answer) : undefined;
      if (told === undefined) throw statusError(answer.status, base);
      return String((told.value as { version?: unknown } | null)?.version ?? '');
    },
    async authenticate(_, password) {
      const answer = await post(WHO_AM_I, password);
      if (isUnknown(answer)) throw new FaultAnswer({ code: 1, text: `database "${database}" does not exist` });
      if (answer.status === 401) return undefined;
      const { uid } = (answered(answer, WHO_AM_I, base) ?? {}) as { uid?: unknown };
      return typeof uid === 'number' ? uid : undefined;
    },
    async execute(call) {
      const answer = await post(call, key);
      if (isUnknown(answer)) {
        const message = `${base.host} has no database "${database}", or does not speak JSON-2.`;
        throw new ConnectorError('ODOO_UNAVAILABLE', message);
      }
      return answered(answer, call, base);
    },
    close: () => client.close(),
  };
}

/** Whether an Odoo speaks JSON-2; needs no login. @throws ConnectorError ODOO_UNREACHABLE, ODOO_TIMEOUT */
export async function speaksJson2({ url, database }: OdooCredentials, timeoutMs?: number): Promise<boolean> {
  const client = httpClient(new URL(url), timeoutMs);
  try {
    const answer = await send(client, database, WHO_AM_I, '');
    return answer.status === 401 && parsed(answer) !== undefined;
  } finally {
    client.close();
  }
}

function send(client: ReturnType<typeof httpClient>, database: string, call: Call, bearer: string) {
  const body = JSON.stringify(withoutIllegal(namedArguments(call)));
  return client.request(
    'POST',
    `/json/2/${encodeURIComponent(call.model)}/${encodeURIComponent(call.method)}`,
    {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
      'x-odoo-database': encodeURI(database),
      ...(bearer === '' ? {} : { authorization: `bearer ${bearer}` }),
    },
    body,
  );
}

/** An Odoo without JSON-2 answers with the same page as one without the database. */
const isUnknown = (answer: HttpAnswer): boolean => answer.status === 404 && parsed(answer) === undefined;

function answered(answer: HttpAnswer, call: Call, base: URL): unknown {
  const told = parsed(answer);
  if (told === undefined) throw statusError(answer.status, base);
  if (answer.status === 200) return isOneCreated(call, told.value) ? told.value[0] : told.value;
  if (answer.status === 429) throw statusError(answer.status, base);
  throw new FaultAnswer(faultOf(answer.status, told.value));
}

/** `create` answers with a list here, however many it is given. */
const isOneCreated = ({ method, args }: Call, value: unknown): value is unknown[] =>
  method === 'create' && !Array.isArray(args[0]) && Array.isArray(value);

/** The refusal in the words of XML-RPC, so that one place knows what it means. Its `debug`, a traceback, is left out. */
function faultOf(status: number, told: unknown): Fault {
  const { name = '', message = '' } = (told ?? {}) as { name?: string; message?: string };
  if (status === 401 || name === 'odoo.exceptions.AccessDenied') return { code: 3, text: message };
  if (status === 403) return { code: 4, text: message };
  if (name === 'werkzeug.exceptions.NotFound') {
    const [, model] = /^the model '(.*)' does not exist$/.exec(message) ?? [];
    if (model !== undefined) return { code: 2, text: `Object ${model} doesn't exist` };
    return { code: 1, text: `AttributeError: ${message}` };
  }
  if (status === 404 || status === 422) return { code: 2, text: message };
  const type = name.replace(/^builtins\./, '');
  return { code: 1, text: `${type}: ${message.replaceAll(/\s*\n\s*/g, ' ')}` };
}

function parsed({ type, body }: HttpAnswer): { value: unknown } | undefined {
  if (type !== 'application/json') return undefined;
  try {
    return { value: JSON.parse(body) };
  } catch {
    return undefined;
  }
}
