import { isStruct, type Value } from '../types.ts';

/** One entry of `load()`'s `messages`. */
export interface Message {
  [key: string]: Value;
}

/** Where a message comes from: the rows of its record and the record's place in the batch. */
export interface Info {
  rows: { from: number; to: number };
  record: number;
}

/** A cell that cannot be converted. `%(field)s` in the text becomes the column's label. */
export class ConversionError extends Error {
  readonly extra: { [key: string]: Value } | undefined;
  constructor(message: string, extra?: { [key: string]: Value }) {
    super(message);
    this.extra = extra;
  }
}

/** A doubt that does not stop the import. */
export class ConversionWarning extends ConversionError {}

/** Odoo's hint for the import dialogue; connectors get it too. */
export function possibleValues(relation: string, byName: boolean): { [key: string]: Value } {
  const action: { [key: string]: Value } = {
    ...{ name: 'Possible Values', type: 'ir.actions.act_window', target: 'new', view_mode: 'list,form' },
    ...{
      views: [
        [false, 'list'],
        [false, 'form'],
      ],
      context: { create: false },
      help: 'See all possible values',
    },
  };
  if (byName) return { ...action, res_model: relation };
  return { ...action, res_model: 'ir.model.data', domain: [['model', '=', relation]] };
}

/** The message of a column: the label is put into the text, and named again when there is more to say. */
export function columnMessage(info: Info, field: string, label: string, error: ConversionError): Message {
  const base = {
    ...{ rows: { ...info.rows }, type: error instanceof ConversionWarning ? 'warning' : 'error' },
    ...{ record: info.record, field, message: error.message.replaceAll('%(field)s', label) },
  };
  return error.extra && isStruct(error.extra) ? { ...base, ...error.extra, field_name: label } : base;
}

/** The message of a whole record. */
export const recordMessage = (info: Info, message: string, extra: Message = {}): Message => ({
  ...{ rows: { ...info.rows }, record: info.record, type: 'error', message },
  ...extra,
});
