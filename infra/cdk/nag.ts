/** cdk-nag: the findings of its AwsSolutions rules, and the ones accepted with a reason. */
import { Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import type { IConstruct } from 'constructs';

export interface Finding {
  rule: string;
  description: string;
  paths: readonly string[];
}
export interface Accepted {
  rule: string;
  reason: string;
  path: string;
}

/** Accepts a finding on a construct and what is in it, and nowhere else. */
export function accept(construct: IConstruct, rule: string, reason: string): void {
  Validations.of(construct).acknowledge({ id: `AwsSolutions-${rule}`, reason });
}

/** The findings of the rules on a construct tree that nobody accepted. */
export function findings(tree: IConstruct): Finding[] {
  const { violations } = new AwsSolutionsChecks(tree, { verbose: true }).validateScope(tree);
  return violations.map(({ ruleName, description, violatingResources }) => ({
    rule: ruleName,
    description,
    paths: violatingResources.map((resource) => resource.constructPath ?? '?'),
  }));
}

/** Every finding accepted in a construct tree, and why. */
export function accepted(tree: IConstruct): Accepted[] {
  return tree.node.findAll().flatMap((construct) =>
    construct.node.metadata
      .filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY)
      .flatMap(({ data }) => Object.entries(data as Record<string, string>))
      .map(([id, reason]) => ({ rule: id.replace(/^annotation::/i, ''), reason, path: construct.node.path })),
  );
}
