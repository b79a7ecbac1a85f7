/** The tables of the topology. */
import { RemovalPolicy } from 'aws-cdk-lib';
import {
  type Attribute,
  AttributeType,
  BillingMode,
  ProjectionType,
  Table,
  TableEncryption,
} from 'aws-cdk-lib/aws-dynamodb';
import { Construct } from 'constructs';
import type { KeySchema, KeyType, TableSpec } from '../topology.ts';

const types: Record<KeyType, AttributeType> = { S: AttributeType.STRING, N: AttributeType.NUMBER };

const attribute = ([name, type]: readonly [string, KeyType]): Attribute => ({ name, type: types[type] });

const keyProps = ({ partition, sort }: KeySchema) => ({
  partitionKey: attribute(partition),
  ...(sort && { sortKey: attribute(sort) }),
});

/** A table with its indexes; `specs` says what may be asked of it. */
export interface TableWithIndexes {
  table: Table;
  indexes: readonly string[];
}

/** One DynamoDB table per table of the topology, kept when the stack is removed. */
export class Tables extends Construct {
  readonly byName: ReadonlyMap<string, TableWithIndexes>;

  constructor(scope: Construct, specs: Readonly<Record<string, TableSpec>>, deletionProtection: boolean) {
    super(scope, 'Tables');
    this.byName = new Map(
      Object.entries(specs).map(([name, spec]) => [name, this.create(name, spec, deletionProtection)]),
    );
  }

  private create(name: string, spec: TableSpec, deletionProtection: boolean): TableWithIndexes {
    // No physical name: kept tables would block the next deployment of the same stack.
    const table = new Table(this, name, {
      ...keyProps(spec.key),
      ...(spec.ttl && { timeToLiveAttribute: spec.ttl }),
      billingMode: BillingMode.PAY_PER_REQUEST,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      // The account's aws/dynamodb key: every use is in CloudTrail, it costs nothing a month, and DynamoDB
      // uses it on behalf of whoever may use the table. A key of our own would add a grant on it to every
      // role, and a second way to lose all data.
      encryption: TableEncryption.AWS_MANAGED,
      removalPolicy: RemovalPolicy.RETAIN,
      deletionProtection,
    });
    const indexes = Object.entries(spec.indexes ?? {});
    for (const [indexName, key] of indexes) {
      table.addGlobalSecondaryIndex({ indexName, ...keyProps(key), projectionType: ProjectionType.ALL });
    }
    return { table, indexes: indexes.map(([indexName]) => indexName) };
  }
}
