/** What a deployment can be told: read from `cdk.json` or `-c name=value`, checked before anything is made of it. */
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Node } from 'constructs';
import { connectionName } from '../../lib/store/connections.ts';

export interface Settings {
  /** The stack's name, and the beginning of the names of what is in it. */
  stackName: string;
  /** Secrets are named `<prefix>/<connection>/<kind>`. */
  secretPrefix: string;
  /** Connections whose secrets the stack creates. */
  connections: readonly string[];
  /** Origins whose pages may call the API from a browser. */
  consoleOrigins: readonly string[];
  /** Origins whose pages may hold the console in a frame: the stores' admins. */
  consoleParents: readonly string[];
  /** Who is told of alarms. */
  alarmEmail: string | undefined;
  logRetention: RetentionDays;
  logLevel: string;
  /** Neither the stack nor a table can be deleted until this is switched off. */
  deletionProtection: boolean;
  /** Requests a second the API takes in the long run, and at once. */
  throttle: { rateLimit: number; burstLimit: number };
}

/** Secrets of any other name could be made, but nobody could pair a store with them. */
const isConnectionName = (value: string) => connectionName.safeParse(value).success;
const isOrigin = (value: string) => /^https?:\/\/[^/*\s]+$/.test(value);

const logLevels = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR'];

/** The settings in the context of a construct tree; throws with what is wrong and what would be right. */
export function settingsOf(node: Node): Settings {
  const text = (name: string, fallback: string): string => {
    const value: unknown = node.tryGetContext(name);
    return value === undefined || value === null ? fallback : String(value).trim();
  };
  const reject = (name: string, expected: string): never => {
    throw new Error(`Context "${name}" is "${text(name, '')}"; expected ${expected}.`);
  };
  const matching = (name: string, fallback: string, pattern: RegExp, expected: string): string => {
    const value = text(name, fallback);
    return pattern.test(value) ? value : reject(name, expected);
  };
  const list = (name: string, fallback: string, fits: (value: string) => boolean, expected: string): string[] => {
    const values = text(name, fallback)
      .split(',')
      .map((value) => value.trim())
      .filter(Boolean);
    return values.every(fits) ? [...new Set(values)] : reject(name, expected);
  };
  const positive = (name: string, fallback: number): number => {
    const value = Number(text(name, String(fallback)));
    return Number.isInteger(value) && value > 0 ? value : reject(name, 'a whole number above 0');
  };
  const flag = (name: string, fallback: boolean): boolean => {
    const value = text(name, String(fallback));
    return value === 'true' || (value === 'false' ? false : reject(name, 'true or false'));
  };

  const retention = positive('logRetentionDays', RetentionDays.ONE_MONTH);
  const logLevel = text('logLevel', 'INFO').toUpperCase();
  return {
    // Function names are at most 64 characters long and begin with it.
    stackName: matching('stackName', 'OpenCartOdoo', /^[A-Za-z][A-Za-z0-9-]{0,31}$/, 'letters, digits and dashes (32)'),
    secretPrefix: matching('secretPrefix', 'opencart-odoo', /^[A-Za-z0-9_.-]+$/, 'letters, digits and "_.-"'),
    connections: list(
      'connections',
      'main',
      isConnectionName,
      'names of a-z, 0-9 and "_" that begin with a letter and have 40 characters at most, with commas',
    ),
    consoleOrigins: list('consoleOrigins', '', isOrigin, 'origins like https://console.example.com'),
    consoleParents: list('consoleParents', '', isOrigin, 'origins like https://shop.example'),
    alarmEmail: matching('alarmEmail', '', /^$|^[^@\s]+@[^@\s]+$/, 'an e-mail address') || undefined,
    logRetention: RetentionDays[retention]
      ? retention
      : reject('logRetentionDays', 'a retention that CloudWatch knows, like 7, 14, 30, 90 or 365'),
    logLevel: logLevels.includes(logLevel) ? logLevel : reject('logLevel', logLevels.join(', ')),
    deletionProtection: flag('deletionProtection', true),
    throttle: { rateLimit: positive('throttleRate', 50), burstLimit: positive('throttleBurst', 100) },
  };
}
