import { awsTimeoutMs } from './environment.ts';

/** A batch that was left undone again and again, which is how DynamoDB throttles: no request has failed. */
export class LeftUndone extends Error {}

/** Whether a service of AWS has failed; the SDK gives its errors `$metadata`. */
export const isOfAws = (error: unknown): boolean =>
  error instanceof LeftUndone || (error instanceof Error && '$metadata' in error);

/**
 * What every client of AWS is made with. By itself the SDK waits without end, and a function holds its lane meanwhile;
 * what takes too long it asks once more.
 */
export const awsClient = () => {
  const timeoutMs = awsTimeoutMs();
  return { requestHandler: { connectionTimeout: timeoutMs, requestTimeout: timeoutMs, throwOnRequestTimeout: true } };
};
