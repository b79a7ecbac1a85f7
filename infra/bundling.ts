/** How a function becomes one file: the same options for the deployment, `npm run bundles` and the local stack. */
import { fileURLToPath } from 'node:url';
import type { BuildOptions } from 'esbuild';

/** Some dependencies are CommonJS and call `require`, which an ES module does not have. */
const requireInModules =
  "import { createRequire as topLevelCreateRequire } from 'node:module'; const require = topLevelCreateRequire(import.meta.url);";

const lambdaCredentials = fileURLToPath(new URL('./lambda-credentials.ts', import.meta.url));

/** The options that bundle the function at `entry` into the ES module `outfile` (`.mjs`). */
export function esbuildOptions(entry: string, outfile: string): BuildOptions {
  return {
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: 'node',
    // The oldest Node the project runs on: the very same bundle runs deployed (24) and on a developer's machine.
    target: 'node20.19',
    format: 'esm',
    banner: { js: requireInModules },
    // ES modules first: what a function does not use of a package can only be left out of these.
    mainFields: ['module', 'main'],
    treeShaking: true,
    minify: true,
    // Errors and metrics carry class names; stack traces stay readable with function names.
    keepNames: true,
    // A map would be loaded with the code or lie in the package unused. A bundle is reproducible from its
    // commit, so a map for a stack trace can be made when one is needed.
    sourcemap: false,
    legalComments: 'none',
    // V8 keeps and reads a source of one byte per character faster than one of two.
    charset: 'ascii',
    // The AWS SDK is bundled too: pinned by the lockfile, only the clients used, and loaded faster than
    // the runtime's own copy.
    external: [],
    alias: { '@aws-sdk/credential-provider-node': lambdaCredentials },
    logLevel: 'warning',
  };
}
