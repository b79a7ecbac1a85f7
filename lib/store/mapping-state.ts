/** What can be said of a mapping at a glance, and where a page of them ends. */
import type { Mapping } from './mappings.ts';

export const mappingStates = ['mapped', 'unmapped', 'manual', 'stale', 'failing', 'removed'] as const;
export type MappingState = (typeof mappingStates)[number];

type Known = Pick<Mapping, 'odooId' | 'origin' | 'failure' | 'removed'>;

/** The one state that says most: what needs a person comes first. `gone`: Odoo has the record no more. */
export function stateOf({ odooId, origin, failure, removed }: Known, gone = false): MappingState {
  if (removed !== undefined) return 'removed';
  if (failure !== undefined) return 'failing';
  if (odooId === undefined) return 'unmapped';
  if (gone) return 'stale';
  return origin === 'manual' ? 'manual' : 'mapped';
}

/** Whether a list of one state has it; what is failing can be mapped, too. `stale` only Odoo can tell. */
export function isIn(state: MappingState, { odooId, origin, failure, removed }: Known): boolean {
  switch (state) {
    case 'mapped':
    case 'stale':
      return odooId !== undefined && removed === undefined;
    case 'manual':
      return odooId !== undefined && origin === 'manual';
    case 'unmapped':
      return odooId === undefined;
    case 'failing':
      return failure !== undefined;
    case 'removed':
      return removed !== undefined;
  }
}

/** A page ends at a record; its id may hold anything. */
export const cursorOf = (recordId: string): string => Buffer.from(recordId).toString('base64url');
export const recordIdOf = (cursor: string): string => Buffer.from(cursor, 'base64url').toString('utf8');

/** Whether a text is the cursor of some page. */
export const isMappingCursor = (text: string): boolean =>
  text.length > 0 && text.length <= 4_000 && recordIdOf(text) !== '' && cursorOf(recordIdOf(text)) === text;
