/** Brings the console's files into its bucket, with how long each may be kept. */

import { readdirSync } from 'node:fs';
import { Stack } from 'aws-cdk-lib';
import type { Distribution } from 'aws-cdk-lib/aws-cloudfront';
import type { Bucket, CfnBucket, IBucket } from 'aws-cdk-lib/aws-s3';
import { BucketDeployment, CacheControl, type ISource, Source } from 'aws-cdk-lib/aws-s3-deployment';
import type { Construct } from 'constructs';
import { type ConsoleSite, consoleConfig, IMMUTABLE, REVALIDATED } from '../console-policy.ts';
import { accept } from './nag.ts';

export interface ConsoleFiles {
  folder: string;
  packages: string | undefined;
  site: ConsoleSite;
  bucket: Bucket;
  distribution: Distribution;
}

export function deployFiles(scope: Construct, { folder, packages, site, bucket, distribution }: ConsoleFiles): void {
  const downloads = packages === undefined ? [] : readdirSync(packages);
  const deploy = (id: string, sources: ISource[], cached: string, more: object = {}) =>
    new BucketDeployment(scope, id, {
      // Its type has a field that is undefined, which the interface, strictly read, may only lack.
      destinationBucket: bucket as IBucket,
      sources,
      cacheControl: [CacheControl.fromString(cached)],
      // What was there stays for pages that are open; nothing of it is read once they are closed.
      prune: false,
      memoryLimit: 256,
      ...more,
    });
  const assets = deploy('Assets', [Source.asset(folder, { exclude: ['*', '!assets', '!assets/**'] })], IMMUTABLE);
  const pages = deploy(
    'Pages',
    [
      Source.asset(folder, { exclude: ['assets'] }),
      Source.jsonData('config.json', consoleConfig({ ...site, downloads })),
    ],
    REVALIDATED,
    { distribution, distributionPaths: ['/index.html', '/config.json', '/scheme.js', '/icon.svg'] },
  );
  // A page is there only once everything it loads is.
  pages.node.addDependency(assets);
  if (packages !== undefined) {
    deploy('Packages', [Source.asset(packages)], REVALIDATED, { destinationKeyPrefix: 'downloads' });
  }
  acceptFindings(Stack.of(scope), bucket);
}

/** What the function that copies may do, as cdk-nag names it; it is the CDK's own, shared by all deployments of files. */
function acceptFindings(stack: Stack, bucket: Bucket): void {
  const own = stack.getLogicalId(bucket.node.defaultChild as CfnBucket);
  const assets = 'arn:<AWS::Partition>:s3:::cdk-hnb659fds-assets-<AWS::AccountId>-<AWS::Region>/*';
  const policy = 'Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole';
  const actions = ['s3:Abort*', 's3:DeleteObject*', 's3:GetBucket*', 's3:GetObject*', 's3:List*'];
  const copying = 'It copies files at deployment, from the bucket of the CDK to the console’s, and nothing else.';
  for (const child of stack.node.children) {
    if (!child.node.id.startsWith('Custom::CDKBucketDeployment')) continue;
    for (const part of child.node.children) {
      accept(
        part,
        `IAM4[${policy}]`,
        'It copies files at deployment, and writes its log by the policy that AWS has made for it.',
      );
      for (const action of actions) accept(part, `IAM5[Action::${action}]`, copying);
      accept(part, `IAM5[Resource::${assets}]`, copying);
      accept(part, `IAM5[Resource::<${own}.Arn>/*]`, copying);
      accept(
        part,
        'IAM5[Resource::*]',
        'It tells CloudFront which files are new: the CDK grants that for all distributions.',
      );
      accept(part, 'L1', 'It copies files at deployment, on the runtime that this version of the CDK brings along.');
    }
  }
}
