/** The CDK app: the stack, with cdk-nag over it. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { consoleFolder, extensionFolder } from '../console-build.ts';
import { bundledCode } from './code.ts';
import { ConnectorStack, type ConnectorStackProps } from './stack.ts';

export interface ConnectorAppProps extends Partial<ConnectorStackProps> {
  outdir?: string;
  /** Overrides the context of `cdk.json`. */
  context?: Readonly<Record<string, unknown>>;
}

const projectRoot = new URL('../../', import.meta.url);

/** The context in `cdk.json`, which the CDK command passes on and nothing else does. */
function contextOfProject(): Record<string, unknown> {
  const { context } = JSON.parse(readFileSync(new URL('cdk.json', projectRoot), 'utf8'));
  return context;
}

/** Builds the app; synthesis fails on any finding of AwsSolutions that is not accepted with a reason. */
export function connectorApp({ outdir, context, ...props }: ConnectorAppProps = {}): {
  app: App;
  stack: ConnectorStack;
} {
  const app = new App({ ...(outdir && { outdir }), context: { ...contextOfProject(), ...context } });
  const stack = new ConnectorStack(app, {
    ...{ code: bundledCode(fileURLToPath(projectRoot)), consoleFolder, extensionFolder },
    ...props,
  });
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  return { app, stack };
}
