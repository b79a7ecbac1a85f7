import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import {
  deadLetterName,
  functions,
  queue,
  queuedNames,
  queueName,
  tables,
  workDeadLetterName,
  workQueues,
} from '../../../infra/topology.ts';
import { synthesize } from '../fixture.ts';
import { deployed } from './deployed.ts';

const { template, ofType } = deployed;

const consumer = Object.values(functions).find((spec) =>
  spec.consumes?.queues.includes(queueName(queuedNames[0] ?? '')),
);
if (!consumer?.consumes) throw new Error('The topology has no consumer.');
const withRefunds = synthesize({
  entities: [...queuedNames, 'refund'],
  functions: {
    ...functions,
    'consumer-refund': {
      ...consumer,
      env: { ENTITY: 'refund' },
      consumes: { ...consumer.consumes, queues: [queueName('refund')] },
    },
  },
});

describe.each(queuedNames)('entity %s', (entity) => {
  it('has an encrypted queue with a dead-letter queue', () => {
    template.hasResourceProperties('AWS::SQS::Queue', {
      QueueName: `OpenCartOdoo-${queueName(entity)}`,
      SqsManagedSseEnabled: true,
      VisibilityTimeout: queue.visibilitySeconds,
      MessageRetentionPeriod: queue.retentionDays * 86_400,
      RedrivePolicy: {
        maxReceiveCount: queue.maxReceiveCount,
        deadLetterTargetArn: { 'Fn::GetAtt': [Match.stringLikeRegexp(`${entity.replaceAll('-', '')}dead`), 'Arn'] },
      },
      FifoQueue: Match.absent(),
    });
    template.hasResourceProperties('AWS::SQS::Queue', {
      QueueName: `OpenCartOdoo-${deadLetterName(entity)}`,
      SqsManagedSseEnabled: true,
      MessageRetentionPeriod: 14 * 86_400,
    });
  });

  it('has alarms for lateness, endless retries and dead letters', () => {
    for (const kind of ['late', 'retrying', 'dead-letters']) {
      template.hasResourceProperties('AWS::CloudWatch::Alarm', { AlarmName: `OpenCartOdoo-${entity}-${kind}` });
    }
  });
});

it.each(Object.entries(workQueues))('work queue %s is encrypted, with a dead-letter queue', (name, spec) => {
  template.hasResourceProperties('AWS::SQS::Queue', {
    QueueName: `OpenCartOdoo-${name}`,
    SqsManagedSseEnabled: true,
    VisibilityTimeout: spec.visibilitySeconds,
    MessageRetentionPeriod: spec.retentionDays * 86_400,
    RedrivePolicy: { maxReceiveCount: spec.maxReceiveCount, deadLetterTargetArn: Match.anyValue() },
    FifoQueue: Match.absent(),
  });
  template.hasResourceProperties('AWS::SQS::Queue', {
    QueueName: `OpenCartOdoo-${workDeadLetterName(name)}`,
    SqsManagedSseEnabled: true,
    MessageRetentionPeriod: 14 * 86_400,
  });
});

describe('queues', () => {
  it('refuse what is not sent over TLS', () => {
    const policies = Object.values(ofType('AWS::SQS::QueuePolicy'));
    expect(policies).toHaveLength(2 * (queuedNames.length + Object.keys(workQueues).length));
    for (const { Properties } of policies) {
      expect(Properties.PolicyDocument.Statement).toContainEqual(
        expect.objectContaining({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
      );
    }
  });

  it('are consumed in batches, a part of which may fail', () => {
    const mappings = Object.values(ofType('AWS::Lambda::EventSourceMapping'));
    const consumed = Object.values(functions).flatMap(({ consumes }) => consumes?.queues ?? []);
    expect(mappings).toHaveLength(consumed.length);
    for (const { Properties } of mappings) {
      expect(Properties.FunctionResponseTypes).toEqual(['ReportBatchItemFailures']);
    }
    template.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
      BatchSize: consumer.consumes?.batchSize,
      MaximumBatchingWindowInSeconds: consumer.consumes?.windowSeconds,
      ScalingConfig: { MaximumConcurrency: consumer.consumes?.maxConcurrency },
    });
  });
});

