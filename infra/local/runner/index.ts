/**
 * The whole connector on this machine: the AWS services it uses, and the functions of the topology with their
 * triggers. What runs are the bundles that are deployed.
 */

import '../this-machine.ts';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { GetQueueAttributesCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { type FunctionSpec, type QueueSpec, queue, functions as topologyFunctions } from '../../topology.ts';
import { close, listen } from '../aws/listen.ts';
import type { Published } from '../aws/sns.ts';
import type { QueueCounts } from '../aws/sqs/queue.ts';
import type { Site } from '../console-files.ts';
import { clientOptions, sqsClient } from './clients.ts';
import { startServices } from './embedded-services.ts';
import { awsEnvironment, type Endpoints, secretPrefix, stackEnvironment, throughEndpoints } from './environment.ts';
import { loadFunctions } from './functions.ts';
import { createApi } from './http.ts';
import { createResources } from './resources.ts';
import { startTriggers } from './triggers.ts';

export { bundleFunctions } from './functions.ts';

export interface StackOptions {
  /** Where data, secrets and bundles are kept; without it, in memory and a temporary folder. */
  dataDir?: string;
  /** Of the API; any free one without. */
  port?: number;
  /** What stands for a minute to the functions that run on a schedule; 5 s without. */
  scheduleSeconds?: number;
  /** Told every line that a function prints. */
  onLog?: (functionName: string, line: string) => void;
  /** Told what people are told of by e-mail when it is deployed. */
  onNotice?: (notice: Published) => void;
  /** Instead of every queue's batching window. */
  windowSeconds?: number;
  /** Instead of the topology's functions. */
  functions?: Readonly<Record<string, FunctionSpec>>;
  /** Instead of the topology's queue settings. */
  queue?: Partial<QueueSpec>;
  /** Answers what is not the API's: the console. */
  site?: Site;
  /** Functions are loaded when they are first called, for who calls few of them; one that does not load is known then. */
  onDemand?: boolean;
  /** Where functions find a service instead of at its own address: something that stands before it. */
  through?: Partial<Endpoints>;
  /** Functions also print what each invocation took, as Lambda's own reports do. */
  reports?: boolean;
  /** A folder that `bundleFunctions` has filled, for who starts many stacks. */
  bundles?: string;
}

export interface Stack {
  /** Base of the API. */
  url: string;
  /** Endpoints, credentials and names, for scripts and tests that use the AWS SDK. */
  env: Record<string, string>;
  /** URLs of all queues, dead-letter queues included, by the topology's names. */
  queueUrls: Readonly<Record<string, string>>;
  /** Messages in each queue, by the topology's names. */
  queueCounts(): Promise<Record<string, QueueCounts>>;
  /** Calls a function as its trigger would, and answers what its handler returns. */
  invoke(functionName: string, event: unknown): Promise<unknown>;
  /** Kills every function that is at work, as a crash of their machine would. @returns how many there were */
  crash(): number;
  /** Sets the clocks of the machines that functions run on: milliseconds they are ahead, in turn. */
  setClocks(aheadMs: readonly number[]): void;
  /** Stops the triggers, lets running invocations finish for up to 10 s, and closes everything. */
  stop(): Promise<void>;
}

const finishMs = 10_000;

/** Starts the stack; when it resolves, events are accepted and worked on. */
export async function startStack(options: StackOptions = {}): Promise<Stack> {
  const { dataDir, functions = topologyFunctions, onLog = () => {} } = options;
  const undo: (() => Promise<unknown>)[] = [];
  const stop = async () => {
    for (let step = undo.pop(); step; step = undo.pop()) await step();
  };
  try {
    const region = awsEnvironment({ DYNAMODB: '', SQS: '', SNS: '', SECRETS_MANAGER: '' }).AWS_REGION ?? '';
    const services = await startServices(dataDir, region, options.onNotice ?? (() => {}));
    undo.push(() => services.stop());
    const aws = awsEnvironment(services.endpoints);
    const clients = clientOptions(aws);
    const sqs = sqsClient(services.endpoints.SQS, clients);
    undo.push(async () => sqs.destroy());
    const { bundles } = options;
    const own = dataDir ? join(dataDir, 'functions') : undefined;
    const folder = bundles ?? own ?? (await mkdtemp(join(tmpdir(), 'connector-functions-')));
    if (folder !== bundles && folder !== own) undo.push(() => rm(folder, { recursive: true, force: true }));

    const resources = await createResources({
      ...clients,
      dynamoDbEndpoint: services.endpoints.DYNAMODB,
      sqs,
      queue: { ...queue, ...options.queue },
      namePrefix: secretPrefix(),
    });
    const { onDemand = false, reports = false, through = {} } = options;
    const running = await loadFunctions({
      ...{ functions, folder, onLog, onDemand, reports },
      ...throughEndpoints(resources, services.endpoints, through),
      bundled: bundles !== undefined,
    });
    undo.push(() => running.stop());
    const api = createApi(functions, running.invoke, options.site);
    const url = await listen(api, options.port);
    undo.push(() => close(api, finishMs));
    const triggers = startTriggers({ ...options, functions, resources, sqs, region, onLog, invoke: running.invoke });
    undo.push(() => Promise.race([triggers.stop(), sleep(finishMs, undefined, { ref: false })]));
    return {
      url,
      env: stackEnvironment(resources, aws),
      queueUrls: resources.queueUrls,
      queueCounts: () => countMessages(sqs, resources.queueUrls),
      invoke: running.invoke,
      crash: running.crash,
      setClocks: running.setClocks,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function countMessages(
  sqs: SQSClient,
  urls: Readonly<Record<string, string>>,
): Promise<Record<string, QueueCounts>> {
  const counted = Object.entries(urls).map(async ([name, QueueUrl]): Promise<[string, QueueCounts]> => {
    const { Attributes = {} } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }));
    return [
      name,
      {
        visible: Number(Attributes.ApproximateNumberOfMessages),
        inFlight: Number(Attributes.ApproximateNumberOfMessagesNotVisible),
        delayed: Number(Attributes.ApproximateNumberOfMessagesDelayed),
      },
    ];
  });
  return Object.fromEntries(await Promise.all(counted));
}
