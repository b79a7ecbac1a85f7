import { describe, expect, it } from 'vitest';
import { readErrorLine, readLogLine } from '../../infra/local/function-log.ts';
import { outcomeLine } from '../../infra/local/outcome-line.ts';

const at = new Date(2026, 2, 1, 20, 14, 3);
const event = { connection: 'main', entity: 'order', recordId: '1003', eventId: 'evt_1' };
const told = (fields: object) => {
  const line = readLogLine(JSON.stringify({ level: 'INFO', timestamp: 'now', ...event, ...fields }));
  return line && outcomeLine(line, at);
};

describe("the functions' lines, told to people", () => {
  it.each([
    [{ message: 'synced', result: 'created', odooId: 17, model: 'sale.order' }, 'created in Odoo as sale.order 17'],
    [{ message: 'synced', result: 'adopted', odooId: 4, model: 'res.partner' }, 'found in Odoo: res.partner 4'],
    [{ message: 'synced', result: 'unchanged' }, 'unchanged: Odoo was not called'],
    [{ message: 'parked', code: 'TAX_UNMAPPED' }, 'parked: TAX_UNMAPPED – Odoo has no tax like this one'],
    [
      { message: 'retrying', code: 'ODOO_UNREACHABLE' },
      'not yet: ODOO_UNREACHABLE – Odoo cannot be reached; it is tried again',
    ],
  ])('%j', (fields, outcome) => {
    expect(told(fields)).toBe(`20:14:03  order 1003      ${outcome}`);
  });

  it('says nothing of calls to Odoo and of everything else', () => {
    expect(told({ message: 'odoo call', model: 'res.partner', method: 'load' })).toBeUndefined();
    expect(readLogLine('Debugger attached.')).toBeUndefined();
    expect(readLogLine('{"message":"events"}')).toBeUndefined();
  });

  it('knows errors that nobody had foreseen', () => {
    expect(readErrorLine('{"level":"ERROR","message":"unforeseen","cause":"Error: no table"}')).toBe(
      'unforeseen: Error: no table',
    );
    expect(readErrorLine('{"level":"INFO","message":"synced"}')).toBeUndefined();
  });
});
