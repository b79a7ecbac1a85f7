import * as z from 'zod';
import { defineEntity } from '../sync/declare.ts';

/** Record id: ISO 4217. */
export const currency = defineEntity({
  name: 'currency',
  label: 'Currency',
  model: 'res.currency',
  source: 'lookup',
  shared: true,
  snapshot: z.object({ code: z.string() }),
  title: ({ code }) => code,
  match: [{ field: 'name', value: ({ code }) => code, archived: false }],
  missing: 'CURRENCY_UNMAPPED',
  fields: {},
});
