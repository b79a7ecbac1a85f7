/** What the commands that try the whole have in common: they tell on stderr, print a result on stdout, and exit. */
import * as z from 'zod';

export interface CommandLine {
  /** What happens, with the seconds since the start. */
  tell: (text: string) => void;
  /** The result. Resolves when it is written: the process ends soon after. */
  print: (text: string) => Promise<void>;
}

/** @param command answers the exit code */
export function commandLine(usage: string, command: (line: CommandLine) => Promise<number>): void {
  const started = Date.now();
  const tell = (text: string) => {
    const seconds = ((Date.now() - started) / 1_000).toFixed(1).padStart(6);
    process.stderr.write(`${seconds} s  ${text}\n`);
  };
  const print = (text: string): Promise<void> =>
    new Promise((resolve) => process.stdout.write(`${text}\n`, () => resolve()));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));
  command({ tell, print }).then(
    // Not by itself: an agent's idle connections would keep the process for a while.
    (code) => process.exit(code),
    (error: unknown) => {
      tell(error instanceof z.ZodError ? `${z.prettifyError(error)}\n\n${usage}` : describe(error));
      process.exit(1);
    },
  );
}

const describe = (error: unknown): string => (error instanceof Error ? error.message : String(error));
