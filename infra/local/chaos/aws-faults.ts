/** What goes wrong in DynamoDB and SQS, as their documentation names it, and before the connector's own API. */
import { type Answer, httpFaults, type Kind } from './fault.ts';

function error(version: '1.0' | '1.1', status: number, type: string, message: string, query?: string): Answer {
  const body = JSON.stringify({ __type: type, message });
  const headers = query === undefined ? {} : { 'x-amzn-query-error': query };
  return { status, type: `application/x-amz-json-${version}`, body, headers };
}

const dynamoDb = (status: number, name: string, message: string): Answer =>
  error('1.0', status, `com.amazonaws.dynamodb.v20120810#${name}`, message);
const sqs = (status: number, name: string, message: string, query: string): Answer =>
  error('1.0', status, `com.amazonaws.sqs#${name}`, message, query);

const EXCEEDED = 'The level of configured provisioned throughput for the table was exceeded.';
const exceeded = dynamoDb(400, 'ProvisionedThroughputExceededException', EXCEEDED);

/** A throttled batch is no error: DynamoDB gives back what it has left undone. Another request is refused. */
export function unprocessed(asked: Buffer): Answer {
  const { RequestItems } = JSON.parse(asked.toString()) as { RequestItems?: Record<string, unknown> };
  if (RequestItems === undefined) return exceeded;
  const isRead = Object.values(RequestItems).some((items) => !Array.isArray(items));
  const left = isRead ? { Responses: {}, UnprocessedKeys: RequestItems } : { UnprocessedItems: RequestItems };
  return { status: 200, type: 'application/x-amz-json-1.0', body: JSON.stringify(left) };
}

export const dynamoDbFaults = (lateMs: number): Kind[] => [
  ...httpFaults(lateMs),
  [4, { name: 'throughput', passed: 0, gets: exceeded }],
  [4, { name: 'unprocessed', passed: 0, gets: unprocessed }],
  [3, { name: 'throttling', passed: 0, gets: dynamoDb(400, 'ThrottlingException', 'Rate exceeded') }],
  [1, { name: '500', passed: 0, gets: dynamoDb(500, 'InternalServerError', 'Internal server error') }],
  [1, { name: '500 after commit', passed: 1, gets: dynamoDb(500, 'InternalServerError', 'Internal server error') }],
  [1, { name: '503', passed: 0, gets: { status: 503, type: 'text/html', body: '<h1>Service Unavailable</h1>' } }],
];

export const sqsFaults = (lateMs: number): Kind[] => [
  ...httpFaults(lateMs),
  // A standard queue delivers at least once, in any order.
  [6, { name: 'twice', passed: 2, gets: 'answer' }],
  [4, { name: 'overtaken', passed: 1, wait: 1_500, gets: 'answer' }],
  [
    2,
    { name: 'throttling', passed: 0, gets: sqs(403, 'RequestThrottled', 'Rate exceeded', 'RequestThrottled;Sender') },
  ],
  [1, { name: '500', passed: 0, gets: sqs(500, 'InternalFailure', 'Internal failure', 'InternalFailure;Receiver') }],
  [1, { name: '503', passed: 0, gets: { status: 503, type: 'text/html', body: '<h1>Service Unavailable</h1>' } }],
];

export const apiFaults = (lateMs: number): Kind[] => [
  ...httpFaults(lateMs),
  [1, { name: '502', passed: 0, gets: { status: 502, type: 'application/json', body: '{"message":"Bad Gateway"}' } }],
  [2, { name: '504 after commit', passed: 1, gets: { status: 504, type: 'text/html', body: '<h1>Time-out</h1>' } }],
];
