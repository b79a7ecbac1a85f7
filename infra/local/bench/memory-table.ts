import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';

const item = z.record(z.string(), z.unknown());
const put = z.object({ Item: item });
const batchGet = z.object({ RequestItems: z.record(z.string(), z.object({ Keys: z.array(item) })) });
const batchPut = z.object({
  RequestItems: z.record(z.string(), z.array(z.object({ PutRequest: z.object({ Item: item }) }))),
});

/** Has a client keep the one table of mappings in memory, before anything is made into a request. */
export function keepInMemory(client: DynamoDBDocumentClient): void {
  const items = new Map<string, z.output<typeof item>>();
  const keyOf = ({ scope, recordId }: z.output<typeof item>) => `${scope} ${recordId}`;
  const keep = (one: z.output<typeof item>) => items.set(keyOf(one), one);

  function answer(command: string | undefined, input: unknown): object {
    if (command === 'PutItemCommand' || command === 'PutCommand') {
      keep(put.parse(input).Item);
      return {};
    }
    if (command === 'BatchWriteItemCommand' || command === 'BatchWriteCommand') {
      for (const asked of Object.values(batchPut.parse(input).RequestItems)) {
        for (const { PutRequest } of asked) keep(PutRequest.Item);
      }
      return {};
    }
    if (command === 'BatchGetItemCommand' || command === 'BatchGetCommand') {
      const asked = Object.entries(batchGet.parse(input).RequestItems);
      const found = asked.map(([table, { Keys }]) => [table, Keys.flatMap((key) => items.get(keyOf(key)) ?? [])]);
      return { Responses: Object.fromEntries(found) };
    }
    // Of new records nobody is asked anything else but who is mapped to an Odoo record: nobody.
    if (command === 'QueryCommand') return { Items: [] };
    // That an event changed nothing is noted; nothing of what is measured asks for it.
    if (command === 'UpdateItemCommand' || command === 'UpdateCommand') return {};
    throw new Error(`${command} is not played.`);
  }

  client.middlewareStack.add(
    (_, { commandName }) =>
      async ({ input }) => ({ output: { ...answer(commandName, input), $metadata: {} }, response: undefined }),
    { step: 'initialize', priority: 'high', name: 'inMemory' },
  );
}
