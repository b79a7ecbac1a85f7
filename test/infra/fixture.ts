/** The stack synthesized with code that takes no time to make. */
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { type ConnectorAppProps, connectorApp } from '../../infra/cdk/connector-app.ts';
import type { ConnectorStack } from '../../infra/cdk/stack.ts';

// Starting the CloudFormation validator takes longer than everything else here: one test does it for all.
process.env.CDK_VALIDATION = 'false';

export interface Resource {
  Type: string;
  // biome-ignore lint/suspicious/noExplicitAny: a template's properties are as deep and loose as CloudFormation
  Properties: any;
  DeletionPolicy?: string;
  UpdateReplacePolicy?: string;
}

export interface Synthesized {
  app: App;
  stack: ConnectorStack;
  template: Template;
  /** The resources of a type, by logical id, without those of the CDK's own function that copies files. */
  ofType(type: string): Record<string, Resource>;
}

/** A console of two files, in place of the built one. */
const siteFolder = mkdtempSync(join(tmpdir(), 'console-site-'));
mkdirSync(join(siteFolder, 'assets'));
writeFileSync(join(siteFolder, 'index.html'), '<!doctype html>');
writeFileSync(join(siteFolder, 'assets', 'app.js'), '');

/** Builds the app as a deployment does, with what the test changes. */
export function build(props: ConnectorAppProps = {}): { app: App; stack: ConnectorStack } {
  const code = () => Code.fromInline('exports.handler = async () => {};');
  return connectorApp({ code, consoleFolder: siteFolder, extensionFolder: '/nowhere', ...props });
}

/** Builds and synthesizes. */
export function synthesize(props: ConnectorAppProps = {}): Synthesized {
  const { app, stack } = build(props);
  const template = Template.fromStack(stack);
  return { app, stack, template, ofType: (type) => ours(template.findResources(type)) };
}

const COPYING = 'CustomCDKBucketDeployment';

const ours = (resources: object): Record<string, Resource> =>
  Object.fromEntries(Object.entries(resources).filter(([id]) => !id.startsWith(COPYING)));

/** The physical names or logical ids that a template's value refers to, as one readable text. */
export function readable(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null) return String(value);
  const [[kind, of] = []] = Object.entries(value);
  if (kind === 'Ref') return String(of);
  if (kind === 'Fn::GetAtt') return `${of[0]}.${of[1]}`;
  if (kind === 'Fn::Join') return (of[1] as unknown[]).map(readable).join(of[0]);
  return JSON.stringify(value);
}
