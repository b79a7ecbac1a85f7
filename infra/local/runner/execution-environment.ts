import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { Worker } from 'node:worker_threads';
import type { EnvironmentData, Invocation, Order, Report } from './protocol.ts';

export interface EnvironmentOptions extends EnvironmentData {
  /** Bundle of `execution-worker.ts`. */
  bootstrap: URL;
  env: Readonly<Record<string, string>>;
  onLine: (line: string) => void;
}

interface Pending {
  requestId: string;
  resolve(result: unknown): void;
  reject(error: Error): void;
}

/** How long an idle environment may take to end by itself. */
const finishMs = 500;

/**
 * What Lambda calls an execution environment: a function's code, loaded once, working on one event at a time.
 * A thread of its own gives it its own environment variables, module state and memory limit.
 */
export class ExecutionEnvironment {
  readonly ready: Promise<void>;
  readonly #worker: Worker;
  readonly #ended: Promise<void>;
  #pending: Pending | undefined;
  #alive = true;
  #heapBytes = 0;

  constructor(options: EnvironmentOptions) {
    const { bootstrap, env, onLine, code, functionName, memoryMB, clockAheadMs } = options;
    const workerData: EnvironmentData = { code, functionName, memoryMB, clockAheadMs };
    this.#worker = new Worker(bootstrap, {
      env,
      workerData,
      // Not this process's loaders and inspector: a function runs in plain Node, as deployed.
      execArgv: [],
      stdout: true,
      stderr: true,
      resourceLimits: { maxOldGenerationSizeMb: memoryMB },
    });
    forwardLines(this.#worker.stdout, onLine);
    forwardLines(this.#worker.stderr, onLine);
    this.#ended = new Promise((resolve) => this.#worker.once('exit', () => resolve()));
    this.ready = new Promise((resolve, reject) => {
      this.#worker.on('message', (report: Report) => {
        if (report.kind === 'ready') resolve();
        else this.#settle(report);
      });
      this.#worker.on('error', (error: Error) => {
        reject(error);
        this.#die(error);
      });
      this.#worker.on('exit', (exitCode) => {
        const error = new Error(`The execution environment ended with exit code ${exitCode}`);
        reject(error);
        this.#die(error);
      });
    });
    // Whoever invokes is told too; without anybody waiting it is not an unhandled rejection.
    this.ready.catch(() => undefined);
  }

  /** Whether it can be given another event. */
  get alive(): boolean {
    return this.#alive;
  }

  /** What its objects took when it last answered. */
  get heapBytes(): number {
    return this.#heapBytes;
  }

  /** Runs the handler; at the deadline the environment is ended, whatever it is doing. */
  async invoke(invocation: Invocation): Promise<unknown> {
    const answer = new Promise<unknown>((resolve, reject) => {
      this.#pending = { requestId: invocation.requestId, resolve, reject };
    });
    const allowedMs = invocation.deadline - Date.now();
    const timer = setTimeout(() => {
      this.#die(new Error(`Task timed out after ${(allowedMs / 1000).toFixed(2)} seconds`));
      void this.#worker.terminate();
    }, allowedMs);
    this.#tell({ kind: 'invoke', invocation });
    return answer.finally(() => clearTimeout(timer));
  }

  /** Sets the clock of its machine, also in the middle of its work. */
  setClock(aheadMs: number): void {
    this.#tell({ kind: 'set clock', aheadMs });
  }

  /** Ends it in the middle of its work, as a crash would; @returns false if it has none. */
  crash(): boolean {
    if (this.#pending === undefined) return false;
    this.#die(new Error('The execution environment was killed'));
    void this.#worker.terminate();
    return true;
  }

  /** Ends an idle environment gently, one at work or stuck by force. */
  async end(): Promise<void> {
    if (!this.#pending) this.#tell({ kind: 'finish' });
    const timer = setTimeout(() => void this.#worker.terminate(), this.#pending ? 0 : finishMs);
    await this.#ended;
    clearTimeout(timer);
  }

  #tell(order: Order): void {
    this.#worker.postMessage(order);
  }

  #settle(report: Exclude<Report, { kind: 'ready' }>): void {
    const pending = this.#pending;
    if (pending?.requestId !== report.requestId) return;
    this.#pending = undefined;
    if (report.kind === 'done') {
      this.#heapBytes = report.heapBytes;
      pending.resolve(JSON.parse(report.result));
    } else {
      pending.reject(Object.assign(new Error(report.error.message), report.error));
    }
  }

  #die(error: Error): void {
    this.#alive = false;
    this.#pending?.reject(error);
    this.#pending = undefined;
  }
}

function forwardLines(stream: Readable, onLine: (line: string) => void): void {
  createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY }).on('line', onLine);
}
