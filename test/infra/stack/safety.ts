/** What holds for every resource of a kind, whoever adds one: encrypted, over TLS only, forgetful, without secrets. */
import { describe, expect, it } from 'vitest';
import { functions } from '../../../infra/topology.ts';
import { type Resource, readable } from '../fixture.ts';
import { deployed } from './deployed.ts';

const template = deployed.template.toJSON() as {
  Resources: Record<string, Pick<Resource, 'Type'> & Partial<Resource>>;
};
const text = JSON.stringify(template);
const all = Object.entries(template.Resources);

/** All resources of a type, the CDK's own among them: id and properties. */
const every = (type: string) =>
  all
    .filter(([, { Type }]) => Type === type)
    .map(([id, { Properties = {} }]): [string, Resource['Properties']] => [id, Properties]);

interface Statement {
  Effect: string;
  Action: string | string[];
  Resource?: unknown;
  Principal?: unknown;
  Condition?: unknown;
}
const list = <T>(value: T | T[]): T[] => (Array.isArray(value) ? value : [value]);

/** Whether a policy of this type on the resource refuses everything that does not come over TLS. */
const refusesPlain = (policyType: string, property: string, id: string): boolean =>
  every(policyType)
    .filter(([, properties]) => JSON.stringify(properties[property]).includes(`"${id}"`))
    .flatMap(([, { PolicyDocument }]) => PolicyDocument.Statement as Statement[])
    .some(
      ({ Effect, Condition }) =>
        Effect === 'Deny' && JSON.stringify(Condition) === '{"Bool":{"aws:SecureTransport":"false"}}',
    );

describe('at rest and on the way', () => {
  it.each(every('AWS::SQS::Queue'))('queue %s is encrypted and refuses what is not sent over TLS', (id, properties) => {
    expect(properties.SqsManagedSseEnabled === true || properties.KmsMasterKeyId !== undefined).toBe(true);
    expect(refusesPlain('AWS::SQS::QueuePolicy', 'Queues', id)).toBe(true);
  });

  it.each(every('AWS::SNS::Topic'))('topic %s is encrypted and refuses what is not sent over TLS', (id, properties) => {
    expect(properties.KmsMasterKeyId).toBeDefined();
    expect(refusesPlain('AWS::SNS::TopicPolicy', 'Topics', id)).toBe(true);
  });

  it.each(every('AWS::S3::Bucket'))('bucket %s is encrypted, private, and answers over TLS only', (id, properties) => {
    expect(properties.BucketEncryption.ServerSideEncryptionConfiguration.length).toBeGreaterThan(0);
    expect(Object.values(properties.PublicAccessBlockConfiguration)).toEqual([true, true, true, true]);
    expect(refusesPlain('AWS::S3::BucketPolicy', 'Bucket', id)).toBe(true);
  });

  it.each(every('AWS::DynamoDB::Table'))('table %s is encrypted', (_, properties) => {
    expect(properties.SSESpecification.SSEEnabled).toBe(true);
  });

  it.each(every('AWS::KMS::Key'))('key %s is changed by itself', (_, properties) => {
    expect(properties.EnableKeyRotation).toBe(true);
  });

  it.each(every('AWS::Logs::LogGroup'))('log group %s forgets', (_, properties) => {
    expect(properties.RetentionInDays).toBeGreaterThan(0);
  });

  it('the console and the API behind it are asked over TLS only', () => {
    for (const [, { DistributionConfig }] of every('AWS::CloudFront::Distribution')) {
      const behaviors = [DistributionConfig.DefaultCacheBehavior, ...(DistributionConfig.CacheBehaviors ?? [])];
      for (const { ViewerProtocolPolicy } of behaviors) {
        expect(['https-only', 'redirect-to-https']).toContain(ViewerProtocolPolicy);
      }
      for (const { CustomOriginConfig } of DistributionConfig.Origins) {
        if (CustomOriginConfig !== undefined) expect(CustomOriginConfig.OriginProtocolPolicy).toBe('https-only');
      }
    }
  });

  it('every function has a log group that is one of these', () => {
    const groups = every('AWS::Logs::LogGroup').map(([id]) => id);
    for (const { Properties } of Object.values(deployed.ofType('AWS::Lambda::Function'))) {
      expect(groups).toContain(Properties.LoggingConfig.LogGroup.Ref);
    }
  });
});

describe('secrets', () => {
  it('are made by Secrets Manager: the template knows none', () => {
    for (const [, properties] of every('AWS::SecretsManager::Secret')) {
      expect(properties.SecretString).toBeUndefined();
      expect(properties.GenerateSecretString).toBeDefined();
    }
    expect(text).not.toMatch(/whsec_|BEGIN [A-Z ]*PRIVATE KEY|AKIA[0-9A-Z]{16}/);
  });

  it('are in no environment: a function is told names and addresses', () => {
    const known = /^(TABLE_|QUEUE_|POWERTOOLS_|LOG_LEVEL$|SECRET_PREFIX$|WATCHED_QUEUES$|NOTICE_TOPIC$|ENTITY$)/;
    for (const { Properties } of Object.values(deployed.ofType('AWS::Lambda::Function'))) {
      expect(Object.keys(Properties.Environment.Variables).filter((name) => !known.test(name))).toEqual([]);
    }
  });

  it('are written by the function in which people set them, and by the one that renews keys', () => {
    const writers = every('AWS::IAM::Policy').filter(([, properties]) =>
      /secretsmanager:(Put|Create|Update|Delete)/.test(JSON.stringify(properties)),
    );
    expect(writers.map(([id]) => id).sort()).toEqual([
      expect.stringMatching(/^connectionRole/),
      expect.stringMatching(/^keysRole/),
    ]);
    expect(functions.connection?.grants.writeSecrets).toEqual(['odoo', 'store']);
    expect(functions.keys?.grants.writeSecrets).toEqual(['odoo']);
  });
});

it('nothing allows addresses that are not the internet’s', () => {
  expect(text).not.toContain('PRIVATE_ADDRESSES');
});

/** What a policy on a resource may allow with a star, and why. Those of roles are cdk-nag's: see nag.test.ts. */
const starred: Record<string, string> = {
  'kms:*': 'The account itself administers its key: without this statement nobody could.',
  'kms:GenerateDataKey*': 'With and without the plain key; in a key’s policy the resource "*" is that key.',
  's3:GetBucket*': 'The CDK empties the bucket of the console when the stack is deleted.',
  's3:List*': 'The CDK empties the bucket of the console when the stack is deleted.',
  's3:DeleteObject*': 'The CDK empties the bucket of the console when the stack is deleted.',
};

it('no policy on a resource allows everything, nor everybody, without a reason', () => {
  const types = ['AWS::KMS::Key', 'AWS::SQS::QueuePolicy', 'AWS::SNS::TopicPolicy', 'AWS::S3::BucketPolicy'];
  const statements = types
    .flatMap(every)
    .flatMap(([, { PolicyDocument, KeyPolicy }]) => (PolicyDocument ?? KeyPolicy).Statement as Statement[])
    .filter(({ Effect }) => Effect === 'Allow');
  expect(statements.length).toBeGreaterThan(0);
  for (const { Action, Principal } of statements) {
    for (const action of list(Action)) if (action.includes('*')) expect(starred).toHaveProperty([action]);
    expect(readable(Principal)).not.toMatch(/"AWS":"\*"|^\*$/);
  }
});
