/** A synthesized app in a few lines for people. */
import { relative } from 'node:path';
import type { CloudAssembly } from 'aws-cdk-lib/cx-api';
import type { Accepted, Finding } from './nag.ts';

/** Counts equal texts, in alphabetical order. */
function tally(texts: readonly string[]): [text: string, count: number][] {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return [...counts].sort(([a], [b]) => a.localeCompare(b));
}

/** Each stack with its resources by type. */
export function describeStacks({ stacks }: CloudAssembly): string {
  return stacks
    .map(({ stackName, templateFullPath, template }) => {
      const resources: { Type: string }[] = Object.values(template.Resources);
      const lines = tally(resources.map(({ Type }) => Type)).map(
        ([type, count]) => `${String(count).padStart(5)}  ${type}`,
      );
      return [`${stackName}: ${resources.length} resources in ${relative('', templateFullPath)}`, ...lines].join('\n');
    })
    .join('\n\n');
}

/** What cdk-nag found, and what of it is accepted for which reason. */
export function describeNag(found: readonly Finding[], accepted: readonly Accepted[]): string {
  const lines = found.map(({ rule, description, paths }) =>
    [`  ${rule}: ${description}`, ...paths].join('\n      at '),
  );
  const reasons = tally(accepted.map(({ rule, reason }) => `${rule}: ${reason}`));
  return [
    `cdk-nag AwsSolutions: ${found.length === 0 ? 'no findings' : `${found.length} findings`}`,
    ...lines,
    `  ${accepted.length} accepted, for ${reasons.length} reasons`,
    ...reasons.map(([text, count]) => `${String(count).padStart(5)}  ${text}`),
  ].join('\n');
}
