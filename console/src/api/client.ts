/** Asks the API, by the types and addresses made of its OpenAPI document. */
import { type Operations, operations } from './operations.ts';
import { ApiProblem, problemOf } from './problem.ts';

export type OperationId = keyof Operations;
export type Answer<Id extends OperationId> = Operations[Id]['answer'];
export type Body<Id extends OperationId> = Operations[Id]['body'];
export type Query<Id extends OperationId> = Operations[Id]['query'];

/** Of an operation, what it takes. */
export type Input<Id extends OperationId> = Pick<Operations[Id], Taken<Id>>;
type Taken<Id extends OperationId> = {
  [Part in 'params' | 'query' | 'body']: Operations[Id][Part] extends undefined ? never : Part;
}['params' | 'query' | 'body'];

export interface FilePart {
  text: string;
  /** What to ask with for the next part; undefined: this was the last one. */
  next: string | undefined;
}

export interface ApiOptions {
  /** Origin of the API; empty: our own. */
  base: string;
  /** The bearer token; it may have to be waited for. */
  token(signal?: AbortSignal): Promise<string>;
  /** Told that a token is not taken any more. @returns whether another one can be had */
  refused(token: string): Promise<boolean>;
}

export class Api {
  readonly #options: ApiOptions;
  constructor(options: ApiOptions) {
    this.#options = options;
  }

  /** @throws ApiProblem for a refusal, and where nothing answers */
  async ask<Id extends OperationId>(id: Id, input: Input<Id>, signal?: AbortSignal): Promise<Answer<Id>> {
    const response = await this.#send(id, input, signal);
    const text = await response.text();
    return (text === '' ? undefined : JSON.parse(text)) as Answer<Id>;
  }

  /** A part of a file. @throws ApiProblem */
  async askFile<Id extends OperationId>(id: Id, input: Input<Id>): Promise<FilePart> {
    const response = await this.#send(id, input);
    return { text: await response.text(), next: response.headers.get('x-next-cursor') ?? undefined };
  }

  async #send(id: OperationId, input: object, signal?: AbortSignal): Promise<Response> {
    const token = await this.#options.token(signal);
    const response = await this.#request(id, input, token, signal);
    if (response.ok) return response;
    const problem = problemOf(response.status, await response.text());
    // The gateway knows no codes; what it refuses is the token itself.
    if (problem.code === 'HTTP_401' || problem.code === 'HTTP_403') {
      if (await this.#options.refused(token)) return this.#send(id, input, signal);
    }
    throw new ApiProblem(problem);
  }

  async #request(id: OperationId, input: object, token: string, signal?: AbortSignal): Promise<Response> {
    const { params, query, body } = input as { params?: object; query?: object; body?: unknown };
    const { method, path } = operations[id];
    try {
      return await fetch(`${this.#options.base}${filled(path, params)}${searchOf(query)}`, {
        method,
        headers: {
          authorization: `Bearer ${token}`,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        ...(signal === undefined ? {} : { signal }),
        cache: 'no-store',
        credentials: 'omit',
      });
    } catch (error) {
      if (signal?.aborted) throw error;
      throw new ApiProblem({ status: 0, code: 'API_UNREACHABLE', title: '', detail: '' });
    }
  }
}

function filled(path: string, params: object | undefined): string {
  const values = params as Record<string, unknown> | undefined;
  return path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(values?.[name] ?? '')));
}

function searchOf(query: object | undefined): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value !== undefined && value !== '') search.set(name, String(value));
  }
  return search.size === 0 ? '' : `?${search}`;
}
