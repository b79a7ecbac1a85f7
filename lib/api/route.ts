/**
 * The language in which the HTTP API is written down. One contract per route, with the schemas that
 * validate: the functions, the gateway, the OpenAPI document and the clients are made from it.
 */
import type * as z from 'zod';
import type { Role } from '../access/token.ts';
import type { ErrorCode } from '../errors/index.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** An answer that is no JSON: a file to download. */
export interface FileAnswer {
  /** Its type, or those it can have. */
  readonly file: FileType | readonly FileType[];
  /** What its headers say, by name. */
  readonly headers?: Readonly<Record<string, string>>;
}
export type FileType = 'text/csv' | 'application/x-ndjson';

/** The body of an answer by its status; null: it has none. */
export type Answers = Readonly<Record<number, z.ZodType | FileAnswer | null>>;

export interface Route<
  Params extends z.ZodObject = z.ZodObject,
  Query extends z.ZodObject = z.ZodObject,
  Body extends z.ZodType = z.ZodType,
  Answer extends Answers = Answers,
> {
  /** Unique; the OpenAPI operation id and the client's method, e.g. `listMappings`. */
  id: string;
  /** The function that serves it: `functions/api/<resource>.ts`. */
  resource: string;
  method: Method;
  /** With `{name}` for each of `params`. */
  path: `/v1/${string}`;
  /** The least role a token needs. */
  role: Role;
  summary: string;
  description?: string;
  params?: Params;
  /** Strict: an unknown parameter is refused. */
  query?: Query;
  body?: Body;
  answers: Answer;
  /** Codes it may refuse with, beside those of every route. */
  refusals?: readonly ErrorCode[];
}

export const defineRoute = <
  Params extends z.ZodObject,
  Query extends z.ZodObject,
  Body extends z.ZodType,
  Answer extends Answers,
>(
  route: Route<Params, Query, Body, Answer>,
): Route<Params, Query, Body, Answer> => route;

/** A page of a list, and what to ask with for the next one. */
export const CURSOR_LENGTH = 2_000;
