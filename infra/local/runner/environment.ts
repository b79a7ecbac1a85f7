/** What a function finds in its environment: the same names as deployed, and where the AWS services are. */
import type { QueueUrls } from '../../../lib/environment.ts';
import type { FunctionSpec } from '../../topology.ts';

/** The services the connector uses, by the name the SDK gives them in `AWS_ENDPOINT_URL_<SERVICE>`. */
export const services = ['DYNAMODB', 'SQS', 'SNS', 'SECRETS_MANAGER'] as const;
export type Service = (typeof services)[number];
export type Endpoints = Readonly<Record<Service, string>>;

/** Names and addresses of what was created for the topology. */
export interface Resources {
  /** Physical table names by the topology's. */
  tableNames: Readonly<Record<string, string>>;
  /** Queue URLs by the topology's queue names. */
  queueUrls: Readonly<Record<string, string>>;
  /** URLs of the event queues by entity. */
  entityQueueUrls: Readonly<Record<string, string>>;
  /** All queues with their dead-letter queues, by entity or work. */
  watchedQueues: Readonly<Record<string, QueueUrls>>;
  /** URLs of the queues of the connector's own work. */
  workQueueUrls: Readonly<Record<string, string>>;
}

/** The endpoint that the user has set for a service; the embedded server is not started then. */
export function configuredEndpoint(service: Service): string | undefined {
  return process.env[`AWS_ENDPOINT_URL_${service}`] || process.env.AWS_ENDPOINT_URL || undefined;
}

/** Region, credentials and endpoints for the AWS SDK. */
export function awsEnvironment(endpoints: Endpoints): Record<string, string> {
  const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN } = process.env;
  // The SDK signs requests and so insists on credentials; the embedded servers do not look at them.
  const credentials =
    AWS_ACCESS_KEY_ID && AWS_SECRET_ACCESS_KEY
      ? { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, ...(AWS_SESSION_TOKEN && { AWS_SESSION_TOKEN }) }
      : { AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local' };
  return {
    AWS_REGION: process.env.AWS_REGION || process.env.AWS_DEFAULT_REGION || 'us-east-1',
    ...credentials,
    ...Object.fromEntries(services.map((service) => [`AWS_ENDPOINT_URL_${service}`, endpoints[service]])),
    // The embedded services share processes with whoever calls them, and a machine with whatever else is at work.
    AWS_TIMEOUT_SECONDS: '120',
  };
}

export function secretPrefix(): string {
  return process.env.SECRET_PREFIX || 'opencart-odoo';
}

/** Odoo and the store are this machine's, too; deployed, nothing sets it. */
const privateAddresses = { PRIVATE_ADDRESSES: 'allowed' };

/** A function's environment: only what it is granted, so that a missing grant is noticed on this machine already. */
export function functionEnvironment(
  name: string,
  spec: FunctionSpec,
  resources: Resources,
  aws: Readonly<Record<string, string>>,
): Record<string, string> {
  return {
    ...aws,
    AWS_LAMBDA_FUNCTION_NAME: name,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(spec.memoryMB),
    POWERTOOLS_SERVICE_NAME: name,
    POWERTOOLS_METRICS_NAMESPACE: 'OpenCartOdoo',
    // There is no X-Ray daemon here.
    POWERTOOLS_TRACE_ENABLED: 'false',
    // Deployed, a newer Node runs the function than may be running here.
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    LOG_LEVEL: process.env.LOG_LEVEL || 'INFO',
    SECRET_PREFIX: secretPrefix(),
    ...privateAddresses,
    ...tableVariables(resources, Object.keys(spec.grants.tables ?? {})),
    ...(spec.grants.sendEvents && { QUEUE_URLS: JSON.stringify(resources.entityQueueUrls) }),
    ...(spec.grants.watchQueues && { WATCHED_QUEUES: JSON.stringify(resources.watchedQueues) }),
    ...workVariables(resources, spec.grants.sendWork ?? []),
    ...(spec.grants.tellPeople && { NOTICE_TOPIC: 'arn:aws:sns:local:000000000000:notices' }),
    ...spec.env,
  };
}

/** The environment of a script or test that plays every part. */
export function stackEnvironment(resources: Resources, aws: Readonly<Record<string, string>>): Record<string, string> {
  return {
    ...aws,
    SECRET_PREFIX: secretPrefix(),
    ...privateAddresses,
    ...tableVariables(resources, Object.keys(resources.tableNames)),
    QUEUE_URLS: JSON.stringify(resources.entityQueueUrls),
    WATCHED_QUEUES: JSON.stringify(resources.watchedQueues),
    ...workVariables(resources, Object.keys(resources.workQueueUrls)),
  };
}

function workVariables({ workQueueUrls }: Resources, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.map((name) => [`QUEUE_${name.toUpperCase()}`, workQueueUrls[name] ?? '']));
}

function tableVariables({ tableNames }: Resources, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    names.map((name) => {
      const physical = tableNames[name];
      if (!physical) throw new Error(`The topology has no table "${name}"`);
      return [`TABLE_${name.toUpperCase()}`, physical];
    }),
  );
}

/** What functions are given where something stands before the services; a queue's URL names its server, too. */
export function throughEndpoints(resources: Resources, endpoints: Endpoints, through: Partial<Endpoints>) {
  const aws = awsEnvironment({ ...endpoints, ...through });
  const { SQS } = through;
  if (SQS === undefined) return { resources, aws };
  const moved = (url: string) => `${SQS}${new URL(url).pathname}`;
  const all = (urls: Readonly<Record<string, string>>) =>
    Object.fromEntries(Object.entries(urls).map(([name, url]) => [name, moved(url)]));
  const watched = Object.entries(resources.watchedQueues).map(([name, { url, deadLetters }]) => [
    name,
    { url: moved(url), deadLetters: moved(deadLetters) },
  ]);
  return {
    aws,
    resources: {
      ...resources,
      queueUrls: all(resources.queueUrls),
      entityQueueUrls: all(resources.entityQueueUrls),
      workQueueUrls: all(resources.workQueueUrls),
      watchedQueues: Object.fromEntries(watched),
    },
  };
}
