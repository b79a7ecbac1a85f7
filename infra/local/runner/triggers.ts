/** What calls the functions without being asked: queues and the clock. */
import type { SQSClient } from '@aws-sdk/client-sqs';
import type { FunctionSpec } from '../../topology.ts';
import { EventSource } from './event-source.ts';
import type { Invoke } from './http.ts';
import type { CreatedResources } from './resources.ts';
import { Schedule } from './schedule.ts';

const defaultScheduleSeconds = 5;

export function startTriggers(options: {
  functions: Readonly<Record<string, FunctionSpec>>;
  resources: CreatedResources;
  sqs: SQSClient;
  region: string;
  invoke: Invoke;
  onLog: (functionName: string, line: string) => void;
  scheduleSeconds?: number;
  windowSeconds?: number;
}): { stop(): Promise<void> } {
  const started: { stop(): Promise<void> }[] = [];
  for (const [name, spec] of Object.entries(options.functions)) {
    const run = (event: unknown) => options.invoke(name, event);
    for (const queue of spec.consumes?.queues ?? []) started.push(eventSource(name, spec, queue, run, options));
    if (spec.everyMinutes) {
      const schedule = new Schedule();
      schedule.start(spec.everyMinutes * (options.scheduleSeconds ?? defaultScheduleSeconds) * 1000, run);
      started.push(schedule);
    }
  }
  return {
    stop: async () => {
      await Promise.all(started.map((trigger) => trigger.stop()));
    },
  };
}

function eventSource(
  functionName: string,
  { consumes }: FunctionSpec,
  queue: string,
  invoke: (event: unknown) => Promise<unknown>,
  options: Parameters<typeof startTriggers>[0],
): EventSource {
  const { resources, sqs, region, windowSeconds, onLog } = options;
  const queueUrl = resources.queueUrls[queue];
  const queueArn = resources.queueArns[queue];
  if (!consumes || !queueUrl || !queueArn) throw new Error(`The topology has no queue "${queue}"`);
  const source = new EventSource({
    client: sqs,
    queueUrl,
    queueArn,
    region,
    batchSize: consumes.batchSize,
    windowMs: (windowSeconds ?? consumes.windowSeconds) * 1000,
    maxConcurrency: consumes.maxConcurrency,
    invoke,
    onError: (error) => {
      const cause = error instanceof Error ? error.message : String(error);
      onLog(functionName, JSON.stringify({ level: 'ERROR', message: `Event source ${queue}: ${cause}` }));
    },
  });
  source.start();
  return source;
}
