import * as z from 'zod';
import { kindNames, personKindNames } from '../../lookups/kinds.ts';
import { defineRoute } from '../route.ts';

const pick = z.object({
  id: z.int().meta({ description: 'Database id in Odoo.' }),
  name: z.string(),
  told: z.record(z.string(), z.string()).meta({
    description: 'What tells two of one name apart, e.g. code, amount; an e-mail address is masked.',
  }),
});

export const lookUpOdoo = defineRoute({
  id: 'lookUpOdoo',
  resource: 'lookups',
  method: 'GET',
  path: '/v1/odoo/{kind}',
  role: 'viewer',
  summary: 'Looks up records of Odoo, to pick one',
  description:
    `Kinds, of which entities are some: ${kindNames.join(', ')}. Archived records are not found. ` +
    `Those that name persons need the role manager: ${personKindNames.join(', ')}.`,
  params: z.object({ kind: z.string().min(1).max(64) }),
  query: z.strictObject({
    q: z.string().max(100).default('').meta({ description: 'In the name or code, whatever its case; or an id.' }),
    limit: z.coerce.number().int().min(1).max(100).default(20),
  }),
  answers: {
    200: z.object({ kind: z.string(), records: z.array(pick), isMore: z.boolean() }),
  },
  refusals: [
    ...(['NOT_FOUND', 'CONNECTION_UNCONFIGURED', 'LANE_BUSY', 'ODOO_UNREACHABLE', 'ODOO_TIMEOUT'] as const),
    ...(['ODOO_UNAVAILABLE', 'ODOO_AUTH', 'ODOO_DATABASE', 'ODOO_ACCESS', 'ODOO_MODEL_UNKNOWN'] as const),
  ],
});

export const lookupRoutes = [lookUpOdoo];
