import { readCsv } from '../csv.ts';
import { ConnectorError, type FieldProblem } from '../errors/index.ts';

/** A row of an import: which Odoo record a record of the store shall be. */
export interface ImportRow {
  /** As a spreadsheet counts: the line of names is row 1. */
  row: number;
  recordId: string;
  odooId: number;
}

export interface ReadRows {
  rows: ImportRow[];
  /** Rows without an Odoo id, as an export has of what is not mapped. */
  skipped: number;
  problems: FieldProblem[];
}

const MOST_ROWS = 10_000;
const MOST_ID = 2_147_483_647;
const LONGEST_RECORD_ID = 512;

export const atRow = (row: number, column: 'recordId' | 'odooId' | 'entity', reason: string): FieldProblem => ({
  path: `csv.${row}.${column}`,
  reason,
});

/**
 * What a CSV asks for, as far as that can be told from itself.
 * @throws ConnectorError VALUE_REFUSED if it has no rows that could be looked at one by one
 */
export function readRows(csv: string, entity: string): ReadRows {
  const lines = readCsv(csv, 'csv');
  if (lines.length > MOST_ROWS) throw unreadable(`has more than ${MOST_ROWS} rows: import it in pieces`);
  for (const column of ['recordId', 'odooId']) {
    if (lines[0] !== undefined && !(column in lines[0])) throw unreadable(`has no column ${column}`);
  }
  const read: ReadRows = { rows: [], skipped: 0, problems: [] };
  const firstAt = new Map<string, number>();
  lines.forEach((cells, index) => {
    const row = index + 2;
    const recordId = cells.recordId ?? '';
    const id = cells.odooId?.trim() ?? '';
    const found = problemOf(row, entity, cells, firstAt.get(recordId));
    firstAt.set(recordId, firstAt.get(recordId) ?? row);
    if (found !== undefined) read.problems.push(found);
    else if (id === '') read.skipped += 1;
    else read.rows.push({ row, recordId, odooId: Number(id) });
  });
  return read;
}

function problemOf(row: number, entity: string, cells: Record<string, string>, firstRow: number | undefined) {
  const { recordId = '', odooId = '', entity: other = entity } = cells;
  if (other !== entity) return atRow(row, 'entity', `is not ${entity}`);
  if (recordId === '' || recordId.length > LONGEST_RECORD_ID) {
    return atRow(row, 'recordId', `must have 1 to ${LONGEST_RECORD_ID} characters`);
  }
  if (firstRow !== undefined) return atRow(row, 'recordId', `is in row ${firstRow} already`);
  const id = odooId.trim();
  const isId = /^\d{1,10}$/.test(id) && Number(id) >= 1 && Number(id) <= MOST_ID;
  return id === '' || isId ? undefined : atRow(row, 'odooId', 'is no id of an Odoo record');
}

const unreadable = (reason: string) =>
  new ConnectorError('VALUE_REFUSED', `The CSV ${reason}.`, { fields: [{ path: 'csv', reason }] });
