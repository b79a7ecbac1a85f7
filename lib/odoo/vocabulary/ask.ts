import { ConnectorError } from '../../errors/index.ts';
import type { Odoo } from '../client.ts';
import { type Described, type Difference, differences } from './differences.ts';

/** What of a field is asked for. */
const ATTRIBUTES = ['selection'];

/** Fields as `fields_get` describes them; what Odoo does not have is absent. */
export type Fields = Readonly<Record<string, Described>>;

/**
 * Finds out what this Odoo puts otherwise than the newest one, from the newest differences on: whoever has
 * done with those that ended together has done with the older ones. 19 is asked nothing, 18 four models, 17
 * and 16 eight.
 *
 * @param known what is known of `sale.order.line` already
 */
export async function differencesOf(odoo: Odoo, known: Fields): Promise<Difference[]> {
  const found: Difference[] = [];
  const asked = new Map<string, Fields | undefined>([['sale.order.line', known]]);
  for (const together of differences) {
    const inForce: Difference[] = [];
    for (const difference of together) {
      const { model, field, isNew = isThere } = difference.sign;
      if (!asked.has(model)) asked.set(model, await fieldsOf(odoo, model, signsOf(model)));
      const fields = asked.get(model);
      if (fields !== undefined && !isNew(fields[field])) inForce.push(difference);
    }
    if (inForce.length === 0) break;
    found.push(...inForce);
  }
  return found;
}

/** The fields of a model that tell what Odoo speaks. */
export const signsOf = (model: string): string[] =>
  differences.flat().flatMap(({ sign }) => (sign.model === model ? [sign.field] : []));

const isThere = (field: Described): boolean => field !== undefined;

/** Undefined: the app that brings the model is not installed, so nothing will be said of it. */
async function fieldsOf(odoo: Odoo, model: string, names: string[]): Promise<Fields | undefined> {
  try {
    return (await odoo.call(model, 'fields_get', [names, ATTRIBUTES])) as Fields;
  } catch (error) {
    if (error instanceof ConnectorError && error.code === 'ODOO_MODEL_UNKNOWN') return undefined;
    throw error;
  }
}
