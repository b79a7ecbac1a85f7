import type { FunctionSpec } from '../../topology.ts';
import { bundle, bundlesIn } from './bundle.ts';
import { functionEnvironment, type Resources } from './environment.ts';
import { LambdaFunction } from './lambda-function.ts';

export interface RunningFunctions {
  invoke(functionName: string, event: unknown): Promise<unknown>;
  /** Kills what is at work. @returns how many there were */
  crash(): number;
  /** Sets the clocks of the machines that functions run on: milliseconds they are ahead, in turn. */
  setClocks(aheadMs: readonly number[]): void;
  stop(): Promise<void>;
}

/** What calls a function that is not a queue's consumer can do at the same time. */
const defaultConcurrency = 4;
const bootstrapEntry = 'infra/local/runner/execution-worker.ts';

const entriesOf = (functions: Readonly<Record<string, FunctionSpec>>) =>
  new Set([bootstrapEntry, ...Object.values(functions).map(({ entry }) => entry)]);

/** Bundles functions into a folder, for as many stacks as want them. */
export const bundleFunctions = (functions: Readonly<Record<string, FunctionSpec>>, folder: string) =>
  bundle(entriesOf(functions), folder);

/** Loads every function, bundled first, each with the environment of its own. */
export async function loadFunctions(options: {
  functions: Readonly<Record<string, FunctionSpec>>;
  folder: string;
  resources: Resources;
  aws: Readonly<Record<string, string>>;
  onLog: (functionName: string, line: string) => void;
  onDemand?: boolean;
  /** Functions also print what each invocation took. */
  reports?: boolean;
  /** The folder has the bundles already. */
  bundled?: boolean;
}): Promise<RunningFunctions> {
  const { functions, folder, resources, aws, onLog, onDemand = false, bundled = false, reports = false } = options;
  const specs = Object.entries(functions);
  const bundles = bundled ? bundlesIn(folder, entriesOf(functions)) : await bundleFunctions(functions, folder);
  const bundleOf = (entry: string) => bundles.get(entry) as URL;
  const loaded = new Map(
    specs.map(([name, spec]) => [
      name,
      new LambdaFunction({
        functionName: name,
        code: bundleOf(spec.entry).href,
        bootstrap: bundleOf(bootstrapEntry),
        env: functionEnvironment(name, spec, resources, aws),
        memoryMB: spec.memoryMB,
        timeoutSeconds: spec.timeoutSeconds,
        maxConcurrency: spec.consumes?.maxConcurrency ?? defaultConcurrency,
        onLine: (line) => onLog(name, line),
        ...(reports && { onReport: (report) => onLog(name, JSON.stringify({ message: 'report', ...report })) }),
      }),
    ]),
  );
  const all = [...loaded.values()];
  const stop = async () => {
    await Promise.all(all.map((one) => one.stop()));
  };
  const started = await Promise.allSettled(onDemand ? [] : all.map((one) => one.start()));
  const failure = started.find((outcome) => outcome.status === 'rejected');
  if (failure) {
    await stop();
    throw failure.reason;
  }
  return {
    stop,
    crash: () => all.reduce((sum, one) => sum + one.crash(), 0),
    setClocks: (aheadMs) => {
      for (const one of all) one.setClocks(aheadMs);
    },
    invoke: (functionName, event) => {
      const one = loaded.get(functionName);
      if (!one) throw new Error(`There is no function "${functionName}"`);
      return one.invoke(event);
    },
  };
}
