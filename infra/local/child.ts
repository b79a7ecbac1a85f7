/** A part of the demo in a process of its own, so that it can be killed while it works. */
import { type ChildProcess, fork } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';

/** What a child says: that it is there, what it was asked for, and what its functions print. */
const report = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ready'), value: z.unknown().optional() }),
  z.object({ kind: z.literal('failed'), reason: z.string() }),
  z.object({ kind: z.literal('answer'), id: z.number(), value: z.unknown().optional(), error: z.string().optional() }),
  z.object({ kind: z.literal('line'), source: z.string(), line: z.string() }),
]);

/** What a child is asked. */
export const question = z.object({ id: z.number(), name: z.string(), argument: z.unknown().optional() });

export type Report = z.output<typeof report>;

interface Asked {
  resolve(value: unknown): void;
  reject(error: Error): void;
}

const typescript = createRequire(import.meta.url).resolve('tsx');

export class Child {
  /** What the child said when it was ready. */
  readonly ready: Promise<unknown>;
  readonly #process: ChildProcess;
  readonly #asked = new Map<number, Asked>();
  readonly #ended: Promise<void>;
  #nextId = 1;

  /** `module` answers with `serve`; `options` is its first argument, as JSON. */
  constructor(module: URL, options: object, onLine: (source: string, line: string) => void = () => {}) {
    this.#process = fork(fileURLToPath(module), [JSON.stringify(options)], {
      execArgv: ['--import', typescript],
      // A process group of its own: the kill takes along whatever it has started, and Ctrl-C does not reach it.
      detached: true,
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    this.#ended = new Promise((resolve) => this.#process.once('exit', () => resolve()));
    this.ready = new Promise((resolve, reject) => {
      this.#process.on('message', (message) => {
        const said = report.parse(message);
        if (said.kind === 'ready') resolve(said.value);
        else if (said.kind === 'failed') reject(new Error(said.reason));
        else if (said.kind === 'line') onLine(said.source, said.line);
        else this.#answer(said);
      });
      this.#process.once('exit', (code, signal) => {
        const error = new Error(`${module.pathname.split('/').at(-1)} has ended (${signal ?? code})`);
        reject(error);
        for (const { reject: give } of this.#asked.values()) give(error);
        this.#asked.clear();
      });
    });
    // Whoever awaits it is told too; a child killed while it starts is no unhandled rejection.
    this.ready.catch(() => undefined);
  }

  async ask(name: string, argument?: unknown): Promise<unknown> {
    const id = this.#nextId;
    this.#nextId += 1;
    return new Promise((resolve, reject) => {
      this.#asked.set(id, { resolve, reject });
      this.#process.send({ id, name, argument }, (error) => {
        if (error && this.#asked.delete(id)) reject(error);
      });
    });
  }

  /** Ends the process group without warning. */
  async kill(): Promise<void> {
    this.killNow();
    await this.#ended;
  }

  /** For the end of this process, which waits for nothing. */
  killNow(): void {
    const { pid, exitCode, signalCode } = this.#process;
    if (pid === undefined || exitCode !== null || signalCode !== null) return;
    try {
      process.kill(-pid, 'SIGKILL');
    } catch {
      // It has ended by itself meanwhile.
    }
  }

  #answer({ id, value, error }: Extract<Report, { kind: 'answer' }>): void {
    const asked = this.#asked.get(id);
    this.#asked.delete(id);
    if (error === undefined) asked?.resolve(value);
    else asked?.reject(new Error(error));
  }
}
