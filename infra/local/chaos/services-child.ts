/** DynamoDB, SQS and Secrets Manager in a process of their own, so that functions can die without them, and they without functions. */
import * as z from 'zod';
import { startDynamoDb } from '../aws/dynamodb.ts';
import { startSecretsManager } from '../aws/secrets.ts';
import { startSqs } from '../aws/sqs/index.ts';
import { serve } from '../child-side.ts';

const optionsSchema = z.object({
  dataDir: z.string(),
  /** 0: any free one. */
  ports: z.object({ DYNAMODB: z.number(), SQS: z.number(), SECRETS_MANAGER: z.number() }),
});

await serve(async (given) => {
  const { dataDir, ports } = optionsSchema.parse(given);
  const [sqs, dynamoDb, secrets] = await Promise.all([
    startSqs({ region: 'us-east-1', dataDir: `${dataDir}/sqs`, port: ports.SQS }),
    startDynamoDb({ dataDir: `${dataDir}/dynamodb`, port: ports.DYNAMODB }),
    startSecretsManager({ file: `${dataDir}/secrets.json`, port: ports.SECRETS_MANAGER }),
  ]);
  const ready = { SQS: sqs.endpoint, DYNAMODB: dynamoDb.endpoint, SECRETS_MANAGER: secrets.endpoint };
  return { ready, answers: {} };
});
