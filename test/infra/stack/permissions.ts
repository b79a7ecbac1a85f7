import { describe, expect, it } from 'vitest';
import {
  deadLetterName,
  type FunctionSpec,
  functions,
  queuedNames,
  queueName,
  type TableName,
  tables,
  workDeadLetterName,
  workQueues,
} from '../../../infra/topology.ts';
import { type Resource, readable } from '../fixture.ts';
import { deployed } from './deployed.ts';

/** What may be done to everything, and why. */
const unlimited: Record<string, string> = {
  'xray:PutTraceSegments': 'X-Ray has no resources to name',
  'xray:PutTelemetryRecords': 'X-Ray has no resources to name',
};

const { ofType } = deployed;

interface Permission {
  action: string;
  resource: string;
}

const list = <T>(value: T | T[]): T[] => (Array.isArray(value) ? value : [value]);

/** One entry per action and resource of a policy; only permissions, the connector's policies forbid nothing. */
function permissionsIn(policies: readonly Resource[]): Permission[] {
  return policies
    .flatMap(({ Properties }) => Properties.PolicyDocument.Statement)
    .flatMap(({ Action, Resource, Effect }) => {
      expect(Effect).toBe('Allow');
      return list(Action).flatMap((action) => list(Resource).map((to) => ({ action, resource: readable(to) })));
    });
}

function permissionsOf(functionName: string): Permission[] {
  const found = Object.values(ofType('AWS::Lambda::Function')).find(
    ({ Properties }) => Properties.FunctionName === `OpenCartOdoo-${functionName}`,
  );
  const role = readable(found?.Properties.Role).replace('.Arn', '');
  return permissionsIn(
    Object.values(ofType('AWS::IAM::Policy')).filter(({ Properties }) =>
      Properties.Roles.some((one: unknown) => readable(one) === role),
    ),
  );
}

/** The logical id of the table or queue with this name in the topology. */
function idOf(type: string, prefix: string): string {
  const [id] = Object.keys(ofType(type)).filter((key) => new RegExp(`^${prefix}[0-9A-F]{8}$`).test(key));
  if (!id) throw new Error(`No ${type} ${prefix}`);
  return id;
}
const tableId = (name: string) => idOf('AWS::DynamoDB::Table', `Tables${name}`);
const queueId = (name: string) => idOf('AWS::SQS::Queue', `Queues${name.replaceAll('-', '')}`);

