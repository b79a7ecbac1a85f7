import * as z from 'zod';
import { defineEntity, one, reference } from '../sync/declare.ts';

/** What gives an Odoo order its currency. Record id: ISO 4217. */
export const pricelist = defineEntity({
  name: 'pricelist',
  label: 'Pricelist',
  model: 'product.pricelist',
  source: 'carried',
  shared: true,
  snapshot: z.object({ code: z.string() }),
  title: ({ code }) => code,
  needs: ({ code }) => [{ entity: 'currency', recordId: code, snapshot: { code } }],
  match: [
    {
      field: 'currency_id.name',
      value: ({ code }) => code,
      reads: ['currency_id'],
      key: (found) => (Array.isArray(found.currency_id) ? found.currency_id[1] : undefined),
      archived: false,
    },
  ],
  fields: {
    name: ({ code }) => `OpenCart ${code}`,
    currency_id: ({ code }) => one(reference('currency', code)),
  },
});
