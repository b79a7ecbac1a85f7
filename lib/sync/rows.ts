import { groupBy } from '../collections.ts';
import type { Value } from '../odoo/client.ts';
import type { RecordRows } from '../odoo/load.ts';
import type { Cell, Children, KeptChild, One, Plain, Resolve, SyncContext } from './declare.ts';
import type { Cells } from './fill.ts';
import { inOdooLanguages, SOURCE_LANGUAGE } from './languages.ts';
import { childId, externalId } from './names.ts';
import type { PlanNode } from './node.ts';

/** A node with what is written to its record. */
export interface Filled {
  node: PlanNode;
  cells: Cells;
}

/** Records that fit into one `load()`: same columns, same way of addressing. */
export interface LoadGroup {
  columns: readonly string[];
  nodes: readonly PlanNode[];
  records: readonly RecordRows[];
}

export interface RowTools {
  context: SyncContext;
  resolve: Resolve;
  /** Files that were fetched, in Base64, by their URL. */
  files: ReadonlyMap<string, string>;
}

type Row = Map<string, Value>;

/**
 * Builds the rows of `load()`. Records we made are addressed by their external id, which also makes
 * them anew where they were deleted in Odoo; adopted ones by their database id.
 */
export function loadGroups(filled: readonly Filled[], tools: RowTools): LoadGroup[] {
  const built = filled.map((one) => ({ node: one.node, rows: rowsOf(one, tools) }));
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

function rowsOf({ node, cells }: Filled, tools: RowTools): Row[] {
  const { declaration, recordId, identity, kept } = node;
  const external = externalId(tools.context.connection, declaration.name, recordId, identity);
  const own: Row = new Map();
  // What is adopted may have been mapped to a record of ours before, under another identity.
  const ours = node.mapping?.origin === 'created' && node.action !== 'adopt';
  const byDatabaseId = node.odooId !== undefined && !ours;
  if (byDatabaseId) own.set('.id', node.odooId as number);
  else own.set('id', external);

  return recordRows(own, '', cells, external, tools, kept);
}

/**
 * A record's own row with its plain cells; its children stand in it and in the rows below, each with
 * its own children in the same way.
 */
function recordRows(
  own: Row,
  prefix: string,
  cells: Iterable<readonly [string, Cell]>,
  external: string,
  tools: RowTools,
  kept?: ReadonlyMap<string, KeptChild>,
): Row[] {
  const rows = [own];
  for (const [field, cell] of cells) {
    if (!isChildren(cell)) {
      setCell(own, `${prefix}${field}`, cell, tools);
      continue;
    }
    let position = 0;
    for (const child of cell.rows) {
      for (const row of childRows(child, `${prefix}${field}/`, external, tools, kept)) {
        const below = rows[position] ?? new Map<string, Value>();
        for (const [column, value] of row) below.set(column, value);
        rows[position] = below;
        position += 1;
      }
    }
  }
  return rows;
}

function childRows(
  { key, values }: Children['rows'][number],
  prefix: string,
  parent: string,
  tools: RowTools,
  kept: ReadonlyMap<string, KeptChild> | undefined,
): Row[] {
  const external = childId(parent, key);
  const present = kept?.get(key);
  const own: Row =
    kept === undefined ? new Map([[`${prefix}id`, external]]) : new Map([[`${prefix}.id`, present?.id ?? '']]);
  // A child that stays keeps its own children: what they are called in Odoo is not known.
  const cells = Object.entries({ ...values, ...present?.values }).filter(
    ([, cell]) => present === undefined || !isChildren(cell),
  );
  return recordRows(own, prefix, cells, external, tools);
}

function setCell(row: Row, column: string, cell: Exclude<Cell, Children>, tools: RowTools): void {
  if (cell === null || typeof cell !== 'object') {
    row.set(column, plain(cell));
    return;
  }
  switch (cell.kind) {
    case 'one':
      row.set(`${column}/.id`, firstOf(cell, tools.resolve) ?? '');
      break;
    case 'many': {
      const ids = cell.to.map(tools.resolve).filter((id) => id !== undefined);
      row.set(`${column}/.id`, [...new Set(ids)].join(','));
      break;
    }
    case 'translated':
      row.set(column, inOdooLanguages(cell.texts, tools.context.dialect.languages).get(SOURCE_LANGUAGE) ?? '');
      break;
    case 'download':
      row.set(column, tools.files.get(cell.url) ?? '');
      break;
  }
}

function firstOf(cell: One, resolve: Resolve): number | undefined {
  for (const target of cell.to) {
    const id = typeof target === 'number' ? target : resolve(target);
    if (id !== undefined) return id;
  }
  return undefined;
}

/** `load()` wants booleans as text and clears a field on an empty text. */
function plain(value: Plain): Value {
  if (value === null) return '';
  return typeof value === 'boolean' ? (value ? '1' : '0') : value;
}

const isChildren = (cell: Cell): cell is Children =>
  cell !== null && typeof cell === 'object' && cell.kind === 'children';
