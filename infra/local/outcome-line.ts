import { catalog, type ErrorCode } from '../../lib/errors/index.ts';
import type { LogLine } from './function-log.ts';

/** What became of an event, for people: `20:14:03  order 1003    created in Odoo as sale.order 17`. */
export function outcomeLine(line: LogLine, at: Date): string | undefined {
  if (line.message === 'odoo call') return undefined;
  const time = at.toTimeString().slice(0, 8);
  return `${time}  ${`${line.entity} ${line.recordId}`.padEnd(14)}  ${outcome(line)}`;
}

function outcome(line: Exclude<LogLine, { message: 'odoo call' }>): string {
  if (line.message === 'parked') return `parked: ${line.code} – ${titleOf(line.code)}`;
  if (line.message === 'retrying') return `not yet: ${line.code} – ${titleOf(line.code)}; it is tried again`;
  const record = `${line.model ?? 'record'} ${line.odooId ?? '?'}`;
  switch (line.result) {
    case 'created':
      return `created in Odoo as ${record}`;
    case 'updated':
      return `updated in Odoo: ${record}`;
    case 'adopted':
      return `found in Odoo: ${record}`;
    case 'unchanged':
      return 'unchanged: Odoo was not called';
    case 'superseded':
      return 'skipped: a newer event was there before';
    default:
      return line.result;
  }
}

const titleOf = (code: string): string =>
  Object.hasOwn(catalog, code) ? catalog[code as ErrorCode].title : 'unknown to this version';
