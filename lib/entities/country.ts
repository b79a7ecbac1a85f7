import * as z from 'zod';
import { defineEntity } from '../sync/declare.ts';

/** Record id: ISO 3166-1 alpha-2. */
export const country = defineEntity({
  name: 'country',
  label: 'Country',
  model: 'res.country',
  source: 'carried',
  creates: false,
  shared: true,
  snapshot: z.object({ code: z.string() }),
  title: ({ code }) => code,
  match: [{ field: 'code', value: ({ code }) => code, archived: false }],
  missing: 'empty',
  fields: {},
});
