import { describe, expect, it } from 'vitest';
import { synthesize } from '../fixture.ts';

const second = synthesize({ context: { stackName: 'Second' } });

describe('a second deployment in the same region', () => {
  it('counts its metrics apart from those of the first, and looks at its own', () => {
    for (const { Properties } of Object.values(second.ofType('AWS::Lambda::Function'))) {
      expect(Properties.Environment.Variables.POWERTOOLS_METRICS_NAMESPACE).toBe('Second');
    }
    const own = Object.values(second.ofType('AWS::CloudWatch::Alarm'))
      .map(({ Properties }) => Properties)
      .filter(({ Namespace }) => Namespace !== undefined && !Namespace.startsWith('AWS/'));
    expect(own.length).toBeGreaterThan(1);
    for (const { Namespace } of own) expect(Namespace).toBe('Second');
    const [dashboard] = Object.values(second.ofType('AWS::CloudWatch::Dashboard'));
    expect(JSON.stringify(dashboard?.Properties.DashboardBody)).toContain('[\\"Second\\",\\"Synced\\"');
  });

  it('has no name in common with the first', () => {
    expect(JSON.stringify(second.template.toJSON())).not.toContain('OpenCartOdoo');
  });
});
