/** A function of the topology: its code, role, log group, environment and event sources. */
import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, EventSourceMapping, Function as LambdaFunction, Runtime, Tracing } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { FunctionSpec } from '../topology.ts';
import type { AlarmTopic } from './alarm-topic.ts';
import type { CodeOf } from './code.ts';
import {
  grantConsume,
  grantSecrets,
  grantSend,
  grantTable,
  grantTell,
  grantWatch,
  grantWriteSecrets,
} from './grants.ts';
import type { ConnectorMetrics } from './metrics.ts';
import { accept } from './nag.ts';
import type { Queues } from './queues.ts';
import { secretArnPattern } from './secrets.ts';
import type { Settings } from './settings.ts';
import type { Tables } from './tables.ts';

/** What every function is made with. */
export interface FunctionContext {
  settings: Settings;
  tables: Tables;
  queues: Queues;
  alarmTopic: AlarmTopic;
  metrics: ConnectorMetrics;
  code: CodeOf;
}

/** One function, with a role of its own that allows exactly its grants. */
export class ConnectorFunction extends Construct {
  readonly function: LambdaFunction;
  private readonly role: Role;

  constructor(
    scope: Construct,
    readonly name: string,
    readonly spec: FunctionSpec,
    private readonly context: FunctionContext,
  ) {
    super(scope, name);
    const { settings, code } = context;
    const functionName = `${settings.stackName}-${name}`;
    const logGroup = new LogGroup(this, 'Logs', {
      logGroupName: `/aws/lambda/${functionName}`,
      retention: settings.logRetention,
      // Operational logs; the log that people read is a table, and that is kept.
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      description: `Exactly what function ${functionName} needs`,
    });
    logGroup.grantWrite(this.role);
    this.function = new LambdaFunction(this, 'Function', {
      functionName,
      description: spec.description,
      code: code(spec),
      handler: 'index.handler',
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      memorySize: spec.memoryMB,
      timeout: Duration.seconds(spec.timeoutSeconds),
      tracing: Tracing.ACTIVE,
      role: this.role,
      logGroup,
      environment: this.environment(),
    });
    accept(
      this.role,
      'IAM5[Resource::*]',
      'X-Ray has no resources to name: PutTraceSegments and PutTelemetryRecords accept "*" only.',
    );
    this.grant();
    this.consume();
  }

  private environment(): Record<string, string> {
    const { settings, tables, queues, metrics } = this.context;
    const { grants, env } = this.spec;
    const tableNames = Object.keys(grants.tables ?? {}).map((name) => [
      `TABLE_${name.toUpperCase()}`,
      existing(tables.byName, name, 'table').table.tableName,
    ]);
    const urls = [...queues.byEntity].map(([entity, { queue }]) => [entity, queue.queueUrl]);
    const watched = [...queues.byEntity, ...queues.byWork].map(([name, { queue, deadLetters }]) => [
      name,
      { url: queue.queueUrl, deadLetters: deadLetters.queueUrl },
    ]);
    return {
      POWERTOOLS_SERVICE_NAME: this.name,
      POWERTOOLS_METRICS_NAMESPACE: metrics.namespace,
      LOG_LEVEL: settings.logLevel,
      SECRET_PREFIX: settings.secretPrefix,
      ...Object.fromEntries(tableNames),
      ...(grants.sendEvents && {
        QUEUE_URLS: Stack.of(this).toJsonString(Object.fromEntries(urls)),
      }),
      ...(grants.tellPeople && { NOTICE_TOPIC: this.context.alarmTopic.topic.topicArn }),
      ...(grants.watchQueues && {
        WATCHED_QUEUES: Stack.of(this).toJsonString(Object.fromEntries(watched)),
      }),
      ...Object.fromEntries(
        (grants.sendWork ?? []).map((name) => [
          `QUEUE_${name.toUpperCase()}`,
          existing(queues.byWork, name, 'work queue').queue.queueUrl,
        ]),
      ),
      ...env,
    };
  }

  private grant(): void {
    const { settings, tables, queues, alarmTopic } = this.context;
    const { grants } = this.spec;
    for (const [name, access] of Object.entries(grants.tables ?? {})) {
      grantTable(this.role, existing(tables.byName, name, 'table'), access);
    }
    if (grants.sendEvents) {
      grantSend(
        this.role,
        [...queues.byEntity.values()].map(({ queue }) => queue),
      );
    }
    if (grants.watchQueues) {
      grantWatch(
        this.role,
        [...queues.byEntity.values(), ...queues.byWork.values()].flatMap(({ queue, deadLetters }) => [
          queue,
          deadLetters,
        ]),
      );
    }
    if (grants.sendWork) {
      grantSend(
        this.role,
        grants.sendWork.map((name) => existing(queues.byWork, name, 'work queue').queue),
      );
    }
    if (grants.tellPeople) grantTell(this.role, alarmTopic.topic, alarmTopic.key);
    for (const kind of grants.secrets ?? []) {
      grantSecrets(this.role, secretArnPattern(this, settings.secretPrefix, kind));
    }
    for (const kind of grants.writeSecrets ?? []) {
      grantWriteSecrets(this.role, secretArnPattern(this, settings.secretPrefix, kind));
    }
  }

  private consume(): void {
    const { consumes } = this.spec;
    if (!consumes) return;
    for (const name of consumes.queues) {
      const queue = existing(this.context.queues.byName, name, 'queue');
      grantConsume(this.role, queue);
      new EventSourceMapping(this, `From-${name}`, {
        target: this.function,
        eventSourceArn: queue.queueArn,
        batchSize: consumes.batchSize,
        maxBatchingWindow: Duration.seconds(consumes.windowSeconds),
        maxConcurrency: consumes.maxConcurrency,
        reportBatchItemFailures: true,
      });
    }
  }
}

function existing<T>(map: ReadonlyMap<string, T>, name: string, what: string): T {
  const value = map.get(name);
  if (!value) throw new Error(`The topology has no ${what} "${name}"; it has ${[...map.keys()].join(', ')}.`);
  return value;
}
