import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { describe, expect, it, vi } from 'vitest';
import { accepted, findings } from '../../infra/cdk/nag.ts';
import { describeNag } from '../../infra/cdk/summary.ts';
import { build } from './fixture.ts';

describe('synthesis', () => {
  it("passes CloudFormation's own schemas and rules, and warns of nothing", () => {
    const outdir = mkdtempSync(join(tmpdir(), 'synthesis-'));
    vi.stubEnv('CDK_VALIDATION', 'true');
    try {
      build({ outdir }).app.synth();
      const report = JSON.parse(readFileSync(join(outdir, 'validation-report.json'), 'utf8'));
      expect(report.pluginReports).toEqual([]);
    } finally {
      vi.unstubAllEnvs();
      rmSync(outdir, { recursive: true });
    }
  });
});

describe('cdk-nag', () => {
  it('finds nothing that is not accepted', () => {
    expect(findings(build().app)).toEqual([]);
  });

  it('would find what is wrong: its rules run, and nothing is accepted for the whole stack', () => {
    const { app, stack } = build();
    new Queue(stack, 'Careless');
    new Role(stack, 'Greedy', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') }).addToPolicy(
      new PolicyStatement({ actions: ['dynamodb:*'], resources: ['*'] }),
    );
    const found = findings(app);
    expect(found.map(({ rule }) => rule).sort()).toEqual([
      'AwsSolutions-IAM5[Action::dynamodb:*]',
      'AwsSolutions-IAM5[Resource::*]',
      'AwsSolutions-SQS3',
      'AwsSolutions-SQS4',
    ]);
    expect(describeNag(found, [])).toContain('at OpenCartOdoo/Careless/Resource');
    expect(() => app.synth()).toThrow();
  });

  it('is contradicted only with a reason, where it applies', () => {
    const all = accepted(build().app);
    expect(all.length).toBeGreaterThan(0);
    for (const { reason, path } of all) {
      expect(reason.length).toBeGreaterThan(50);
      expect(path).toMatch(/^OpenCartOdoo\/.+\/.+/);
    }
  });
});
