/** CSV as spreadsheets read and write it (RFC 4180), without letting a cell become a formula. */
import { CsvError, parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import { ConnectorError } from './errors/index.ts';

export type Cell = string | number | null;

/** Lines of cells. What a spreadsheet would take for a formula begins with an apostrophe. */
export const csvLines = (rows: readonly (readonly Cell[])[]): string =>
  stringify(rows as Cell[][], { escape_formulas: true, record_delimiter: 'windows' });

const ESCAPED = /^'(?=[=+\-@\t\r＝＋－＠])/;

/**
 * Reads lines of cells; the first line names them. Semicolons, as some languages' spreadsheets write them, are
 * understood, too.
 * @returns the cells of each line by name, as they were before `csvLines` escaped them
 * @throws ConnectorError VALUE_REFUSED
 */
export function readCsv(text: string, path: string): Record<string, string>[] {
  const [names = ''] = text.split(/\r?\n/, 1);
  const delimiter = names.includes(';') && !names.includes(',') ? ';' : ',';
  try {
    const rows: Record<string, string>[] = parse(text, {
      ...{ bom: true, columns: (found: string[]) => found.map((name) => name.trim()), delimiter },
      ...{ skip_empty_lines: true, trim: false },
    });
    return rows.map((row) =>
      Object.fromEntries(Object.entries(row).map(([name, cell]) => [name, cell.replace(ESCAPED, '')])),
    );
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const isUneven = error.code === 'CSV_RECORD_INCONSISTENT_COLUMNS';
    const reason = isUneven ? 'has another number of cells than names' : 'is no CSV';
    const fields = [{ path, reason: `${reason} (line ${String(error.lines ?? 1)})` }];
    throw new ConnectorError('VALUE_REFUSED', 'The CSV cannot be read.', { fields });
  }
}
