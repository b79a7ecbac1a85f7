import type { Catalogue } from './context.tsx';
import { common } from './de/common.ts';
import { entities } from './de/entities.ts';
import { logs } from './de/logs.ts';
import { record } from './de/record.ts';
import { records } from './de/records.ts';

/** Alle Wörter der Konsole auf Deutsch. */
export const de: Catalogue = { ...common, ...entities, ...record, ...records, ...logs };
