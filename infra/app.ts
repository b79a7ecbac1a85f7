/** What the `cdk` command runs, as `cdk.json` says; the app synthesizes itself when this process ends. */
import { connectorApp } from './cdk/connector-app.ts';

connectorApp();
