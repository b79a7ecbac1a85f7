import { App } from 'aws-cdk-lib';
import { describe, expect, it } from 'vitest';
import { settingsOf } from '../../infra/cdk/settings.ts';

const settings = (context: Record<string, unknown>) => settingsOf(new App({ context }).node);

describe('settings', () => {
  it('have defaults for everything', () => {
    expect(settings({})).toEqual({
      stackName: 'OpenCartOdoo',
      secretPrefix: 'opencart-odoo',
      connections: ['main'],
      consoleOrigins: [],
      consoleParents: [],
      alarmEmail: undefined,
      logRetention: 30,
      logLevel: 'INFO',
      deletionProtection: true,
      throttle: { rateLimit: 50, burstLimit: 100 },
    });
  });

  it('read what the command line passes as text', () => {
    expect(
      settings({
        connections: 'main, second ,main,',
        logRetentionDays: '90',
        deletionProtection: 'false',
        logLevel: 'debug',
        throttleRate: '5',
      }),
    ).toMatchObject({
      connections: ['main', 'second'],
      logRetention: 90,
      deletionProtection: false,
      logLevel: 'DEBUG',
      throttle: { rateLimit: 5 },
    });
  });

  it.each([
    ['stackName', '1st'],
    ['secretPrefix', 'a/b'],
    ['connections', 'main,a/b'],
    // The stack would make secrets that no store can be paired with.
    ['connections', 'main,Shop-1'],
    ['connections', '1st'],
    ['consoleOrigins', 'https://console.example.com/'],
    ['consoleOrigins', '*'],
    ['consoleParents', 'https://shop.example/admin'],
    ['alarmEmail', 'ops'],
    ['logRetentionDays', '31'],
    ['logLevel', 'LOUD'],
    ['deletionProtection', 'no'],
    ['throttleRate', '0'],
  ])('refuse %s %s and say what would be right', (name, value) => {
    expect(() => settings({ [name]: value })).toThrow(`Context "${name}" is "${value}"; expected `);
  });
});
