/** What would be written, in words that a person can compare with what Odoo holds. */
import type { OdooRecord } from '../odoo/client.ts';
import { shownUrl } from '../shown-url.ts';
import type { Cell, Children, Reference, Resolve } from './declare.ts';
import type { Cells } from './fill.ts';
import type { Graph } from './graph.ts';

export type ShownValue =
  | string
  | number
  | boolean
  | null
  | readonly ShownValue[]
  | { readonly [key: string]: ShownValue };

export interface FieldChange {
  /** Odoo's name of the field. */
  field: string;
  /** What Odoo holds; null for a record that is not there yet. */
  odoo: ShownValue;
  ours: ShownValue;
}

/** The fields in which a record would change, each with Odoo's value and ours. */
export function fieldChanges(
  cells: Cells,
  held: OdooRecord | undefined,
  graph: Graph,
  resolve: Resolve,
): FieldChange[] {
  return [...cells]
    .filter(([field, cell]) => held === undefined || !isSame(cell, held[field], resolve))
    .map(([field, cell]) => ({
      field,
      odoo: held === undefined ? null : shownHeld(held[field]),
      ours: shown(cell, graph),
    }));
}

function isSame(cell: Cell, held: unknown, resolve: Resolve): boolean {
  if (cell === null || typeof cell !== 'object') return samePlain(cell, held);
  switch (cell.kind) {
    case 'one': {
      const ids = cell.to.map((target) => (typeof target === 'number' ? target : resolve(target)));
      const wanted = ids.find((id) => id !== undefined);
      return Array.isArray(held) ? held[0] === wanted : wanted === undefined && cell.to.length === 0;
    }
    case 'many': {
      const wanted = new Set(cell.to.map(resolve));
      return Array.isArray(held) && held.length === wanted.size && held.every((id) => wanted.has(Number(id)));
    }
    case 'translated':
      // Read in Odoo's source language; the other languages are not looked at.
      return cell.texts.some(({ text }) => samePlain(text, held));
    default:
      return false;
  }
}

function samePlain(cell: string | number | boolean | null, held: unknown): boolean {
  if (typeof held === 'number') return held === Number(cell);
  return held === cell || (held === false && (cell === '' || cell === null));
}

function shown(cell: Cell, graph: Graph): ShownValue {
  if (cell === null || typeof cell !== 'object') return cell;
  switch (cell.kind) {
    case 'one':
      return cell.to[0] === undefined ? null : nameOf(cell.to[0], graph);
    case 'many':
      return cell.to.map((target) => nameOf(target, graph));
    case 'translated':
      return Object.fromEntries(cell.texts.map(({ languageCode, text }) => [languageCode || 'default', text]));
    case 'download':
      return shownUrl(cell.url);
    default:
      return shownChildren(cell, graph);
  }
}

const shownChildren = ({ rows }: Children, graph: Graph): ShownValue =>
  rows.map(({ values }) =>
    Object.fromEntries(Object.entries(values).map(([name, cell]) => [name, shown(cell, graph)])),
  );

function nameOf(target: Reference | number, graph: Graph): ShownValue {
  if (typeof target === 'number') return target;
  const node = graph.get(target);
  if (node?.snapshot !== undefined) return node.declaration.title(node.snapshot, node.recordId);
  return node?.mapping?.title ?? `${target.entity} ${target.recordId}`;
}

/** A relation as its name, everything else as it is. */
function shownHeld(held: unknown): ShownValue {
  if (held === undefined || held === false) return null;
  if (Array.isArray(held) && held.length === 2 && typeof held[1] === 'string') return held[1];
  return held as ShownValue;
}
