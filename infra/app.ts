/** What the `cdk` command runs, as `cdk.json` says; the app synthesizes itself when this process ends. */
import { connectorApp } from './cdk/connector-app.ts';
import { buildConsole } from './console-build.ts';

// What this prints is no part of the template.
await buildConsole((text) => process.stderr.write(`${text}\n`));
connectorApp();
