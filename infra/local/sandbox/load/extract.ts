import { PythonError } from '../faults.ts';
import { fieldOf } from '../schema.ts';
import { truthy, type Value } from '../types.ts';

/** A cell path split at its slashes; `null` stands for the record's name. */
export type Path = (string | null)[];

/** A record as its rows say it: plain cells, and lists of sub-records for relations. `''` is the record's name. */
export interface Raw {
  [field: string]: Value | Raw[];
}

export interface Extracted {
  record: Raw;
  rows: { from: number; to: number };
}

/** `order_line.id` and `order_line:id` are old spellings of `order_line/.id` and `order_line/id`. */
export const splitPath = (field: string): Path =>
  field
    .replace(/([^/])\.id/g, '$1/.id')
    .replace(/([^/]):id/g, '$1/id')
    .split('/');

/** The key under which a record's own name is kept. */
export const NAME = '';

/** `_extract_records`: rows whose own cells are empty continue the record above them. */
export function extractRecords(model: string, paths: Path[], data: Value[][]): Extracted[] {
  refuseUnknownColumns(model, paths);
  const isOne2many = paths.map(([name]) => name != null && fieldOf(model, name)?.type === 'one2many');
  const continues = (row: Value[]) =>
    row.some((cell, index) => isOne2many[index] && truthy(cell)) &&
    !row.some((cell, index) => !isOne2many[index] && truthy(cell) && index < paths.length);
  const records: Extracted[] = [];
  for (let index = 0; index < data.length; ) {
    let end = index + 1;
    while (end < data.length && continues(data[end] ?? [])) end++;
    const record = extractOne(model, paths, data.slice(index, end));
    records.push({ record, rows: { from: index, to: end - 1 } });
    index = end;
  }
  return records;
}

function refuseUnknownColumns(model: string, paths: Path[]): void {
  for (const [name] of paths) {
    if (name && name !== '.id' && !fieldOf(model, name)) {
      throw new PythonError('ValueError', `Invalid field name '${name}'`);
    }
  }
}

function extractOne(model: string, paths: Path[], span: Value[][]): Raw {
  const record: Raw = {};
  const relational = new Map<string, number[]>();
  paths.forEach(([name], column) => {
    const relation = name ? fieldOf(model, name)?.relation : undefined;
    if (name && relation) relational.set(name, [...(relational.get(name) ?? []), column]);
    else record[name ?? NAME] = span[0]?.[column] ?? null;
  });
  for (const [name, columns] of relational) {
    const subpaths = columns.map((column): Path => {
      const rest = paths[column]?.slice(1) ?? [];
      return rest.length > 0 ? rest : [null];
    });
    const rows = span.map((row) => columns.map((column) => row[column] ?? null)).filter((row) => row.some(truthy));
    const relation = fieldOf(model, name)?.relation ?? '';
    record[name] = extractRecords(relation, subpaths, rows).map((sub) => sub.record);
  }
  return record;
}
