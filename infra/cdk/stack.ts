/** The connector's stack: the topology turned into CloudFormation. It names no entity and no function. */
import { CfnOutput, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import * as topology from '../topology.ts';
import { AlarmTopic } from './alarm-topic.ts';
import { Alarms } from './alarms.ts';
import { Api } from './api.ts';
import type { CodeOf } from './code.ts';
import { ConnectorFunction } from './connector-function.ts';
import { ConsoleSite } from './console-site.ts';
import { ConnectorDashboard } from './dashboard.ts';
import { ConnectorMetrics } from './metrics.ts';
import { Queues } from './queues.ts';
import { FunctionSchedule } from './schedules.ts';
import { ConnectionSecrets } from './secrets.ts';
import { settingsOf } from './settings.ts';
import { Tables } from './tables.ts';

export interface ConnectorStackProps {
  /** Gives each function its code: bundles for a deployment, something short for a test. */
  code: CodeOf;
  /** What `npm run build:console` has made. */
  consoleFolder: string;
  /** The packages of the store's extension, if they were built. */
  extensionFolder: string;
  /** Entities with a queue; the registry's unless told. */
  entities?: readonly string[];
  /** Functions; the topology's unless told. */
  functions?: Readonly<Record<string, topology.FunctionSpec>>;
}

/** Everything one deployment consists of; it serves any number of connections. */
export class ConnectorStack extends Stack {
  constructor(scope: Construct, props: ConnectorStackProps) {
    const { code, entities = topology.queuedNames, functions = topology.functions } = props;
    const settings = settingsOf(scope.node);
    super(scope, settings.stackName, {
      description: 'Keeps Odoo in step with OpenCart',
      terminationProtection: settings.deletionProtection,
    });

    const tables = new Tables(this, topology.tables, settings.deletionProtection);
    const queues = new Queues(this, entities, topology.queue, topology.workQueues, settings.stackName);
    new ConnectionSecrets(this, settings.secretPrefix, settings.connections);
    const alarmTopic = new AlarmTopic(this, settings.alarmEmail);
    const metrics = new ConnectorMetrics(settings.stackName);
    const context = { settings, tables, queues, alarmTopic, metrics, code };
    const all = Object.entries(functions).map(([name, spec]) => new ConnectorFunction(this, name, spec, context));
    const api = new Api(this, all, settings);
    for (const one of all) if (one.spec.everyMinutes) new FunctionSchedule(one, one.spec.everyMinutes);

    const site = new ConsoleSite(this, {
      folder: props.consoleFolder,
      packages: props.extensionFolder,
      api: api.api,
      site: { parents: settings.consoleParents },
      stackName: settings.stackName,
    });

    const { topic } = alarmTopic;
    const alarms = new Alarms(this, topic, settings.stackName, metrics);
    for (const [entity, pair] of queues.byEntity) alarms.queue(entity, pair);
    for (const [name, pair] of queues.byWork) alarms.work(name, pair);
    for (const one of all) alarms.function(one);
    alarms.api();
    alarms.incidents();
    alarms.together();
    new ConnectorDashboard(this, settings.stackName, {
      metrics,
      queues: [...queues.byEntity.values(), ...queues.byWork.values()],
      functions: all,
      api: api.api,
      alarms: alarms.all,
    });

    new CfnOutput(this, 'ConsoleUrl', { value: site.url, description: 'Where the console is' });
    new CfnOutput(this, 'ApiUrl', { value: api.api.apiEndpoint, description: 'Where the API is' });
    for (const { name, spec } of all) {
      const id = `${name.charAt(0).toUpperCase()}${name.slice(1)}Url`.replaceAll('-', '');
      for (const { path } of (spec.routes ?? []).filter(({ access }) => access === 'signed')) {
        new CfnOutput(this, id, { value: api.url(path), description: 'To be entered in the store' });
      }
    }
    for (const [name, what] of [
      ['connections', '`npm run pair` and `npm run backup`'],
      ['mappings', '`npm run backup`'],
    ] as const) {
      new CfnOutput(this, `${name.charAt(0).toUpperCase()}${name.slice(1)}Table`, {
        value: tables.byName.get(name)?.table.tableName ?? '',
        description: `TABLE_${name.toUpperCase()} for ${what}`,
      });
    }
    new CfnOutput(this, 'SecretPrefix', {
      value: settings.secretPrefix,
      description: 'SECRET_PREFIX for `npm run pair`, `npm run token` and `--connection`',
    });
    new CfnOutput(this, 'AlarmTopicArn', { value: topic.topicArn, description: 'Where alarms are published' });
  }
}
