import { common } from './de/common.ts';
import { entities } from './de/entities.ts';
import { failures } from './de/failures.ts';
import { logs } from './de/logs.ts';
import { orderStatus } from './de/order-status.ts';
import { overview } from './de/overview.ts';
import { record } from './de/record.ts';
import { records } from './de/records.ts';
import { runs } from './de/runs.ts';
import { settings } from './de/settings.ts';
import { setup } from './de/setup.ts';
import type { Catalogue } from './en.ts';

/** Alle Wörter der Konsole auf Deutsch. */
export const de: Catalogue = {
  ...common,
  ...entities,
  ...record,
  ...records,
  ...logs,
  ...orderStatus,
  ...setup,
  ...settings,
  ...runs,
  ...failures,
  ...overview,
};
