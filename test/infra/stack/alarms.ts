import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { functions, queuedNames, workQueues } from '../../../infra/topology.ts';
import { incidentKinds } from '../../../lib/store/incidents.ts';
import { readable, synthesize } from '../fixture.ts';
import { deployed } from './deployed.ts';

const { template, ofType } = deployed;
const simple = Object.entries(ofType('AWS::CloudWatch::Alarm'));
const specs = Object.entries(functions);
const composite = Object.values(ofType('AWS::CloudWatch::CompositeAlarm'));
const alarms = simple.map(([, alarm]) => alarm);
const named = (name: string) =>
  [...alarms, ...composite].find(({ Properties }) => Properties.AlarmName === `OpenCartOdoo-${name}`)?.Properties;
/** The names of the alarms that turn a composite one on. */
const childrenOf = (name: string): string[] =>
  simple
    .filter(([id]) => JSON.stringify(named(name).AlarmRule).includes(`"${id}"`))
    .map(([, { Properties }]) => Properties.AlarmName.replace('OpenCartOdoo-', ''));

describe('alarms', () => {
  it('are three per queue of events, two per queue of work, two per function, one for the API, one for who watches, one per kind of incident', () => {
    const onQueues = 3 * queuedNames.length + 2 * Object.keys(workQueues).length;
    expect(alarms).toHaveLength(onQueues + 2 * Object.keys(functions).length + 1 + 1 + incidentKinds.length);
  });

  it.each(incidentKinds)('show incidents of kind %s and leave the telling to the function that knows them', (kind) => {
    const alarm = named(`incident-${kind}`);
    expect(alarm).toMatchObject({ Namespace: 'OpenCartOdoo', Dimensions: [{ Name: 'service', Value: 'watch' }] });
    expect(alarm.AlarmActions).toBeUndefined();
    expect(alarm.OKActions).toBeUndefined();
  });

  it('of what one cause brings about together tell people once', () => {
    expect(childrenOf('held-up').sort()).toEqual(
      queuedNames.flatMap((name) => [`${name}-late`, `${name}-retrying`]).sort(),
    );
    expect(childrenOf('throttled').sort()).toEqual(
      Object.keys(functions)
        .map((name) => `${name}-throttles`)
        .sort(),
    );
    for (const name of [...childrenOf('held-up'), ...childrenOf('throttled')]) {
      expect(named(name).AlarmActions).toBeUndefined();
      expect(named(name).OKActions).toBeUndefined();
    }
  });

  it('that stand for others are within what CloudWatch takes, whatever the stack is called', () => {
    const { ofType: long } = synthesize({ context: { stackName: 'A'.repeat(32) } });
    const names = Object.entries(long('AWS::CloudWatch::Alarm')).map(([id, { Properties }]) => [
      id,
      String(Properties.AlarmName),
    ]);
    const rules = Object.values(long('AWS::CloudWatch::CompositeAlarm')).map(({ Properties }) =>
      names.reduce(
        (rule, [id = '', name]) =>
          rule.replace(`${id}.Arn`, `arn:aws:cloudwatch:eu-central-1:123456789012:alarm:${name}`),
        readable(Properties.AlarmRule),
      ),
    );
    expect(rules).toHaveLength(2);
    for (const rule of rules) {
      expect(rule).toContain(`alarm:${'A'.repeat(32)}-`);
      expect(rule.length).toBeLessThan(10_240);
      expect(rule.split('ALARM(').length - 1).toBeLessThanOrEqual(100);
    }
  });

  it('are all on the dashboard, in one widget, which takes a hundred', () => {
    const [dashboard] = Object.values(ofType('AWS::CloudWatch::Dashboard'));
    const body = JSON.stringify(dashboard?.Properties.DashboardBody);
    const ids = [
      ...Object.keys(ofType('AWS::CloudWatch::Alarm')),
      ...Object.keys(ofType('AWS::CloudWatch::CompositeAlarm')),
    ];
    for (const id of ids) expect(body).toContain(id);
    expect(ids.length).toBeLessThanOrEqual(100);
    for (const name of Object.keys(functions)) expect(body).toContain(name);
    expect(body).toContain('ApproximateAgeOfOldestMessage');
  });

  it('say what they mean, and tell the topic when they go on and when they go off', () => {
    const [topic] = Object.keys(ofType('AWS::SNS::Topic'));
    const together = new Set([...childrenOf('held-up'), ...childrenOf('throttled')].map((name) => named(name)));
    const telling = [...alarms, ...composite]
      .map(({ Properties }) => Properties)
      .filter((alarm) => !/^OpenCartOdoo-incident-/.test(alarm.AlarmName ?? '') && !together.has(alarm));
    expect(telling.length).toBeGreaterThan(composite.length);
    for (const { AlarmActions, OKActions } of telling) {
      expect(AlarmActions).toEqual([{ Ref: topic }]);
      expect(OKActions).toEqual([{ Ref: topic }]);
    }
    for (const { Properties } of [...alarms, ...composite]) {
      expect(Properties.AlarmDescription.length).toBeGreaterThan(60);
      // CloudWatch takes no more.
      expect(Properties.AlarmDescription.length).toBeLessThan(1024);
    }
    // Where nothing is counted nothing is wrong, but for who is to be there always.
    for (const { Properties } of alarms) {
      const silent = /-silent$/.test(Properties.AlarmName);
      expect(Properties.TreatMissingData, Properties.AlarmName).toBe(silent ? 'breaching' : 'notBreaching');
    }
  });

  /** That an alarm counts all messages of a dead-letter queue: those that cannot be parked are in flight. */
  const expectDeadLetters = (name: string) => {
    const { Metrics, Threshold } = named(`${name}-dead-letters`);
    const dead = { 'Fn::GetAtt': [expect.stringContaining('dead'), 'QueueName'] };
    const counted = (Id: string, MetricName: string) => ({
      Id,
      MetricStat: { Metric: { MetricName, Dimensions: [{ Name: 'QueueName', Value: dead }] }, Period: 60 },
      ReturnData: false,
    });
    expect(Threshold).toBe(0);
    expect(Metrics).toMatchObject([
      { Expression: 'visible + FILL(inFlight, 0)' },
      counted('visible', 'ApproximateNumberOfMessagesVisible'),
      counted('inFlight', 'ApproximateNumberOfMessagesNotVisible'),
    ]);
  };

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
    expectDeadLetters(entity);
  });

  it.each(Object.keys(workQueues))('notice late and dead work of %s', (name) => {
    expect(named(`${name}-late`)).toMatchObject({ MetricName: 'ApproximateAgeOfOldestMessage', Threshold: 900 });
    expectDeadLetters(name);
  });

  const twice = { EvaluationPeriods: 3, DatapointsToAlarm: 2 };

  it.each(Object.keys(functions))('notice throttling of %s that does not stay alone', (name) => {
    expect(named(`${name}-throttles`)).toMatchObject({
      ...{ MetricName: 'Throttles', Statistic: 'Sum', Threshold: 0, Period: 300 },
      ...twice,
    });
  });

  const isWorking = ([, { consumes }]: (typeof specs)[number]) => consumes !== undefined;

  it.each(specs.filter((one) => !isWorking(one)))('notice errors of %s that do not stay alone', (name, spec) => {
    const { everyMinutes = 1 } = spec;
    const { Period, ...alarm } = named(`${name}-errors`);
    expect(alarm).toMatchObject({ MetricName: 'Errors', Statistic: 'Sum', Threshold: 0, ...twice });
    // Else two failures in a row would not be seen.
    expect(Period).toBeGreaterThanOrEqual(Math.max(300, everyMinutes * 60));
    // CloudWatch looks back no further.
    expect(Period * 3).toBeLessThanOrEqual(7 * 86_400);
  });

  it('notice that the function which tells people of incidents is not started at all', () => {
    const [watch = '', spec] = specs.find(([, { grants }]) => grants.tellPeople === true) ?? [];
    expect(named(`${watch}-silent`)).toMatchObject({
      ...{ MetricName: 'Invocations', Statistic: 'Sum', Threshold: 1, ComparisonOperator: 'LessThanThreshold' },
      // A start that comes a moment late leaves one of the periods empty.
      ...{ Period: (spec?.everyMinutes ?? 0) * 60, EvaluationPeriods: 3, TreatMissingData: 'breaching' },
      Dimensions: [{ Name: 'FunctionName', Value: { Ref: expect.stringMatching(`^${watch}`) } }],
    });
    expect(named(`${watch}-silent`).DatapointsToAlarm ?? 3).toBe(3);
  });

  it('notice errors of the API that do not stay alone, its own and not those of an Odoo behind it', () => {
    expect(named('api-5xx')).toMatchObject({
      ...{ MetricName: 'ServerErrors', Namespace: 'OpenCartOdoo', Dimensions: [{ Name: 'service', Value: 'api' }] },
      ...{ Statistic: 'Sum', Threshold: 0, Period: 300 },
      ...twice,
    });
  });
});

describe('the alarm topic', () => {
  it('is encrypted with a key that CloudWatch may use, for alarms of this account only', () => {
    template.hasResourceProperties('AWS::SNS::Topic', { KmsMasterKeyId: Match.anyValue() });
    template.hasResourceProperties('AWS::KMS::Key', {
      EnableKeyRotation: true,
      KeyPolicy: {
        Statement: Match.arrayWith([
          Match.objectLike({
            Principal: { Service: 'cloudwatch.amazonaws.com' },
            Action: ['kms:Decrypt', 'kms:GenerateDataKey*'],
            Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
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
