import { randomUUID } from 'node:crypto';
import { type EnvironmentOptions, ExecutionEnvironment } from './execution-environment.ts';

export interface LambdaFunctionOptions extends Omit<EnvironmentOptions, 'clockAheadMs'> {
  timeoutSeconds: number;
  /** Execution environments at most; further events wait for one. */
  maxConcurrency: number;
  /** Told what each invocation took that has answered. */
  onReport?: (report: InvocationReport) => void;
}

export interface InvocationReport {
  milliseconds: number;
  heapBytes: number;
}

/** A function as Lambda runs it: an idle execution environment is used again, otherwise one more is started. */
export class LambdaFunction {
  readonly name: string;
  readonly #options: LambdaFunctionOptions;
  readonly #all = new Set<ExecutionEnvironment>();
  readonly #idle: ExecutionEnvironment[] = [];
  /** Events that wait for an environment, in their order. */
  readonly #waiting: ((environment: ExecutionEnvironment) => void)[] = [];

  /** What the clocks of the machines are ahead, in turn. */
  #clocks: readonly number[] = [0];
  #machines = 0;

  constructor(options: LambdaFunctionOptions) {
    this.name = options.functionName;
    this.#options = options;
  }

  /** Starts a first environment, so that a function that does not load is known before anything runs. */
  async start(): Promise<void> {
    const environment = this.#add();
    try {
      await environment.ready;
    } catch (error) {
      throw new Error(`Function ${this.name} does not load: ${error instanceof Error ? error.message : error}`, {
        cause: error,
      });
    }
    this.#give(environment);
  }

  /** Answers what the handler returns; throws what it throws, or that it took too long or ended its environment. */
  async invoke(event: unknown): Promise<unknown> {
    const environment = await this.#acquire();
    const requestId = randomUUID();
    try {
      await environment.ready;
      const started = Date.now();
      const deadline = started + this.#options.timeoutSeconds * 1000;
      const result = await environment.invoke({ requestId, event: JSON.stringify(event), deadline });
      this.#options.onReport?.({ milliseconds: Date.now() - started, heapBytes: environment.heapBytes });
      return result;
    } catch (error) {
      this.#logFailure(requestId, error);
      throw error;
    } finally {
      this.#release(environment);
    }
  }

  /** Kills the environments that are at work. @returns how many there were */
  crash(): number {
    return [...this.#all].filter((environment) => environment.crash()).length;
  }

  /** Sets the clocks of the machines that environments run on, and of those to come, in turn. */
  setClocks(aheadMs: readonly number[]): void {
    this.#clocks = aheadMs;
    for (const environment of this.#all) environment.setClock(this.#nextClock());
  }

  /** Ends all environments, also those at work. */
  async stop(): Promise<void> {
    await Promise.all([...this.#all].map((environment) => environment.end()));
  }

  #add(): ExecutionEnvironment {
    const environment = new ExecutionEnvironment({ ...this.#options, clockAheadMs: this.#nextClock() });
    this.#all.add(environment);
    return environment;
  }

  #nextClock(): number {
    this.#machines += 1;
    return this.#clocks[this.#machines % this.#clocks.length] ?? 0;
  }

  async #acquire(): Promise<ExecutionEnvironment> {
    for (let idle = this.#idle.pop(); idle; idle = this.#idle.pop()) {
      if (idle.alive) return idle;
      this.#all.delete(idle);
    }
    if (this.#all.size < this.#options.maxConcurrency) return this.#add();
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  #release(environment: ExecutionEnvironment): void {
    if (environment.alive) {
      this.#give(environment);
    } else {
      this.#all.delete(environment);
      if (this.#waiting.length > 0) this.#give(this.#add());
    }
  }

  #give(environment: ExecutionEnvironment): void {
    const next = this.#waiting.shift();
    if (next) next(environment);
    else this.#idle.push(environment);
  }

  #logFailure(requestId: string, error: unknown): void {
    const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
    this.#options.onLine(
      JSON.stringify({ level: 'ERROR', message: `Invoke Error: ${message}`, errorType: name, requestId, stack }),
    );
  }
}
