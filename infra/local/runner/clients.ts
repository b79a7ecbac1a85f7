import { SQSClient } from '@aws-sdk/client-sqs';

/** What every SDK client of the stack is made with. */
export interface ClientOptions {
  region: string;
  credentials: { accessKeyId: string; secretAccessKey: string; sessionToken?: string };
}

export function clientOptions(aws: Readonly<Record<string, string>>): ClientOptions {
  const { AWS_REGION = '', AWS_ACCESS_KEY_ID = '', AWS_SECRET_ACCESS_KEY = '', AWS_SESSION_TOKEN } = aws;
  return {
    region: AWS_REGION,
    credentials: {
      accessKeyId: AWS_ACCESS_KEY_ID,
      secretAccessKey: AWS_SECRET_ACCESS_KEY,
      ...(AWS_SESSION_TOKEN && { sessionToken: AWS_SESSION_TOKEN }),
    },
  };
}

/** A client with a connection for every queue: each event source holds one while it waits for messages. */
export function sqsClient(endpoint: string, options: ClientOptions): SQSClient {
  return new SQSClient({ ...options, endpoint, requestHandler: { httpAgent: { maxSockets: 500 } } });
}
