import { ZodError } from 'zod';
import { ApiProblem } from '../lib/api/client.ts';
import { UnsetVariable } from '../lib/environment.ts';
import { ConnectorError } from '../lib/errors/index.ts';
import { fieldProblems } from '../lib/errors/zod.ts';
import { complain } from './say.ts';

/** A wrong use of the command, with what to do instead. */
export class UsageError extends Error {}

/** Runs a command; what it is refused with is said in words, anything else is a bug and thrown. */
export async function told(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    const words = wordsOf(error);
    if (words === undefined) throw error;
    complain(...words.lines);
    process.exitCode = words.code;
  }
}

interface Words {
  lines: readonly string[];
  /** Exit code: 1 it was refused, 2 it was called wrongly. */
  code: 1 | 2;
}

function wordsOf(error: unknown): Words | undefined {
  if (error instanceof UsageError) return { lines: error.message.split('\n'), code: 2 };
  if (error instanceof ApiProblem) return { lines: problemLines(error), code: 1 };
  if (error instanceof ConnectorError) return { lines: [error.message], code: 1 };
  if (error instanceof ZodError) {
    const lines = fieldProblems(error).map(({ path, reason }) => `${path || 'connection'}: ${reason}`);
    return { lines, code: 2 };
  }
  if (error instanceof UnsetVariable) {
    const lines = [`${error.variable} is not set: export it, it is an output of the deployment (docs/deploy.md).`];
    return { lines, code: 2 };
  }
  return error instanceof Error ? foreignWords(error) : undefined;
}

/** What Node, the SDK and the command line's parser say in their own way. */
function foreignWords(error: Error): Words | undefined {
  const { code = '', syscall } = error as NodeJS.ErrnoException;
  if (code.startsWith('ERR_PARSE_ARGS')) return { lines: [error.message], code: 2 };
  if (error.message === 'Region is missing') {
    return { lines: ['Say which region of AWS: export AWS_REGION=…'], code: 2 };
  }
  if (error.name === 'CredentialsProviderError') {
    return { lines: [`There are no credentials of AWS: ${error.message}`], code: 2 };
  }
  if (error instanceof TypeError && error.message === 'fetch failed') {
    const why = error.cause instanceof Error ? `: ${error.cause.message}` : '';
    return { lines: [`The API cannot be reached${why}.`], code: 1 };
  }
  return syscall === undefined ? undefined : { lines: [error.message], code: 1 };
}

function problemLines({ message, problem }: ApiProblem): string[] {
  return [message, ...(problem.errors ?? []).map(({ path, reason }) => `  ${path}: ${reason}`)];
}
