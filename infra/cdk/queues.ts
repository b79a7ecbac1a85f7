/** A queue and a dead-letter queue per entity of the registry. */
import { Duration } from 'aws-cdk-lib';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { deadLetterName, type QueueSpec, queueName } from '../topology.ts';

export interface QueuePair {
  queue: Queue;
  deadLetters: Queue;
}

/** The event queues: standard ones, because FIFO gives a function at most 10 messages at a time. */
export class Queues extends Construct {
  readonly byEntity: ReadonlyMap<string, QueuePair>;
  /** All of them by their name in the topology, which is how a function names what it consumes. */
  readonly byName: ReadonlyMap<string, Queue>;

  constructor(scope: Construct, entities: readonly string[], spec: QueueSpec, namePrefix: string) {
    super(scope, 'Queues');
    this.byEntity = new Map(entities.map((entity) => [entity, this.createPair(entity, spec, namePrefix)]));
    this.byName = new Map(
      [...this.byEntity].flatMap(([entity, pair]): [string, Queue][] => [
        [queueName(entity), pair.queue],
        [deadLetterName(entity), pair.deadLetters],
      ]),
    );
  }

  private createPair(entity: string, spec: QueueSpec, namePrefix: string): QueuePair {
    const common = {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      visibilityTimeout: Duration.seconds(spec.visibilitySeconds),
    };
    const deadLetters = new Queue(this, deadLetterName(entity), {
      ...common,
      queueName: `${namePrefix}-${deadLetterName(entity)}`,
      // A message keeps its age when it moves here, so this is as long as SQS allows.
      retentionPeriod: Duration.days(14),
    });
    const queue = new Queue(this, queueName(entity), {
      ...common,
      queueName: `${namePrefix}-${queueName(entity)}`,
      retentionPeriod: Duration.days(spec.retentionDays),
      deadLetterQueue: { queue: deadLetters, maxReceiveCount: spec.maxReceiveCount },
    });
    return { queue, deadLetters };
  }
}
