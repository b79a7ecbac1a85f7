/** Odoo 19's `POST /json/2/<model>/<method>`, as measured. */
import type { IncomingHttpHeaders } from 'node:http';
import { OdooFault } from './faults.ts';
import { Float, isStruct, type Value, type Wire } from './types.ts';

export interface NamedCall {
  database: string;
  /** Empty: none was sent. */
  key: string;
  model: string;
  method: string;
  /** The body: arguments by name, with `ids` and `context` among them. */
  named: { [name: string]: Value };
}

const PATH = /^\/json\/2\/([^/]+)\/([^/]+)$/;

/** Undefined: it is no such call. */
export function readNamedCall(path: string, headers: IncomingHttpHeaders, body: string): NamedCall | undefined {
  const [, model, method] = PATH.exec(path) ?? [];
  if (model === undefined || method === undefined) return undefined;
  const named = JSON.parse(body || '{}') as Value;
  return {
    database: String(headers['x-odoo-database'] ?? ''),
    key: /^bearer\s+(.+)$/i.exec(headers.authorization ?? '')?.[1] ?? '',
    ...{ model: decodeURIComponent(model), method: decodeURIComponent(method), named: isStruct(named) ? named : {} },
  };
}

export interface JsonAnswer {
  status: number;
  body: string;
}

export const writeJson = (value: Wire): JsonAnswer => ({
  status: 200,
  body: JSON.stringify(value, (_, one) => (one instanceof Float ? one.value : one)),
});

export const noKey = (key: string): JsonAnswer =>
  refusal(401, 'werkzeug.exceptions.Unauthorized', key === '' ? 'User not authenticated' : 'Invalid apikey');

/** What a call answers, be it a refusal. */
export async function renderedJson(work: () => Promise<Wire>): Promise<JsonAnswer> {
  try {
    return writeJson(await work());
  } catch (error) {
    if (error instanceof OdooFault) return writeRefusal(error);
    throw error;
  }
}

/** The same fault that XML-RPC answers with a number, by its name. */
function writeRefusal({ code, message }: OdooFault): JsonAnswer {
  switch (code) {
    case 3:
      return refusal(403, 'odoo.exceptions.AccessDenied', message);
    case 4:
      return refusal(403, 'odoo.exceptions.AccessError', message);
    case 2:
      if (/^Object \S+ doesn't exist$/.test(message)) {
        return refusal(404, 'werkzeug.exceptions.NotFound', `the model '${message.split(' ')[1]}' does not exist`);
      }
      if (message.startsWith('Record does not exist')) return refusal(404, 'odoo.exceptions.MissingError', message);
      return refusal(422, 'odoo.exceptions.UserError', message);
    default:
      return unforeseen(message);
  }
}

/** The last line of a traceback is the exception. */
function unforeseen(traceback: string): JsonAnswer {
  const line = traceback.trimEnd().split('\n').at(-1) ?? '';
  const [, type = 'Exception', message = line] = /^([\w.]+): (.*)$/.exec(line) ?? [];
  if (type === 'AttributeError') return refusal(404, 'werkzeug.exceptions.NotFound', message);
  return refusal(500, type.includes('.') ? type : `builtins.${type}`, message, traceback);
}

function refusal(status: number, name: string, message: string, debug = 'Traceback (most recent call last): …') {
  return { status, body: JSON.stringify({ name, message, arguments: [message], context: {}, debug }) };
}
