import { describe, expect, it } from 'vitest';
import { functions } from '../../../infra/topology.ts';
import { readable } from '../fixture.ts';
import { deployed } from './deployed.ts';

interface Widget {
  type: string;
  properties: { title: string; query?: string; view?: string };
}
const [dashboard] = Object.values(deployed.ofType('AWS::CloudWatch::Dashboard'));
const { widgets } = JSON.parse(readable(dashboard?.Properties.DashboardBody)) as { widgets: Widget[] };

/** The log group of a function, as the template names it. */
const logGroupOf = (name: string): string =>
  Object.values(deployed.ofType('AWS::Lambda::Function')).find(
    ({ Properties }) => Properties.FunctionName === `OpenCartOdoo-${name}`,
  )?.Properties.LoggingConfig.LogGroup.Ref;

describe('the dashboard', () => {
  it('says of what was parked which codes it had, whichever function has parked it', () => {
    const [table, ...others] = widgets.filter(({ type }) => type === 'log');
    expect(others).toEqual([]);
    const query = (table?.properties.query ?? '').split(/\s\| /);
    const parking = Object.keys(functions).filter((name) => functions[name]?.consumes !== undefined);
    expect(parking).toEqual(expect.arrayContaining(['bulk', 'consumer-order', 'dead-letters']));
    // CloudWatch asks no more at a time.
    expect(parking.length).toBeLessThanOrEqual(50);
    expect(query.slice(0, -3).sort()).toEqual(parking.map((name) => `SOURCE '${logGroupOf(name)}'`).sort());
    expect(query.slice(-3)).toEqual([
      'filter message = "parked"',
      'stats count(*) as times by code',
      'sort times desc',
    ]);
  });
});
