/** Every word of the console, in English; the other languages have the same keys. */
import { common } from './en/common.ts';
import { entities } from './en/entities.ts';
import { failures } from './en/failures.ts';
import { logs } from './en/logs.ts';
import { orderStatus } from './en/order-status.ts';
import { overview } from './en/overview.ts';
import { record } from './en/record.ts';
import { records } from './en/records.ts';
import { runs } from './en/runs.ts';
import { settings } from './en/settings.ts';
import { setup } from './en/setup.ts';

export const en = {
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
} as const;

/** What every other language has to say. */
export type Catalogue = Record<keyof typeof en, string>;
