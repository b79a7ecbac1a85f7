import type { SQSRecord } from 'aws-lambda';

/**
 * The messages that a function reports as failed, read as Lambda reads the answer: nothing reported is full
 * success, an answer that cannot be understood is full failure.
 */
export function failedMessages(records: readonly SQSRecord[], answer: unknown): ReadonlySet<string> {
  const ids = new Set(records.map(({ messageId }) => messageId));
  if (answer === null || answer === undefined) return new Set();
  if (typeof answer !== 'object') return ids;
  const failures = (answer as { batchItemFailures?: unknown }).batchItemFailures;
  if (failures === null || failures === undefined) return new Set();
  if (!Array.isArray(failures)) return ids;
  const failed = failures.map((failure: { itemIdentifier?: unknown } | null) => failure?.itemIdentifier);
  const known = failed.filter((id): id is string => typeof id === 'string' && ids.has(id));
  return known.length === failed.length ? new Set(known) : ids;
}
