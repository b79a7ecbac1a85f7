import { catalog, type ErrorCode, type ErrorKind } from './catalog.ts';

export { catalog, type ErrorCode, type ErrorKind };

/** A field of the input and what is wrong with it. */
export interface FieldProblem {
  /** Dotted path, e.g. `events.3.data.email`. */
  path: string;
  reason: string;
}

interface Details {
  /** What the error is about, e.g. `tax/86`; failures with the same code and subject have one cause. */
  subject?: string;
  fields?: readonly FieldProblem[];
  /** How it is now, where somebody else was faster; shown to whoever asked. */
  current?: unknown;
  cause?: unknown;
  /** It must not be tried again sooner. */
  retryAfterSeconds?: number;
}

/**
 * The one error type that crosses a room's door. `message` is for people: it names the cause and
 * holds neither a secret nor a foreign stack trace.
 */
export class ConnectorError extends Error {
  readonly code: ErrorCode;
  readonly subject: string | undefined;
  readonly fields: readonly FieldProblem[] | undefined;
  readonly current: unknown;
  readonly retryAfterSeconds: number | undefined;
  readonly #details: Details;

  constructor(code: ErrorCode, message: string, details: Details = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = 'ConnectorError';
    this.code = code;
    this.subject = details.subject;
    this.fields = details.fields;
    this.current = details.current;
    this.retryAfterSeconds = details.retryAfterSeconds;
    this.#details = details;
  }

  /** The same error, but for what is given. */
  but({ message = this.message, ...details }: Details & { message?: string }): ConnectorError {
    return new ConnectorError(this.code, message, { ...this.#details, ...details });
  }

  get kind(): ErrorKind {
    return catalog[this.code].kind;
  }

  get remedy(): string {
    return catalog[this.code].remedy;
  }

  /** Groups failures: 300 orders that wait for one tax have one cause. */
  get causeKey(): string {
    return causeKeyOf(this.code, this.subject);
  }
}

/** A cause is part of a key, which may have 1 KiB; a subject may be a long URL, which ends in what tells it apart. */
const SUBJECT_START = 200;
const SUBJECT_END = 80;

/** What all failures of one code and subject share, e.g. `TAX_UNMAPPED:tax/86`. */
export function causeKeyOf(code: ErrorCode, subject: string | undefined): string {
  if (subject === undefined) return code;
  if (subject.length <= SUBJECT_START + SUBJECT_END) return `${code}:${subject}`;
  return `${code}:${subject.slice(0, SUBJECT_START)}…${subject.slice(-SUBJECT_END)}`;
}

/** Any thrown value as a `ConnectorError`; what was not foreseen becomes `INTERNAL`. */
export function asConnectorError(error: unknown): ConnectorError {
  if (error instanceof ConnectorError) return error;
  return new ConnectorError('INTERNAL', catalog.INTERNAL.title, { cause: error });
}