const workNames = Object.keys(workQueues).flatMap((name) => [name, workDeadLetterName(name)]);
const reading = ['dynamodb:BatchGetItem', 'dynamodb:GetItem', 'dynamodb:Query'];
const writing = ['dynamodb:BatchWriteItem', 'dynamodb:DeleteItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem'];
const consuming = ['sqs:ChangeMessageVisibility', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ReceiveMessage'];

/** Everything the topology grants, as the policy has to say it. */
function expected({ grants, consumes }: FunctionSpec): string[] {
  const onTables = Object.entries(grants.tables ?? {}).flatMap(([name, access]) => {
    const spec = tables[name as TableName];
    const arn = `${tableId(name)}.Arn`;
    const indexes = 'indexes' in spec ? Object.keys(spec.indexes) : [];
    return [
      ...(access === 'write' ? [] : reading.map((action) => `${action} ${arn}`)),
      ...(access === 'write' ? [] : indexes.map((index) => `dynamodb:Query ${arn}/index/${index}`)),
      ...(access === 'read' ? [] : writing.map((action) => `${action} ${arn}`)),
    ];
  });
  const onQueues = [
    ...(grants.sendEvents ? queuedNames.map((name) => `sqs:SendMessage ${queueId(queueName(name))}.Arn`) : []),
    ...(grants.watchQueues
      ? [...queuedNames.flatMap((name) => [queueName(name), deadLetterName(name)]), ...workNames].map(
          (name) => `sqs:GetQueueAttributes ${queueId(name)}.Arn`,
        )
      : []),
    ...(grants.sendWork ?? []).map((name) => `sqs:SendMessage ${queueId(name)}.Arn`),
    ...(consumes?.queues ?? []).flatMap((name) => consuming.map((action) => `${action} ${queueId(name)}.Arn`)),
  ];
  const secret = (kind: string) =>
    `arn:AWS::Partition:secretsmanager:AWS::Region:AWS::AccountId:secret:opencart-odoo/*/${kind}`;
  const onSecrets = [
    ...(grants.secrets ?? []).map((kind) => `secretsmanager:GetSecretValue ${secret(kind)}-??????`),
    ...(grants.writeSecrets ?? []).flatMap((kind) => [
      `secretsmanager:PutSecretValue ${secret(kind)}-??????`,
      `secretsmanager:CreateSecret ${secret(kind)}-??????`,
      `secretsmanager:CreateSecret ${secret(kind)}`,
    ]),
  ];
  const onTopic = grants.tellPeople
    ? [
        `sns:Publish ${idOf('AWS::SNS::Topic', 'AlarmTopic')}`,
        ...['kms:Decrypt', 'kms:GenerateDataKey'].map(
          (action) => `${action} ${idOf('AWS::KMS::Key', 'AlarmTopicKey')}.Arn`,
        ),
      ]
    : [];
  return [...onTables, ...onQueues, ...onSecrets, ...onTopic].sort();
}

describe.each(Object.entries(functions))('function %s', (name, spec) => {
  const permissions = permissionsOf(name);
  const isOwn = ({ action }: Permission) => action.startsWith('logs:') || action.startsWith('xray:');

  it('may do exactly what the topology grants', () => {
    const granted = permissions.filter((one) => !isOwn(one)).map(({ action, resource }) => `${action} ${resource}`);
    expect(granted.sort()).toEqual(expected(spec));
  });

  it('writes to its own log group only', () => {
    const logs = permissions.filter(({ action }) => action.startsWith('logs:'));
    expect(logs.map(({ action }) => action).sort()).toEqual(['logs:CreateLogStream', 'logs:PutLogEvents']);
    const [group = ''] = new Set(logs.map(({ resource }) => resource.replace('.Arn', '')));
    expect(ofType('AWS::Logs::LogGroup')[group]?.Properties.LogGroupName).toBe(`/aws/lambda/OpenCartOdoo-${name}`);
  });
});

describe('roles', () => {
  it('allow neither every action nor, but for what has a reason, every resource', () => {
    for (const { action, resource } of permissionsIn(Object.values(ofType('AWS::IAM::Policy')))) {
      expect(action).not.toContain('*');
      if (resource === '*') expect(unlimited).toHaveProperty([action]);
    }
  });

  it('have no managed policies and are one function’s or one schedule’s', () => {
    const roles = ofType('AWS::IAM::Role');
    for (const { Properties } of Object.values(roles)) expect(Properties.ManagedPolicyArns).toBeUndefined();
    const used = ['AWS::Lambda::Function', 'AWS::Scheduler::Schedule']
      .flatMap((type) => Object.values(ofType(type)))
      .map(({ Properties }) => readable(Properties.Role ?? Properties.Target.RoleArn));
    expect([...new Set(used)].sort()).toEqual(
      Object.keys(roles)
        .map((id) => `${id}.Arn`)
        .sort(),
    );
    expect(new Set(used).size).toBe(used.length);
  });

  it('keep the dead letters to whoever parks them', () => {
    const dead = [...queuedNames.map(deadLetterName), ...Object.keys(workQueues).map(workDeadLetterName)];
    const readers = Object.keys(functions).filter((name) =>
      permissionsOf(name).some(
        ({ action, resource }) =>
          // How many there are may be seen by others.
          action !== 'sqs:GetQueueAttributes' && dead.some((one) => resource === `${queueId(one)}.Arn`),
      ),
    );
    const consumers = Object.entries(functions).filter(([, { consumes }]) =>
      consumes?.queues.some((queue) => dead.includes(queue)),
    );
    expect(readers).toEqual(consumers.map(([name]) => name));
  });
});
