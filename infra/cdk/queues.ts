/** A queue and a dead-letter queue per entity of the registry, and per kind of the connector's own work. */
import { Duration } from 'aws-cdk-lib';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { deadLetterName, type QueueSpec, queueName, workDeadLetterName } from '../topology.ts';

export interface QueuePair {
  queue: Queue;
  deadLetters: Queue;
}

/** Standard queues, because FIFO gives a function at most 10 messages at a time. */
export class Queues extends Construct {
  readonly byEntity: ReadonlyMap<string, QueuePair>;
  readonly byWork: ReadonlyMap<string, QueuePair>;
  /** All of them by their name in the topology, which is how a function names what it consumes. */
  readonly byName: ReadonlyMap<string, Queue>;

  constructor(
    scope: Construct,
    entities: readonly string[],
    spec: QueueSpec,
    work: Readonly<Record<string, QueueSpec>>,
    private readonly namePrefix: string,
  ) {
    super(scope, 'Queues');
    this.byEntity = new Map(
      entities.map((entity) => [entity, this.createPair(queueName(entity), deadLetterName(entity), spec)]),
    );
    this.byWork = new Map(
      Object.entries(work).map(([name, own]) => [name, this.createPair(name, workDeadLetterName(name), own)]),
    );
    this.byName = new Map([
      ...[...this.byEntity].flatMap(([entity, pair]) => named(pair, queueName(entity), deadLetterName(entity))),
      ...[...this.byWork].flatMap(([name, pair]) => named(pair, name, workDeadLetterName(name))),
    ]);
  }

  private createPair(name: string, deadName: string, spec: QueueSpec): QueuePair {
    const common = {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      visibilityTimeout: Duration.seconds(spec.visibilitySeconds),
    };
    const deadLetters = new Queue(this, deadName, {
      ...common,
      queueName: `${this.namePrefix}-${deadName}`,
      // A message keeps its age when it moves here, so this is as long as SQS allows.
      retentionPeriod: Duration.days(14),
    });
    const queue = new Queue(this, name, {
      ...common,
      queueName: `${this.namePrefix}-${name}`,
      retentionPeriod: Duration.days(spec.retentionDays),
      deadLetterQueue: { queue: deadLetters, maxReceiveCount: spec.maxReceiveCount },
    });
    return { queue, deadLetters };
  }
}

const named = ({ queue, deadLetters }: QueuePair, name: string, deadName: string): [string, Queue][] => [
  [name, queue],
  [deadName, deadLetters],
];
