import { stringify } from 'csv-stringify/sync';
import { type LogFilter, type LogRow, readLog } from './log.ts';

export type LogFormat = 'csv' | 'ndjson';

/** An answer of a function has 6 MB at most, as JSON: quotes and line ends count twice. */
const MOST_BYTES = 4_500_000;
const ROWS_READ_TOGETHER = 500;
/** One call of the API has 29 seconds. */
const MOST_MS = 15_000;

const columns = [
  ...(['time', 'level', 'code', 'message', 'remedy', 'entity', 'recordId'] as const),
  ...(['odooId', 'eventId', 'by', 'acceptedAt', 'occurredAt', 'id'] as const),
] satisfies (keyof LogRow)[];

/**
 * A part of the log as a file, newest first. The parts, one after the other, are one file: only the first has
 * the names of the columns.
 *
 * @param after the cursor of the part before
 */
export async function logFile(
  connection: string,
  filter: LogFilter,
  format: LogFormat,
  after?: string,
): Promise<{ text: string; next?: string }> {
  const started = Date.now();
  const parts = [format === 'csv' && after === undefined ? csv([columns]) : ''];
  let bytes = 0;
  let cursor = after;
  do {
    const page = await readLog(connection, filter, ROWS_READ_TOGETHER, cursor);
    for (const row of page.rows) {
      const line = lineOf(row, format);
      bytes += Buffer.byteLength(JSON.stringify(line));
      if (bytes > MOST_BYTES) return { text: parts.join(''), ...(cursor === undefined ? {} : { next: cursor }) };
      parts.push(line);
      cursor = row.id;
    }
    if (page.next === undefined) return { text: parts.join('') };
    cursor = page.next;
  } while (Date.now() - started < MOST_MS);
  return { text: parts.join(''), next: cursor };
}

const lineOf = (row: LogRow, format: LogFormat): string =>
  format === 'csv' ? csv([columns.map((name) => row[name] ?? '')]) : `${JSON.stringify(row)}\n`;

/** RFC 4180. What a spreadsheet would take for a formula begins with an apostrophe. */
const csv = (rows: readonly (readonly (string | number)[])[]): string =>
  stringify(rows as (string | number)[][], {
    escape_formulas: true,
    record_delimiter: 'windows',
    // By itself it quotes only what has the record's own delimiter in it.
    quoted_match: /[\r\n]/,
  });
