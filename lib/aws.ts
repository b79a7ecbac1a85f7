import { awsTimeoutMs } from './environment.ts';

/**
 * What every client of AWS is made with. By itself the SDK waits without end, and a function holds its lane meanwhile;
 * what takes too long it asks once more.
 */
export const awsClient = () => {
  const timeoutMs = awsTimeoutMs();
  return { requestHandler: { connectionTimeout: timeoutMs, requestTimeout: timeoutMs, throwOnRequestTimeout: true } };
};
