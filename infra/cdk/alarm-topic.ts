/** Where alarms and incidents go. */
import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Effect, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';

const cloudWatch = new ServicePrincipal('cloudwatch.amazonaws.com');

/** An encrypted topic that the alarms of this account may publish to, and functions that are granted it. */
export class AlarmTopic extends Construct {
  readonly topic: Topic;
  readonly key: Key;

  constructor(scope: Construct, email: string | undefined) {
    super(scope, 'AlarmTopic');
    // CloudWatch serves every account; without this, another one's alarms could use its right to our topic and key.
    const ofThisAccount = { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } };
    // A key of our own: CloudWatch may not use the account's aws/sns key, and alarms would vanish silently.
    this.key = new Key(this, 'Key', {
      description: 'Alarms of the OpenCart-Odoo connector',
      enableKeyRotation: true,
      pendingWindow: Duration.days(7),
      // Messages pass through within seconds: nothing is lost with the key.
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.key.addToResourcePolicy(
      new PolicyStatement({
        sid: 'AlarmsEncrypt',
        effect: Effect.ALLOW,
        principals: [cloudWatch],
        actions: ['kms:Decrypt', 'kms:GenerateDataKey*'],
        // In a key's policy "*" is that key.
        resources: ['*'],
        conditions: ofThisAccount,
      }),
    );
    this.topic = new Topic(this, 'Topic', {
      displayName: 'OpenCart-Odoo connector',
      masterKey: this.key,
      enforceSSL: true,
    });
    this.topic.addToResourcePolicy(
      new PolicyStatement({
        sid: 'AlarmsPublish',
        principals: [cloudWatch],
        actions: ['sns:Publish'],
        resources: [this.topic.topicArn],
        conditions: ofThisAccount,
      }),
    );
    if (email) this.topic.addSubscription(new EmailSubscription(email));
  }
}
