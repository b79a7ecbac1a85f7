/** What a schema cannot say of settings: whether their names exist and their values make sense together. */
import type { FieldProblem } from '../errors/index.ts';
import { urlProblem } from '../outbound/url.ts';
import { expressionProblem } from '../schedules/expression.ts';
import { type ConnectionSettings, isOdooOnline } from '../store/connections.ts';
import { type EntityChoices, entityChoices, scheduleNames } from './choices.ts';

const byName = new Map(entityChoices.map((choices) => [choices.name, choices]));

/** What is wrong with settings, by the path of each setting, e.g. `deletePolicies.category`. */
export function settingsProblems(settings: ConnectionSettings): FieldProblem[] {
  return [
    ...policyProblems('deletePolicies', settings.deletePolicies, (entity) => entity.deletePolicies),
    ...policyProblems('matchPolicies', settings.matchPolicies, (entity) => entity.matchPolicies),
    ...fieldProblems(settings),
    ...Object.keys(settings.realtime).flatMap((name) =>
      byName.get(name)?.realtime === true
        ? []
        : [{ path: `realtime.${name}`, reason: `is no entity that the store sends events of: ${names('realtime')}` }],
    ),
    ...Object.keys(settings.statusMapping).flatMap((id) =>
      /^[1-9]\d{0,9}$/.test(id) ? [] : [{ path: `statusMapping.${id}`, reason: 'is no id of an order status' }],
    ),
    ...scheduleProblems(settings),
    ...(settings.callsAtOnce > 1 && isOdooOnline(settings.odooUrl)
      ? [{ path: 'callsAtOnce', reason: 'must be 1: Odoo Online allows no calls in parallel' }]
      : []),
    ...(['odooUrl', 'exportUrl'] as const).flatMap((path) => {
      const reason = urlProblem(settings[path]);
      return reason === undefined ? [] : [{ path, reason }];
    }),
  ];
}

function policyProblems(
  setting: 'deletePolicies' | 'matchPolicies',
  policies: Readonly<Record<string, string>>,
  allowed: (entity: EntityChoices) => readonly string[],
): FieldProblem[] {
  return Object.entries(policies).flatMap(([name, policy]) => {
    const path = `${setting}.${name}`;
    const entity = byName.get(name);
    const choices = entity === undefined ? [] : allowed(entity);
    if (choices.includes(policy)) return [];
    if (choices.length === 0) return [{ path, reason: `is no entity that has such a policy: ${names(setting)}` }];
    return [{ path, reason: `cannot be "${policy}" for ${name}, only ${choices.join(' or ')}` }];
  });
}

function fieldProblems({ fieldsOfOdoo }: ConnectionSettings): FieldProblem[] {
  return Object.entries(fieldsOfOdoo).flatMap(([name, fields]) => {
    const path = `fieldsOfOdoo.${name}`;
    const known = byName.get(name)?.fieldsOfOdoo ?? [];
    if (known.length === 0) return [{ path, reason: `is no entity that has such fields: ${names('fieldsOfOdoo')}` }];
    return fields.flatMap((field, index) =>
      known.includes(field)
        ? []
        : [
            {
              path: `${path}.${index}`,
              reason: `"${field.slice(0, 64)}" is not written; these are: ${known.join(', ')}`,
            },
          ],
    );
  });
}

function scheduleProblems({ schedules }: ConnectionSettings): FieldProblem[] {
  return Object.entries(schedules).flatMap(([name, { when, mode }]) => {
    const path = `schedules.${name}`;
    if (!scheduleNames.includes(name)) {
      return [{ path, reason: `is none of ${scheduleNames.join(', ')}` }];
    }
    const problem = expressionProblem(when);
    return [
      ...(problem === undefined ? [] : [{ path: `${path}.when`, reason: problem }]),
      ...(name === 'sweep' && mode !== undefined ? [{ path: `${path}.mode`, reason: 'a sweep has none' }] : []),
    ];
  });
}

function names(setting: 'deletePolicies' | 'matchPolicies' | 'fieldsOfOdoo' | 'realtime'): string {
  const fitting = entityChoices.filter((one) => {
    const choices = one[setting];
    return Array.isArray(choices) ? choices.length > 0 : choices === true;
  });
  return fitting.map(({ name }) => name).join(', ');
}
