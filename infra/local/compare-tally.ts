import { chunks } from '../../lib/collections.ts';
import type { Domain, Odoo, OdooRecord, Value } from '../../lib/odoo/client.ts';

/** Values per search. */
const SEARCHED = 1_000;

/** Counts what is double and lost, and keeps a sentence for each finding. */
export class Tally {
  duplicates = 0;
  lost = 0;
  /** Records that are there, and not as they should be. */
  wrong = 0;
  readonly problems: string[] = [];

  /** The one record that should be there. */
  one(what: string, found: readonly OdooRecord[] = []): OdooRecord | undefined {
    if (found.length === 0) {
      this.lost += 1;
      this.problems.push(`${what} is not in Odoo`);
    }
    if (found.length > 1) {
      this.duplicates += found.length - 1;
      this.problems.push(`${what} is in Odoo ${found.length} times: ${found.map(({ id }) => id).join(', ')}`);
    }
    return found[0];
  }

  /** A record's newest version: where it is not in Odoo, a change was lost. */
  newest(what: string, found: unknown, expected: string): void {
    if (!this.same(what, found, expected)) this.lost += 1;
  }

  same(what: string, found: unknown, expected: string): boolean {
    if (found === expected) return true;
    this.problems.push(`${what} is ${JSON.stringify(found)}, not ${JSON.stringify(expected)}`);
    return false;
  }
}

/** Records whose field has one of the values, the oldest first. */
export async function find(
  odoo: Odoo,
  model: string,
  field: string,
  values: readonly Value[],
  fields: readonly string[],
  scope: Domain = [],
  archived = true,
): Promise<OdooRecord[]> {
  const found: OdooRecord[] = [];
  for (const some of chunks([...new Set(values)], SEARCHED)) {
    const domain: Domain = [[field, 'in', some], ...scope];
    found.push(...(await odoo.searchRead(model, domain, fields, { archived, order: 'id' })));
  }
  return found;
}

/** The id in `[id, name]`. */
export const idOf = (value: unknown): unknown => (Array.isArray(value) ? value[0] : undefined);
