import type { AnswerOf } from '../lib/api/client.ts';
import type { getPreview } from '../lib/api/routes/runs.ts';

type Record = AnswerOf<typeof getPreview>['records'][number];

const WIDTH = 60;

/** A record, and a line for each field that would change. */
export function previewLines({ action, entity, recordId, title, fields, error, along }: Record): string[] {
  const head = `${along ? '  + ' : ''}${action.padEnd(7)} ${entity} ${recordId}  ${title}`;
  const changes = fields.map(({ field, odoo, ours }) => `          ${field}: ${short(odoo)} → ${short(ours)}`);
  return [head, ...(error === undefined ? [] : [`          ${error.message} ${error.remedy}`]), ...changes];
}

function short(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > WIDTH ? `${text.slice(0, WIDTH)}…` : text;
}
