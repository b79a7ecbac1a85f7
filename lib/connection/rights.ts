/** Whether the apps are installed, and whether the user may do what the connector does. */
import { ConnectorError } from '../errors/index.ts';
import { type NeededRights, neededRights, type Operation, operations } from './needed-rights.ts';
import { failed, failedBy, type Look, ok, type Step, type StepResult, skipped, warning } from './step.ts';

interface App {
  name: string;
  model: string;
  /** What is missing without it; absent: nothing works. */
  without?: string;
}

const apps: readonly App[] = [
  { name: 'Sales', model: 'sale.order' },
  { name: 'Invoicing', model: 'account.move' },
  { name: 'Inventory', model: 'stock.picking' },
  { name: 'Delivery costs', model: 'delivery.carrier', without: 'orders tell their shipping method only by name' },
];

/** @throws ConnectorError ODOO_MODEL_UNKNOWN */
async function may({ odoo }: Look, model: string, operation: Operation): Promise<boolean> {
  // XML-RPC cannot carry the None that it would answer otherwise.
  return (await odoo.call(model, 'check_access_rights', [operation], { raise_exception: false })) === true;
}

async function isInstalled(look: Look, { model }: App): Promise<boolean> {
  try {
    await may(look, model, 'read');
    return true;
  } catch (error) {
    if (error instanceof ConnectorError && error.code === 'ODOO_MODEL_UNKNOWN') return false;
    throw error;
  }
}

export const installedApps: Step = {
  name: 'apps',
  async run(look) {
    const missing: App[] = [];
    for (const app of apps) if (!(await isInstalled(look, app))) missing.push(app);
    if (missing.length === 0) return ok(`${apps.map(({ name }) => name).join(', ')} are installed.`);
    const names = missing.map(({ name }) => name).join(', ');
    const remedy = `Install in Odoo: ${names}.`;
    if (missing.some(({ without }) => without === undefined)) {
      return failed('ODOO_MODEL_UNKNOWN', `Odoo lacks ${names}.`, remedy);
    }
    return warning(`Odoo lacks ${names}: ${missing.map(({ without }) => without).join('; ')}.`, remedy);
  },
};

interface Answers {
  refused: Operation[];
  allowed: Operation[];
  error?: ConnectorError;
}

/**
 * The rights per model, a step each. Odoo answers one question per call, and Odoo Online allows one call
 * a second: what matters most is asked first, and what there was no time for says so.
 */
export async function checkRights(look: Look): Promise<StepResult[]> {
  const needed = neededRights(look.target.settings);
  const answers = new Map(needed.map((one): [NeededRights, Answers] => [one, { refused: [], allowed: [] }]));
  for (const operation of operations) {
    for (const [rights, answer] of answers) {
      if (!rights.operations.includes(operation) || answer.error !== undefined) continue;
      if (Date.now() >= look.deadline) break;
      try {
        const list = (await may(look, rights.model, operation)) ? answer.allowed : answer.refused;
        list.push(operation);
      } catch (error) {
        if (!(error instanceof ConnectorError)) throw error;
        answer.error = error;
      }
    }
  }
  return [...answers].map(([rights, answer]) => ({ name: 'rights', ...judge(rights, answer), model: rights.model }));
}

function judge(rights: NeededRights, { refused, allowed, error }: Answers): Omit<StepResult, 'name'> {
  const { model, usedFor, group, optional } = rights;
  const about = `${usedFor} (${model})`;
  if (error !== undefined) return failedBy(error);
  if (refused.length > 0) {
    const detail = `The user may not ${refused.join(', ')}: ${about}.`;
    const remedy = `Give the user the group "${group}" in Odoo.`;
    if (!optional || refused.includes('read')) return failed('ODOO_ACCESS', detail, remedy);
    return warning(`${detail} What Odoo does not have yet waits until a person makes it.`, remedy, {
      code: 'ODOO_ACCESS',
    });
  }
  const unasked = rights.operations.filter((one) => !allowed.includes(one));
  const late = `There was no time to ask for ${unasked.join(', ')}.`;
  if (allowed.length === 0) return skipped(`${about}: ${late}`);
  return ok(`The user may ${allowed.join(', ')}: ${about}.${unasked.length > 0 ? ` ${late}` : ''}`);
}
