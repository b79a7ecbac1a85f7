import { type MessageAttributes, md5OfAttributes, type QueuedMessage } from './message.ts';

/** Names of attributes a receiver asked for; `All` and, for a message's own, `prefix.*` are understood. */
export interface WantedAttributes {
  system: readonly string[];
  message: readonly string[];
}

/** A message as a receiver sees it. */
export function received(message: QueuedMessage, ReceiptHandle: string, wanted: WantedAttributes): object {
  const { content } = message;
  const system = pick(
    systemAttributes(message),
    (name) => wanted.system.includes(name) || wanted.system.includes('All'),
  );
  const attributes = pick(content.attributes ?? {}, (name) => wanted.message.some((pattern) => matches(pattern, name)));
  return {
    MessageId: content.id,
    ReceiptHandle,
    Body: content.body,
    MD5OfBody: content.md5,
    ...(system && { Attributes: system }),
    ...(attributes && {
      MessageAttributes: attributes satisfies MessageAttributes,
      MD5OfMessageAttributes: md5OfAttributes(attributes),
    }),
  };
}

function systemAttributes({ content, receives }: QueuedMessage): Record<string, string> {
  return {
    SenderId: 'LOCAL',
    SentTimestamp: String(content.sentAt),
    ApproximateReceiveCount: String(receives.count),
    ApproximateFirstReceiveTimestamp: String(receives.firstAt),
    ...(content.groupId && { MessageGroupId: content.groupId }),
    ...(content.deduplicationId && { MessageDeduplicationId: content.deduplicationId }),
    ...(content.traceHeader && { AWSTraceHeader: content.traceHeader }),
    ...(content.deadLetterSource && { DeadLetterQueueSourceArn: content.deadLetterSource }),
  };
}

function matches(pattern: string, name: string): boolean {
  if (pattern === 'All' || pattern === '.*' || pattern === name) return true;
  return pattern.endsWith('.*') && name.startsWith(pattern.slice(0, -1));
}

function pick<T>(
  values: Readonly<Record<string, T>>,
  wanted: (name: string) => boolean,
): Record<string, T> | undefined {
  const chosen = Object.entries(values).filter(([name]) => wanted(name));
  return chosen.length > 0 ? Object.fromEntries(chosen) : undefined;
}
