import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Architecture, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { buildSync } from 'esbuild';
import { afterAll, describe, expect, it } from 'vitest';
import { esbuildOptions } from '../../infra/bundling.ts';
import { bundledCode } from '../../infra/cdk/code.ts';
import type { FunctionSpec } from '../../infra/topology.ts';

const directory = mkdtempSync(join(tmpdir(), 'bundling-'));
const write = (name: string, text: string): string => {
  const path = join(directory, name);
  writeFileSync(path, text);
  return path;
};

write('old.cjs', "const { posix } = require('node:path'); exports.joined = posix.join('a', 'b');");
write('tools.js', "export const used = () => 'is used'; export const unused = () => 'is not used';");
write(
  'one.ts',
  "import { joined } from './old.cjs'; import { used } from './tools.js'; class Named extends Error {} export const handler = () => [joined, used(), Named.name].join();",
);
write('two.ts', "export const handler = () => 'two';");

afterAll(() => rmSync(directory, { recursive: true }));

describe('a bundle', () => {
  const outfile = join(directory, 'out', 'index.mjs');
  buildSync(esbuildOptions(join(directory, 'one.ts'), outfile));

  it('is a module that runs by itself, CommonJS dependencies and class names included', () => {
    const script = `import { handler } from '${pathToFileURL(outfile)}'; process.stdout.write(handler());`;
    const printed = execFileSync(process.execPath, ['--input-type=module', '--eval', script], { encoding: 'utf8' });
    expect(printed).toBe('a/b,is used,Named');
  });

  it('holds only what is used', () => {
    expect(readFileSync(outfile, 'utf8')).not.toContain('is not used');
    expect(existsSync(`${outfile}.map`)).toBe(false);
  });
});

describe('the code of functions', () => {
  it('is bundled once per entry, however many functions have it', () => {
    const outdir = join(directory, 'cdk.out');
    const stack = new Stack(new App({ outdir, builtinCloudFormationValidation: false }), 'Stack');
    const code = bundledCode(directory);
    for (const [id, entry] of Object.entries({ a: 'one.ts', b: 'two.ts', c: 'one.ts' })) {
      const spec: FunctionSpec = { entry, description: '', memoryMB: 128, timeoutSeconds: 1, grants: {} };
      const runtime = { runtime: Runtime.NODEJS_24_X, architecture: Architecture.ARM_64 };
      new LambdaFunction(stack, id, { ...runtime, handler: 'index.handler', code: code(spec) });
    }
    const [a, b, c] = Object.values(Template.fromStack(stack).findResources('AWS::Lambda::Function')).map(
      ({ Properties }) => Properties.Code.S3Key as string,
    );
    expect(a).toBe(c);
    expect(a).not.toBe(b);
    expect(readFileSync(join(outdir, `asset.${b?.replace('.zip', '')}`, 'index.mjs'), 'utf8')).toContain('two');
  });
});
