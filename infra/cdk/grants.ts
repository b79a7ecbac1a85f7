/** What a function may do, statement by statement; there is no other source of permissions. */
import { PolicyStatement, type Role } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { IQueue, Queue } from 'aws-cdk-lib/aws-sqs';
import type { TableAccess } from '../topology.ts';
import { accept } from './nag.ts';
import type { TableWithIndexes } from './tables.ts';

const allow = (role: Role, actions: string[], resources: string[]): void => {
  role.addToPolicy(new PolicyStatement({ actions, resources }));
};

/** Reading includes the indexes; writing does not include reading. */
export function grantTable(role: Role, { table, indexes }: TableWithIndexes, access: TableAccess): void {
  if (access !== 'write') {
    allow(role, ['dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:Query'], [table.tableArn]);
    if (indexes.length > 0) {
      allow(
        role,
        ['dynamodb:Query'],
        indexes.map((name) => `${table.tableArn}/index/${name}`),
      );
    }
  }
  if (access !== 'read') {
    allow(
      role,
      ['dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem', 'dynamodb:BatchWriteItem'],
      [table.tableArn],
    );
  }
}

/** Receiving, deleting, and putting off a message that failed for now. */
export function grantConsume(role: Role, queue: Queue): void {
  allow(
    role,
    ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:ChangeMessageVisibility', 'sqs:GetQueueAttributes'],
    [queue.queueArn],
  );
}

/** Sending to each of the queues. */
export function grantSend(role: Role, queues: readonly IQueue[]): void {
  allow(
    role,
    ['sqs:SendMessage'],
    queues.map((queue) => queue.queueArn),
  );
}

/** Seeing how many messages each of the queues holds, and none of them. */
export function grantWatch(role: Role, queues: readonly IQueue[]): void {
  allow(
    role,
    ['sqs:GetQueueAttributes'],
    queues.map((queue) => queue.queueArn),
  );
}

/** Telling people of incidents; the topic is encrypted with a key of its own. */
export function grantTell(role: Role, topic: ITopic, key: IKey): void {
  allow(role, ['sns:Publish'], [topic.topicArn]);
  allow(role, ['kms:Decrypt', 'kms:GenerateDataKey'], [key.keyArn]);
}

/** Reading the secrets whose ARN matches the pattern. */
export function grantSecrets(role: Role, arnPattern: string): void {
  allow(role, ['secretsmanager:GetSecretValue'], [arnPattern]);
  acceptPattern(role, arnPattern);
}

/** Writing the secrets whose ARN matches the pattern, and making those that do not exist yet. */
export function grantWriteSecrets(role: Role, arnPattern: string): void {
  // A secret that is made has no random characters yet at the end of its name.
  const named = arnPattern.replace(/-\?+$/, '');
  allow(role, ['secretsmanager:PutSecretValue'], [arnPattern]);
  allow(role, ['secretsmanager:CreateSecret'], [arnPattern, named]);
  acceptPattern(role, arnPattern);
  acceptPattern(role, named);
}

function acceptPattern(role: Role, arnPattern: string): void {
  const shown = role.stack.resolve(arnPattern) as { 'Fn::Join': [string, (string | { Ref: string })[]] };
  const finding = shown['Fn::Join'][1].map((part) => (typeof part === 'string' ? part : `<${part.Ref}>`)).join('');
  accept(
    role,
    `IAM5[Resource::${finding}]`,
    'Connections are added while the stack runs; the pattern covers this kind of secret of this deployment only.',
  );
}
