/**
 * `npm run synth [-- -c name=value …]`: the deployment's templates and bundles in `cdk.out`, offline.
 * Fails if cdk-nag finds anything that nobody accepted with a reason.
 */
import { parseArgs } from 'node:util';
import { connectorApp } from './cdk/connector-app.ts';
import { accepted, findings } from './cdk/nag.ts';
import { describeNag, describeStacks } from './cdk/summary.ts';
import { buildConsole } from './console-build.ts';

const { values } = parseArgs({ options: { context: { type: 'string', short: 'c', multiple: true, default: [] } } });
const context = Object.fromEntries(
  values.context.map((pair) => {
    const [name = '', ...value] = pair.split('=');
    return [name, value.join('=')];
  }),
);

await buildConsole(console.log);
const { app } = connectorApp({ outdir: 'cdk.out', context });
const found = findings(app);
// Synthesis would fail on them as well, in more words.
if (found.length === 0) console.log(`${describeStacks(app.synth())}\n`);
console.log(describeNag(found, accepted(app)));
process.exitCode = found.length === 0 ? 0 : 1;
