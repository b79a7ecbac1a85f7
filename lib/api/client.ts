import type * as z from 'zod';
import type { Answers, FileAnswer, Route } from './route.ts';

/** A refusal as the API tells it: problem details (RFC 9457). */
export interface Problem {
  status: number;
  code: string;
  title: string;
  detail: string;
  errors?: readonly { path: string; reason: string }[];
  /** How it is now, where that is why it was refused. */
  current?: unknown;
}

export class ApiProblem extends Error {
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(problem.detail);
    this.name = 'ApiProblem';
    this.problem = problem;
  }
}

type Told<Answer> = Answer extends z.ZodType ? z.output<Answer> : Answer extends FileAnswer ? string : undefined;
type Success = 200 | 201 | 202 | 204;
/** What a route answers when it does not refuse, whichever of its statuses it is. */
export type AnswerOf<R> =
  R extends Route<z.ZodObject, z.ZodObject, z.ZodType, infer A extends Answers> ? Told<A[keyof A & Success]> : never;

type InputOf<Schema> = Schema extends z.ZodType ? z.input<Schema> : never;

export interface Request<R extends Route> {
  params?: InputOf<R['params']>;
  query?: InputOf<R['query']>;
  body?: InputOf<R['body']>;
}

/** Asks the API, by the contracts of its routes. */
export class ApiClient {
  readonly #url: string;
  readonly #token: string;

  /** @param url base of the API, without `/v1` */
  constructor(url: string, token: string) {
    this.#url = url.replace(/\/+$/, '');
    this.#token = token;
  }

  /** @throws ApiProblem for a refusal, TypeError where nothing answers */
  async ask<R extends Route>(route: R, request: Request<R> = {}): Promise<AnswerOf<R>> {
    const response = await this.#send(route, request);
    const text = await response.text();
    const answer = (route.answers as Answers)[response.status];
    if (answer === null || answer === undefined) return undefined as AnswerOf<R>;
    if ('file' in answer) return text as AnswerOf<R>;
    return answer.parse(JSON.parse(text)) as AnswerOf<R>;
  }

  /**
   * Asks for a part of a file.
   * @returns its text, and the cursor of the next part if there is one
   * @throws as `ask`
   */
  async askFile<R extends Route>(route: R, request: Request<R> = {}): Promise<{ text: string; next?: string }> {
    const response = await this.#send(route, request);
    const next = response.headers.get('x-next-cursor');
    return { text: await response.text(), ...(next === null ? {} : { next }) };
  }

  async #send<R extends Route>(route: R, { params, query, body }: Request<R>): Promise<Response> {
    const path = route.path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
      encodeURIComponent(String((params as Record<string, unknown> | undefined)?.[name] ?? '')),
    );
    const response = await fetch(`${this.#url}${path}${searchOf(query)}`, {
      method: route.method,
      headers: {
        authorization: `Bearer ${this.#token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new ApiProblem(problemOf(response.status, await response.text()));
    return response;
  }
}

function searchOf(query: unknown): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries((query ?? {}) as Record<string, unknown>)) {
    if (value !== undefined) search.set(name, String(value));
  }
  return search.size === 0 ? '' : `?${search}`;
}

/** What the gateway refuses with; it knows neither codes nor reasons. */
const GATEWAY: Readonly<Record<number, string>> = {
  401: 'There is no token.',
  403: 'The token is wrong, or has expired: get another one.',
  404: 'That is not where the API is, or it knows no such thing.',
  429: 'The API asks to slow down.',
};

/** The gateway refuses without problem details. */
function problemOf(status: number, text: string): Problem {
  try {
    const body = JSON.parse(text) as Partial<Problem> & { message?: string };
    if (typeof body.code === 'string') return { ...(body as Problem), status };
    return refusal(status, body.message);
  } catch {
    return refusal(status);
  }
}

const refusal = (status: number, message = `HTTP status ${status}`): Problem => ({
  status,
  code: `HTTP_${status}`,
  title: 'Refused',
  detail: GATEWAY[status] ?? message,
});
