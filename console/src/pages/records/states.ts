import type { Answer } from '../../api/client.ts';
import type { Tone } from '../../ui/badge.tsx';

export type MappingRow = Answer<'listMappings'>['mappings'][number];

export const mappingStates = ['mapped', 'manual', 'failing', 'unmapped', 'stale', 'removed'] as const;
export type MappingState = MappingRow['state'];

export const stateTones = {
  mapped: 'good',
  manual: 'accent',
  failing: 'bad',
  unmapped: 'warn',
  stale: 'warn',
  removed: 'calm',
} as const satisfies Record<MappingState, Tone>;

/** Where a record of the store is looked at in this console. */
export const recordPath = (entity: string, recordId: string): string =>
  entity === 'order' ? `/orders/${encodeURIComponent(recordId)}` : `/records/${entity}/${encodeURIComponent(recordId)}`;
