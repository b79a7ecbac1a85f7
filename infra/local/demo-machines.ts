/** What the demo and chaos run in processes of their own: the stack and, unless a real Odoo is named, the sandbox. */
import { join } from 'node:path';
import * as z from 'zod';
import type { ConnectionSettings } from '../../lib/store/connections.ts';
import { Child } from './child.ts';
import { type LogLine, readErrorLine, readLogLine } from './function-log.ts';
import { type OdooTarget, odooTarget } from './odoo-target.ts';
import { type OpenFailure, openFailure } from './open-failures.ts';
import type { StackVariant } from './stack-child.ts';

const stackReady = z.object({ url: z.string() });
const counts = z.record(z.string(), z.object({ visible: z.number(), inFlight: z.number(), delayed: z.number() }));

export interface Watcher {
  /** What became of events, and calls to Odoo. */
  line(line: LogLine): void;
  /** What nobody had foreseen. */
  error(text: string): void;
  /** Every line, as it was printed. */
  raw?(source: string, line: string): void;
}

export class Machines {
  readonly #folder: string;
  readonly #watcher: Watcher;
  readonly #realOdoo: OdooTarget | undefined;
  readonly #variant: StackVariant;
  #stack: Child | undefined;
  #sandbox: Child | undefined;
  #clocks: readonly number[] = [0];
  #url = '';
  #odoo: OdooTarget | undefined;

  constructor(folder: string, realOdoo: OdooTarget | undefined, watcher: Watcher, variant: StackVariant = {}) {
    this.#variant = variant;
    this.#folder = folder;
    this.#realOdoo = realOdoo;
    this.#watcher = watcher;
    // Whatever ends this process, nothing it has started stays behind.
    process.once('exit', () => this.#killNow());
  }

  /** Base of the API; the same after every restart. */
  get url(): string {
    return this.#url;
  }

  get odoo(): OdooTarget {
    const odoo = this.#realOdoo ?? this.#odoo;
    if (odoo === undefined) throw new Error('The sandbox has not started.');
    return odoo;
  }

  get hasSandbox(): boolean {
    return this.#realOdoo === undefined;
  }

  async start(): Promise<void> {
    await Promise.all([this.#startStack(), this.hasSandbox ? this.#startSandbox() : undefined]);
  }

  /** Kills the stack, and the sandbox too if asked, and starts them again on what they have kept on disk. */
  async killAndRestart(sandboxToo: boolean): Promise<void> {
    await Promise.all([this.#stack?.kill(), sandboxToo ? this.#sandbox?.kill() : undefined]);
    await Promise.all([this.#startStack(), sandboxToo ? this.#startSandbox() : undefined]);
  }

  /** Kills the sandbox, and starts it again on what it has kept on disk. */
  async killAndRestartSandbox(): Promise<void> {
    await this.#sandbox?.kill();
    await this.#startSandbox();
  }

  /** Kills the functions that are at work. @returns how many there were */
  async crash(): Promise<number> {
    return z.number().parse(await this.#ask('crash'));
  }

  /** Sets the clocks of the machines that functions run on, also of those to come: milliseconds they are ahead, in turn. */
  async setClocks(aheadMs: readonly number[]): Promise<void> {
    this.#clocks = aheadMs;
    await this.#ask('setClocks', aheadMs);
  }

  async pair(
    connection: string,
    webhookSecret: string,
    settings: Partial<ConnectionSettings> = {},
    odoo = this.odoo,
  ): Promise<void> {
    await this.#ask('pair', { connection, webhookSecret, settings, odoo });
  }

  /** Messages in each queue that has some, whatever they wait for. */
  async waiting(): Promise<Record<string, number>> {
    const queues = Object.entries(counts.parse(await this.#ask('counts')));
    const sums = queues.map(([name, { visible, inFlight, delayed }]) => [name, visible + inFlight + delayed] as const);
    return Object.fromEntries(sums.filter(([, messages]) => messages > 0));
  }

  async failures(connection: string): Promise<OpenFailure[]> {
    return z.array(openFailure).parse(await this.#ask('failures', connection));
  }

  async stop(): Promise<void> {
    await this.#ask('stop').catch(() => undefined);
    await Promise.all([this.#stack?.kill(), this.#sandbox?.kill()]);
  }

  async #startStack(): Promise<void> {
    const options = {
      ...this.#variant,
      dataDir: join(this.#folder, 'stack'),
      port: this.#url === '' ? 0 : Number(new URL(this.#url).port),
    };
    const child = new Child(new URL('./stack-child.ts', import.meta.url), options, (source, line) => {
      this.#watcher.raw?.(source, line);
      const told = readLogLine(line);
      if (told !== undefined) this.#watcher.line(told);
      const error = readErrorLine(line);
      if (error !== undefined) this.#watcher.error(`${source}: ${error}`);
    });
    this.#stack = child;
    this.#url = stackReady.parse(await child.ready).url;
    await child.ask('setClocks', this.#clocks);
  }

  async #startSandbox(): Promise<void> {
    const port = this.#odoo === undefined ? 0 : Number(new URL(this.#odoo.url).port);
    const child = new Child(new URL('./sandbox-child.ts', import.meta.url), {
      dataDir: join(this.#folder, 'sandbox'),
      port,
    });
    this.#sandbox = child;
    this.#odoo = odooTarget.parse(await child.ready);
  }

  async #ask(name: string, argument?: unknown): Promise<unknown> {
    if (this.#stack === undefined) throw new Error('The stack has not started.');
    return this.#stack.ask(name, argument);
  }

  #killNow(): void {
    this.#stack?.killNow();
    this.#sandbox?.killNow();
  }
}
