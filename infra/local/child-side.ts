/** The other end of `child.ts`: what runs in the child's process. */
import { question, type Report } from './child.ts';

export type Answers = Readonly<Record<string, (argument: unknown) => Promise<unknown>>>;

export const say = (report: Report): void => {
  // A parent that is gone has nobody to tell.
  if (process.connected) process.send?.(report);
};

/** Starts what the child is for, and answers questions until the parent is gone. */
export async function serve(start: (options: unknown) => Promise<{ ready: unknown; answers: Answers }>): Promise<void> {
  process.once('disconnect', () => process.exit(0));
  try {
    const { ready, answers } = await start(JSON.parse(process.argv[2] ?? '{}'));
    process.on('message', (message) => void answer(message, answers));
    say({ kind: 'ready', value: ready });
  } catch (error) {
    say({ kind: 'failed', reason: describe(error) });
    process.exitCode = 1;
    process.disconnect();
  }
}

async function answer(message: unknown, answers: Answers): Promise<void> {
  const { id, name, argument } = question.parse(message);
  try {
    const give = answers[name];
    if (give === undefined) throw new Error(`Nobody answers "${name}".`);
    say({ kind: 'answer', id, value: await give(argument) });
  } catch (error) {
    say({ kind: 'answer', id, value: undefined, error: describe(error) });
  }
}

const describe = (error: unknown): string => (error instanceof Error ? error.message : String(error));