describe('an entity added to the registry', () => {
  it.each([
    ['AWS::SQS::Queue', 2],
    ['AWS::Lambda::Function', 1],
    ['AWS::Lambda::EventSourceMapping', 1],
    ['AWS::CloudWatch::Alarm', 5],
  ])('brings its own %s (%i)', (type, more) => {
    expect(Object.keys(withRefunds.ofType(type))).toHaveLength(Object.keys(ofType(type)).length + more);
  });

  it('is known to every function that sends events or watches the queues', () => {
    const senders = Object.values(withRefunds.ofType('AWS::Lambda::Function'))
      .map(({ Properties }) => Properties.Environment.Variables.QUEUE_URLS)
      .filter(Boolean);
    expect(senders.length).toBeGreaterThan(0);
    for (const urls of senders) expect(JSON.stringify(urls)).toContain('\\"refund\\":');
  });
});

describe('tables', () => {
  const all = Object.values(ofType('AWS::DynamoDB::Table'));

  it('are those of the topology', () => {
    expect(all).toHaveLength(Object.keys(tables).length);
  });

  it('are paid by use, can be restored to any second, are encrypted and cannot be lost', () => {
    for (const { Properties, DeletionPolicy, UpdateReplacePolicy } of all) {
      expect(Properties).toMatchObject({
        BillingMode: 'PAY_PER_REQUEST',
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
        SSESpecification: { SSEEnabled: true },
        DeletionProtectionEnabled: true,
      });
      expect([DeletionPolicy, UpdateReplacePolicy]).toEqual(['Retain', 'Retain']);
    }
  });

  it.each(Object.entries(tables))('%s has its keys, indexes and expiry', (name, spec) => {
    const indexes = 'indexes' in spec ? Object.keys(spec.indexes) : [];
    const [id = ''] = Object.keys(ofType('AWS::DynamoDB::Table')).filter((key) => key.startsWith(`Tables${name}`));
    const { Properties } = ofType('AWS::DynamoDB::Table')[id] ?? {};
    expect(Properties.KeySchema[0]).toEqual({ AttributeName: spec.key.partition[0], KeyType: 'HASH' });
    expect(Properties.KeySchema[1]?.AttributeName).toBe('sort' in spec.key ? spec.key.sort[0] : undefined);
    expect((Properties.GlobalSecondaryIndexes ?? []).map((index: { IndexName: string }) => index.IndexName)).toEqual(
      indexes,
    );
    for (const index of Properties.GlobalSecondaryIndexes ?? []) {
      expect(index.Projection).toEqual({ ProjectionType: 'ALL' });
    }
    expect(Properties.TimeToLiveSpecification).toEqual(
      'ttl' in spec ? { AttributeName: spec.ttl, Enabled: true } : undefined,
    );
  });

  it('may be deleted where the context says so', () => {
    const trial = synthesize({ context: { deletionProtection: 'false' } });
    for (const { Properties } of Object.values(trial.ofType('AWS::DynamoDB::Table'))) {
      expect(Properties.DeletionProtectionEnabled).toBe(false);
    }
    expect(trial.stack.terminationProtection).toBe(false);
    expect(deployed.stack.terminationProtection).toBe(true);
  });
});

