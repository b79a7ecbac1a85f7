import { join } from 'node:path';
import { startDynamoDb } from '../aws/dynamodb.ts';
import type { EmbeddedService } from '../aws/embedded-service.ts';
import { startSecretsManager } from '../aws/secrets.ts';
import { type Published, startSns } from '../aws/sns.ts';
import { startSqs } from '../aws/sqs/index.ts';
import { configuredEndpoint, type Endpoints, type Service, services } from './environment.ts';

export interface EmbeddedServices {
  endpoints: Endpoints;
  stop(): Promise<void>;
}

/** Starts the services that the user has not set an endpoint for. */
export async function startServices(
  dataDir: string | undefined,
  region: string,
  onPublish: (published: Published) => void,
): Promise<EmbeddedServices> {
  const at = (name: string) => (dataDir ? join(dataDir, name) : undefined);
  const sqsFolder = at('sqs');
  const tablesFolder = at('dynamodb');
  const secretsFile = at('secrets.json');
  const start: Record<Service, () => Promise<EmbeddedService>> = {
    SQS: () => startSqs({ region, ...(sqsFolder && { dataDir: sqsFolder }) }),
    DYNAMODB: () => startDynamoDb(tablesFolder ? { dataDir: tablesFolder } : {}),
    SNS: () => startSns(onPublish),
    SECRETS_MANAGER: () => startSecretsManager(secretsFile ? { file: secretsFile } : {}),
  };
  const started: EmbeddedService[] = [];
  const stop = async () => {
    await Promise.all(started.map((service) => service.stop()));
  };
  const endpoints: Partial<Record<Service, string>> = {};
  try {
    for (const service of services) {
      const configured = configuredEndpoint(service);
      if (configured) {
        endpoints[service] = configured;
        continue;
      }
      const embedded = await start[service]();
      started.push(embedded);
      endpoints[service] = embedded.endpoint;
    }
  } catch (error) {
    await stop();
    throw isLocked(error)
      ? new Error(`The data folder ${dataDir} is in use by another process`, { cause: error })
      : error;
  }
  return { endpoints: endpoints as Endpoints, stop };
}

function isLocked(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if ((cause as NodeJS.ErrnoException).code === 'LEVEL_LOCKED') return true;
  }
  return false;
}
