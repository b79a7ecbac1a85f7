/** A function's code, bundled in this process: there is no way for it to fall back to Docker. */
import { join, resolve } from 'node:path';
import { AssetHashType, DockerImage } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { buildSync } from 'esbuild';
import { esbuildOptions } from '../bundling.ts';
import type { FunctionSpec } from '../topology.ts';

/** Gives a function its code. */
export type CodeOf = (spec: FunctionSpec) => Code;

/**
 * Bundles a function's entry, found below `root`.
 *
 * `NodejsFunction` would start the esbuild command once per function; this bundles each entry once,
 * however many functions share it, and with exactly the options of the local stack.
 */
export const bundledCode =
  (root: string): CodeOf =>
  ({ entry }) => {
    const source = resolve(root, entry);
    return Code.fromAsset(root, {
      assetHashType: AssetHashType.OUTPUT,
      bundling: {
        image: DockerImage.fromRegistry('never-used'),
        // The CDK takes assets for the same whose options are; the entry is in none but this.
        command: [entry],
        local: {
          tryBundle: (outputDir) => {
            buildSync(esbuildOptions(source, join(outputDir, 'index.mjs')));
            return true;
          },
        },
      },
    });
  };