describe('functions', () => {
  const all = Object.values(ofType('AWS::Lambda::Function'));

  it('are those of the topology and nothing else', () => {
    expect(all.map(({ Properties }) => Properties.FunctionName).sort()).toEqual(
      Object.keys(functions)
        .map((name) => `OpenCartOdoo-${name}`)
        .sort(),
    );
  });

  it('run on the newest Node on ARM, traced, with a log group of their own that forgets', () => {
    for (const { Properties } of all) {
      expect(Properties).toMatchObject({
        Runtime: 'nodejs24.x',
        Architectures: ['arm64'],
        TracingConfig: { Mode: 'Active' },
        LoggingConfig: { LogGroup: { Ref: expect.any(String) } },
      });
      expect(Properties.ReservedConcurrentExecutions).toBeUndefined();
      expect(ofType('AWS::Logs::LogGroup')[Properties.LoggingConfig.LogGroup.Ref]?.Properties.RetentionInDays).toBe(30);
    }
  });

  it.each(Object.entries(functions))('%s finds its tables, queues and settings in its environment', (name, spec) => {
    const found = all.find(({ Properties }) => Properties.FunctionName === `OpenCartOdoo-${name}`);
    const variables = found?.Properties.Environment.Variables;
    expect(variables).toMatchObject({
      POWERTOOLS_SERVICE_NAME: name,
      POWERTOOLS_METRICS_NAMESPACE: 'OpenCartOdoo',
      LOG_LEVEL: 'INFO',
      SECRET_PREFIX: 'opencart-odoo',
      ...spec.env,
    });
    const granted = Object.keys(spec.grants.tables ?? {}).map((table) => `TABLE_${table.toUpperCase()}`);
    expect(
      Object.keys(variables)
        .filter((key) => key.startsWith('TABLE_'))
        .sort(),
    ).toEqual(granted.sort());
    const { sendEvents = false, watchQueues = false } = spec.grants;
    expect('QUEUE_URLS' in variables).toBe(sendEvents);
    expect('WATCHED_QUEUES' in variables).toBe(watchQueues);
    const work = (spec.grants.sendWork ?? []).map((queueOf) => `QUEUE_${queueOf.toUpperCase()}`);
    expect(Object.keys(variables).filter((key) => key.startsWith('QUEUE_') && key !== 'QUEUE_URLS')).toEqual(work);
    expect(found?.Properties).toMatchObject({ MemorySize: spec.memoryMB, Timeout: spec.timeoutSeconds });
  });

  it('that are due every so often have a schedule, and are not repeated meanwhile', () => {
    const rates = new Map([
      [1, 'rate(1 minute)'],
      [5, 'rate(5 minutes)'],
      [1_440, 'rate(1 day)'],
    ]);
    const scheduled = Object.values(functions).filter(({ everyMinutes }) => everyMinutes);
    template.resourceCountIs('AWS::Scheduler::Schedule', scheduled.length);
    for (const { everyMinutes } of scheduled) {
      template.hasResourceProperties('AWS::Scheduler::Schedule', {
        ScheduleExpression: rates.get(everyMinutes ?? 0),
        Target: { RetryPolicy: { MaximumRetryAttempts: 0 } },
      });
      template.hasResourceProperties('AWS::Lambda::EventInvokeConfig', { MaximumRetryAttempts: 0 });
    }
  });

  const due = Object.entries(functions).filter(([, { everyMinutes }]) => everyMinutes !== undefined);

  it.each(due)('%s is not started, after throttling, for times that are over', (name, spec) => {
    const [config] = Object.values(ofType('AWS::Lambda::EventInvokeConfig')).filter(
      ({ Properties }) =>
        ofType('AWS::Lambda::Function')[Properties.FunctionName.Ref]?.Properties.FunctionName ===
        `OpenCartOdoo-${name}`,
    );
    const { MaximumEventAgeInSeconds: age } = config?.Properties ?? {};
    // Lambda takes no other values.
    expect(age).toBeGreaterThanOrEqual(60);
    expect(age).toBeLessThanOrEqual(21_600);
    const seconds = (spec.everyMinutes ?? 0) * 60;
    if (age > 60) expect(age + spec.timeoutSeconds).toBeLessThanOrEqual(seconds);
    // What comes once a day is not given up for a minute without room.
    expect(age).toBeGreaterThanOrEqual(Math.min(seconds / 4, 21_600));
  });
});

describe('secrets', () => {
  it('are made for the connections named, with a generated webhook secret, and kept', () => {
    const secrets = Object.values(
      synthesize({ context: { connections: 'main, second' } }).ofType('AWS::SecretsManager::Secret'),
    );
    expect(secrets.map(({ Properties }) => Properties.Name)).toEqual([
      'opencart-odoo/main/store',
      'opencart-odoo/main/odoo',
      'opencart-odoo/second/store',
      'opencart-odoo/second/odoo',
    ]);
    expect(secrets.map(({ DeletionPolicy }) => DeletionPolicy)).toEqual(Array(4).fill('Retain'));
    expect(secrets[0]?.Properties.GenerateSecretString).toMatchObject({
      GenerateStringKey: 'webhookSecret',
      PasswordLength: 32,
      ExcludePunctuation: true,
    });
    expect(secrets[1]?.Properties.GenerateSecretString).toMatchObject({
      SecretStringTemplate: '{"user":""}',
      GenerateStringKey: 'password',
    });
  });
});
