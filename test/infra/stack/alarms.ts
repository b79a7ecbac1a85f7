import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { functions, queuedNames, workQueues } from '../../../infra/topology.ts';
import { incidentKinds } from '../../../lib/store/incidents.ts';
import { synthesize } from '../fixture.ts';
import { deployed } from './deployed.ts';

const { template, ofType } = deployed;
const alarms = Object.values(ofType('AWS::CloudWatch::Alarm'));
const named = (name: string) =>
  alarms.find(({ Properties }) => Properties.AlarmName === `OpenCartOdoo-${name}`)?.Properties;

describe('alarms', () => {
  it('are three per queue of events, two per queue of work, two per function, one for the API, one per kind of incident', () => {
    const onQueues = 3 * queuedNames.length + 2 * Object.keys(workQueues).length;
    expect(alarms).toHaveLength(onQueues + 2 * Object.keys(functions).length + 1 + incidentKinds.length);
  });

  it.each(incidentKinds)('show incidents of kind %s and leave the telling to the function that knows them', (kind) => {
    const alarm = named(`incident-${kind}`);
    expect(alarm).toMatchObject({ Namespace: 'OpenCartOdoo', Dimensions: [{ Name: 'service', Value: 'watch' }] });
    expect(alarm.AlarmActions).toBeUndefined();
  });

  it('are all on the dashboard', () => {
    const [dashboard] = Object.values(ofType('AWS::CloudWatch::Dashboard'));
    const body = JSON.stringify(dashboard?.Properties.DashboardBody);
    for (const id of Object.keys(ofType('AWS::CloudWatch::Alarm'))) expect(body).toContain(id);
    for (const name of Object.keys(functions)) expect(body).toContain(name);
    expect(body).toContain('ApproximateAgeOfOldestMessage');
  });

  it('say what they mean and all go to the topic', () => {
    const [topic] = Object.keys(ofType('AWS::SNS::Topic'));
    for (const { Properties } of alarms.filter(({ Properties }) => Properties.Namespace !== 'OpenCartOdoo')) {
      expect(Properties.AlarmActions).toEqual([{ Ref: topic }]);
      expect(Properties.AlarmDescription.length).toBeGreaterThan(60);
      // CloudWatch takes no more.
      expect(Properties.AlarmDescription.length).toBeLessThan(1024);
      expect(Properties.TreatMissingData).toBe('notBreaching');
    }
  });

  it.each(queuedNames)('notice a late, a stuck and a dead event of %s', (entity) => {
    expect(named(`${entity}-late`)).toMatchObject({
      MetricName: 'ApproximateAgeOfOldestMessage',
      Statistic: 'Maximum',
      Threshold: 900,
      ComparisonOperator: 'GreaterThanThreshold',
    });
    expect(named(`${entity}-retrying`)).toMatchObject({
      MetricName: 'ApproximateNumberOfMessagesNotVisible',
      Statistic: 'Minimum',
      Threshold: 0,
      Period: 300,
      EvaluationPeriods: 12,
    });
    expect(named(`${entity}-dead-letters`)).toMatchObject({
      MetricName: 'ApproximateNumberOfMessagesVisible',
      Threshold: 0,
      Dimensions: [{ Name: 'QueueName', Value: { 'Fn::GetAtt': [expect.stringContaining('dead'), 'QueueName'] } }],
    });
  });

  it.each(Object.keys(workQueues))('notice late and dead work of %s', (name) => {
    expect(named(`${name}-late`)).toMatchObject({ MetricName: 'ApproximateAgeOfOldestMessage', Threshold: 900 });
    expect(named(`${name}-dead-letters`)).toMatchObject({
      MetricName: 'ApproximateNumberOfMessagesVisible',
      Threshold: 0,
      Dimensions: [{ Name: 'QueueName', Value: { 'Fn::GetAtt': [expect.stringContaining('dead'), 'QueueName'] } }],
    });
  });

  it.each(Object.keys(functions))('notice errors and throttling of %s', (name) => {
    expect(named(`${name}-errors`)).toMatchObject({
      MetricName: 'Errors',
      Statistic: 'Sum',
      Threshold: 0,
      Period: 300,
    });
    expect(named(`${name}-throttles`)).toMatchObject({ MetricName: 'Throttles', Statistic: 'Sum', Threshold: 0 });
  });

  it('notice server errors of the API', () => {
    expect(named('api-5xx')).toMatchObject({ MetricName: '5xx', Namespace: 'AWS/ApiGateway', Threshold: 0 });
  });
});

describe('the alarm topic', () => {
  it('is encrypted with a key that CloudWatch may use', () => {
    template.hasResourceProperties('AWS::SNS::Topic', { KmsMasterKeyId: Match.anyValue() });
    template.hasResourceProperties('AWS::KMS::Key', {
      EnableKeyRotation: true,
      KeyPolicy: {
        Statement: Match.arrayWith([
          Match.objectLike({
            Principal: { Service: 'cloudwatch.amazonaws.com' },
            Action: ['kms:Decrypt', 'kms:GenerateDataKey*'],
          }),
        ]),
      },
    });
  });

  it('takes alarms of this account, over TLS', () => {
    template.hasResourceProperties('AWS::SNS::TopicPolicy', {
      PolicyDocument: {
        Statement: [
          Match.objectLike({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
          Match.objectLike({
            Effect: 'Allow',
            Principal: { Service: 'cloudwatch.amazonaws.com' },
            Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
          }),
        ],
      },
    });
  });

  it('tells whoever the context names, and nobody else', () => {
    template.resourceCountIs('AWS::SNS::Subscription', 0);
    synthesize({ context: { alarmEmail: 'ops@example.com' } }).template.hasResourceProperties(
      'AWS::SNS::Subscription',
      {
        Protocol: 'email',
        Endpoint: 'ops@example.com',
      },
    );
  });
});
