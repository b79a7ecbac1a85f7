import type { OdooRecord } from '../odoo/client.ts';
import type { Cell, SyncContext } from './declare.ts';
import type { PlanNode } from './node.ts';

/** A record's fields with what is written to them. */
export type Cells = ReadonlyMap<string, Cell>;

/**
 * What is written to the record of a node: neither what its entity or the settings leave to Odoo once
 * it is made, nor what Odoo was seen to hold already.
 */
export function cellsOf(node: PlanNode, context: SyncContext): Cells {
  const { declaration, snapshot, found } = node;
  const isNew = node.action === 'create';
  const rules = { ...(isNew ? declaration.initially : {}), ...declaration.fields };
  const cells = new Map<string, Cell>();
  for (const [field, rule] of Object.entries(rules)) {
    if (!isNew && (node.omitted.includes(field) || isLeft(field, node, context))) continue;
    const cell = rule(snapshot, context, node.recordId);
    if (cell !== undefined && !holds(found, field, cell)) cells.set(field, cell);
  }
  return cells;
}

/** Whether the settings leave a field to Odoo once the record is made. */
export const isLeft = (field: string, { declaration }: PlanNode, { settings }: SyncContext): boolean =>
  settings.fieldsOfOdoo[declaration.name]?.includes(field) === true;

function holds(found: OdooRecord | undefined, field: string, cell: Cell): boolean {
  if (found === undefined || !(field in found)) return false;
  const held = found[field];
  if (typeof held === 'number') return held === Number(cell);
  // Odoo says false of an empty text.
  return held === cell || (held === false && (cell === '' || cell === null));
}
