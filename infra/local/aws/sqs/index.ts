/**
 * An SQS of our own, for standard queues: the maintained emulators keep messages in memory only, and a
 * connector that never loses an event has to be tried with the process killed under it.
 */
import type { EmbeddedService } from '../embedded-service.ts';
import { createJsonService } from '../json-protocol.ts';
import { close, listen } from '../listen.ts';
import { actionsOf } from './actions.ts';
import { memoryJournal, openJournal } from './journal.ts';
import { Queues } from './queues.ts';

/** A MiB of content can take several times as much as escaped JSON. */
const maxBodyBytes = 16 * 1024 * 1024;

/** Starts an embedded SQS; what it holds is kept in `dataDir`, or in memory without one. */
export async function startSqs(
  options: { dataDir?: string; port?: number; region?: string } = {},
): Promise<EmbeddedService> {
  const journal = options.dataDir ? await openJournal(options.dataDir) : memoryJournal;
  const queues = new Queues({ journal, region: options.region ?? 'us-east-1' });
  await queues.restore();
  const server = createJsonService({
    version: '1.0',
    target: 'AmazonSQS',
    namespace: 'com.amazonaws.sqs',
    queryCompatible: true,
    maxBodyBytes,
    actions: actionsOf(queues),
  });
  queues.endpoint = await listen(server, options.port);
  return {
    endpoint: queues.endpoint,
    stop: async () => {
      queues.close();
      await close(server);
      await journal.close();
    },
  };
}
