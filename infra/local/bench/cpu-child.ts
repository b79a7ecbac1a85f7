/** A consumer's bundle in a process of its own: what it costs that process is the connector's own. */
import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import { serve } from '../child-side.ts';

const options = z.object({ code: z.string(), env: z.record(z.string(), z.string()) });
const batch = z.array(z.string());

interface Consumer {
  handler(event: object, context: object): Promise<{ batchItemFailures: unknown[] }>;
}

await serve(async (given) => {
  const { code, env } = options.parse(given);
  // Before it is loaded: a function reads its environment while it loads.
  Object.assign(process.env, env);
  const { handler } = (await import(code)) as Consumer;
  return {
    ready: {},
    answers: {
      /** Syncs messages as one batch. @returns milliseconds of CPU, and the heap that is in use afterwards */
      async sync(argument) {
        const bodies = batch.parse(argument);
        const Records = bodies.map((body, index) => ({
          ...{ messageId: String(index), receiptHandle: String(index), body },
          ...{ attributes: { ApproximateReceiveCount: '1' }, eventSourceARN: `arn:events-${env.ENTITY}` },
        }));
        // What came with the question has been dealt with.
        await sleep(0);
        const before = process.cpuUsage();
        const { batchItemFailures } = await handler({ Records }, { getRemainingTimeInMillis: () => 300_000 });
        const { user, system } = process.cpuUsage(before);
        if (batchItemFailures.length > 0) throw new Error(`${batchItemFailures.length} events were not synced.`);
        return (user + system) / 1_000;
      },
    },
  };
});
