/**
 * The server side of the AWS JSON protocols 1.0 and 1.1: one POST per action, named by `X-Amz-Target`.
 */
import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { readBody } from './read-body.ts';

/** An error the caller is told about; `code` is the name the service documents. */
export class ServiceError extends Error {
  readonly code: string;
  /** Name in the older query protocol, where it differs. */
  readonly queryCode: string;
  readonly status: number;

  constructor(code: string, message: string, options: { queryCode?: string; status?: number } = {}) {
    super(message);
    this.name = 'ServiceError';
    this.code = code;
    this.queryCode = options.queryCode ?? code;
    this.status = options.status ?? 400;
  }
}

export type ActionInput = Readonly<Record<string, unknown>>;
/** `gone` is aborted when the caller hangs up before it was answered. */
export type Action = (input: ActionInput, gone: AbortSignal) => Promise<object> | object;

export interface JsonServiceOptions {
  version: '1.0' | '1.1';
  /** What precedes the action in `X-Amz-Target`: `AmazonSQS`, `secretsmanager`. */
  target: string;
  /** Namespace of error types: `com.amazonaws.sqs`. */
  namespace: string;
  /** Services that once spoke the query protocol repeat the error's old name in a header. */
  queryCompatible?: boolean;
  maxBodyBytes: number;
  actions: Readonly<Record<string, Action>>;
}

export function createJsonService(options: JsonServiceOptions): Server {
  const server = createServer((request, response) => {
    answer(request, response, options).catch((error: unknown) => {
      // Only reached when the answer itself cannot be written: the caller is gone.
      response.destroy(error instanceof Error ? error : undefined);
    });
  });
  // A client that keeps its connection for longer than Node's 5 s would otherwise now and then meet a reset.
  server.keepAliveTimeout = 65_000;
  return server;
}

async function answer(request: IncomingMessage, response: ServerResponse, options: JsonServiceOptions): Promise<void> {
  const contentType = `application/x-amz-json-${options.version}`;
  const send = (status: number, body: object, headers: Record<string, string> = {}) => {
    const text = JSON.stringify(body);
    response.writeHead(status, {
      'content-type': contentType,
      'content-length': Buffer.byteLength(text),
      'x-amzn-requestid': randomUUID(),
      ...headers,
    });
    response.end(text);
  };
  try {
    const action = findAction(request, contentType, options);
    const input = await readInput(request, options.maxBodyBytes);
    const gone = new AbortController();
    response.once('close', () => gone.abort());
    send(200, await action(input, gone.signal));
  } catch (error) {
    const known =
      error instanceof ServiceError
        ? error
        : new ServiceError('InternalFailure', error instanceof Error ? error.message : String(error), { status: 500 });
    send(
      known.status,
      { __type: `${options.namespace}#${known.code}`, message: known.message },
      options.queryCompatible
        ? { 'x-amzn-query-error': `${known.queryCode};${known.status < 500 ? 'Sender' : 'Receiver'}` }
        : {},
    );
  }
}

function findAction(request: IncomingMessage, contentType: string, options: JsonServiceOptions): Action {
  // Neither header can be sent by a web page without a preflight, which is never answered: a site open in
  // this machine's browser cannot call the service.
  if (request.method !== 'POST' || !request.headers['content-type']?.startsWith(contentType)) {
    throw new ServiceError('UnknownOperationException', `Expected a POST of ${contentType}`);
  }
  const [service, name = ''] = String(request.headers['x-amz-target'] ?? '').split('.');
  const action = service === options.target && Object.hasOwn(options.actions, name) ? options.actions[name] : undefined;
  if (!action) {
    throw new ServiceError('UnknownOperationException', `${service}.${name} is not implemented by the local stack`);
  }
  return action;
}

async function readInput(request: IncomingMessage, maxBytes: number): Promise<ActionInput> {
  const body = await readBody(request, maxBytes);
  if (!body) throw new ServiceError('RequestEntityTooLarge', 'The request is too large', { status: 413 });
  try {
    const input: unknown = body.length === 0 ? {} : JSON.parse(body.toString());
    if (typeof input === 'object' && input !== null && !Array.isArray(input)) return input as ActionInput;
  } catch {
    // Answered below like every other body that is not an object.
  }
  throw new ServiceError('SerializationException', 'The request body is not a JSON object');
}
