import { groupBy } from '../collections.ts';
import type { Value } from '../odoo/client.ts';
import type { RecordRows } from '../odoo/load.ts';
import type { Cell, Children, Plain, Reference, SyncContext } from './declare.ts';
import { childId, externalId } from './names.ts';
import type { PlanNode } from './node.ts';

/** Records that fit into one `load()`: same columns, same way of addressing. */
export interface LoadGroup {
  columns: readonly string[];
  nodes: readonly PlanNode[];
  records: readonly RecordRows[];
}

type Resolve = (reference: Reference) => number | undefined;
type Row = Map<string, Value>;

/**
 * Builds the rows of `load()`. Records we made are addressed by their external id, which also makes
 * them anew where they were deleted in Odoo; adopted ones by their database id.
 */
export function loadGroups(nodes: readonly PlanNode[], context: SyncContext, resolve: Resolve): LoadGroup[] {
  const built = nodes.map((node) => ({ node, rows: rowsOf(node, context, resolve) }));
  const groups = groupBy(built, ({ rows }) => JSON.stringify(columnsOf(rows)));
  return [...groups.values()].map((group) => {
    const columns = columnsOf((group[0] as { rows: Row[] }).rows);
    return {
      columns,
      nodes: group.map(({ node }) => node),
      records: group.map(({ rows }) => rows.map((row) => columns.map((column) => row.get(column) ?? ''))),
    };
  });
}

function columnsOf(rows: readonly Row[]): string[] {
  return [...new Set(rows.flatMap((row) => [...row.keys()]))];
}

function rowsOf(node: PlanNode, context: SyncContext, resolve: Resolve): Row[] {
  const { declaration, snapshot, recordId, identity } = node;
  const external = externalId(context.connection, declaration.name, recordId, identity);
  const own: Row = new Map();
  // What is adopted may have been mapped to a record of ours before, under another identity.
  const ours = node.mapping?.origin === 'created' && node.action !== 'adopt';
  const byDatabaseId = node.odooId !== undefined && !ours;
  if (byDatabaseId) own.set('.id', node.odooId as number);
  else own.set('id', external);

  const rows = [own];
  for (const [field, rule] of Object.entries(declaration.fields)) {
    const cell = rule(snapshot, context);
    if (cell === undefined) continue;
    if (isChildren(cell)) addChildren(rows, field, cell, external, resolve);
    else setCell(own, field, cell, resolve);
  }
  return rows;
}

/** The first child stands in the record's own row, each further one in a row of its own. */
function addChildren(rows: Row[], field: string, cell: Children, parent: string, resolve: Resolve): void {
  cell.rows.forEach(({ key, values }, index) => {
    const row = rows[index] ?? new Map<string, Value>();
    rows[index] = row;
    row.set(`${field}/id`, childId(parent, key));
    for (const [name, value] of Object.entries(values)) setCell(row, `${field}/${name}`, value, resolve);
  });
}

function setCell(row: Row, column: string, cell: Exclude<Cell, Children>, resolve: Resolve): void {
  if (cell === null || typeof cell !== 'object') {
    row.set(column, plain(cell));
  } else if (cell.kind === 'one') {
    row.set(`${column}/.id`, (cell.to === undefined ? undefined : resolve(cell.to)) ?? '');
  } else {
    row.set(
      `${column}/.id`,
      cell.to
        .map(resolve)
        .filter((id) => id !== undefined)
        .join(','),
    );
  }
}

/** `load()` wants booleans as text and clears a field on an empty text. */
function plain(value: Plain): Value {
  if (value === null) return '';
  return typeof value === 'boolean' ? (value ? '1' : '0') : value;
}

const isChildren = (cell: Cell): cell is Children =>
  cell !== null && typeof cell === 'object' && cell.kind === 'children';
