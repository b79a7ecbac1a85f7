/** The function of bulk runs in a process of its own, on the services that the environment names. */
import * as z from 'zod';
import { functions } from '../../topology.ts';
import { serve } from '../child-side.ts';
import { startStack } from '../runner/index.ts';

const options = z.object({ bundles: z.string(), memoryMB: z.number() });

await serve(async (given) => {
  const { bundles, memoryMB } = options.parse(given);
  const { bulk } = functions;
  if (bulk === undefined) throw new Error('The topology has no function "bulk".');
  const stack = await startStack({ bundles, functions: { bulk: { ...bulk, memoryMB } } });
  return {
    ready: {},
    answers: {
      /** Megabytes of the whole process: Node, the function, and what calls it. */
      memory: async () => process.memoryUsage().rss / 1_048_576,
      stop: () => stack.stop(),
    },
  };
});
