/** Whoever is told of something finds a section on it. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { functions, queuedNames, workQueues } from '../../infra/topology.ts';
import { incidentKinds } from '../../lib/store/incidents.ts';
import { deployed } from '../infra/stack/deployed.ts';

const runbook = readFileSync(new URL('../../docs/runbook.md', import.meta.url), 'utf8');
const sections = new Map(
  runbook.split(/^## /m).map((section) => [section.slice(0, section.indexOf('\n')).replaceAll('`', ''), section]),
);

/** `order-late` → `<queue>-late`. */
function headingOf(alarm: string): string {
  const queue = [...queuedNames, ...Object.keys(workQueues)].find((name) => alarm.startsWith(`${name}-`));
  if (queue !== undefined && /-(late|retrying|dead-letters)$/.test(alarm)) return alarm.replace(queue, '<queue>');
  const name = Object.keys(functions).find((one) => alarm === `${one}-errors` || alarm === `${one}-throttles`);
  return name === undefined ? alarm : alarm.replace(name, '<function>');
}

const alarms = ['AWS::CloudWatch::Alarm', 'AWS::CloudWatch::CompositeAlarm']
  .flatMap((type) => Object.values(deployed.ofType(type)))
  .map(({ Properties }) => String(Properties.AlarmName).replace(/^OpenCartOdoo-/, ''));

test('every alarm has a section that says what one sees, where to look and what to do', () => {
  const headings = new Set([...alarms.map(headingOf), ...incidentKinds.map((kind) => `incident-${kind}`)]);
  expect(headings.size).toBeGreaterThan(10);
  for (const heading of headings) {
    const section = sections.get(heading);
    expect(section, heading).toBeDefined();
    for (const part of ['**Symptom.**', '**Look.**', '**Do.**']) expect(section, heading).toContain(part);
  }
});
