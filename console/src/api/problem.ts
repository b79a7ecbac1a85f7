/** Refusals of the API as it tells them: problem details (RFC 9457). */

export interface ProblemDetails {
  status: number;
  /** Of the error catalogue; `HTTP_<status>` where the gateway refused, `API_UNREACHABLE` where nothing answered. */
  code: string;
  title: string;
  detail: string;
  errors?: readonly { path: string; reason: string }[] | undefined;
  /** How it is now, where that is why it was refused. */
  current?: unknown;
}

export class ApiProblem extends Error {
  readonly problem: ProblemDetails;
  constructor(problem: ProblemDetails) {
    super(problem.detail || problem.code);
    this.name = 'ApiProblem';
    this.problem = problem;
  }
}

export function problemOf(status: number, text: string): ProblemDetails {
  try {
    const body = JSON.parse(text) as Partial<ProblemDetails> & { message?: string };
    if (typeof body.code === 'string') return { ...(body as ProblemDetails), status };
    return { status, code: `HTTP_${status}`, title: '', detail: body.message ?? '' };
  } catch {
    return { status, code: `HTTP_${status}`, title: '', detail: '' };
  }
}

/** What went wrong, whatever was thrown. */
export function asProblem(error: unknown): ProblemDetails {
  if (error instanceof ApiProblem) return error.problem;
  return {
    status: 0,
    code: 'CONSOLE_FAULT',
    title: '',
    detail: error instanceof Error ? error.message : String(error),
  };
}
