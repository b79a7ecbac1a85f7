import { GetCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { tableName } from '../environment.ts';
import { transportChoices } from '../odoo/transports/transport.ts';
import { documents } from './documents.ts';

/** Also part of external ids in Odoo and of secret names. */
export const connectionName = z
  .string()
  .regex(/^[a-z][a-z0-9_]{0,39}$/, 'must begin with a letter and have a-z, 0-9 and _ only, at most 40');

export const orderState = z.enum(['CONFIRM', 'PAID', 'DELIVERED', 'DONE', 'CANCEL']);
export type OrderState = z.output<typeof orderState>;

/** Nothing is ever deleted in Odoo: what is in use there stays, what is not can be deleted by hand. */
export const deletePolicy = z.enum(['archive', 'keep', 'cancel']);
export type DeletePolicy = z.output<typeof deletePolicy>;

/** What to do with an Odoo record that fits a record of the store and is not mapped. */
export const matchPolicy = z.enum(['adopt', 'report', 'off']);
export type MatchPolicy = z.output<typeof matchPolicy>;

/** OpenCart's own statuses that mean a valid order: Pending, Processing, Shipped, Complete, Processed. */
const DEFAULT_STATUS_MAPPING: Record<string, OrderState> = {
  '1': 'CONFIRM',
  '2': 'CONFIRM',
  '3': 'CONFIRM',
  '5': 'CONFIRM',
  '15': 'CONFIRM',
};

/** When runs are started, and which; lib/schedules/expression.ts says what `when` may be. */
export const scheduleSetting = z.object({
  /** `rate(15 minutes)`, or five fields of cron in UTC: `cron(15 3 * * *)`. */
  when: z.string().max(100),
  /** What of it: default `incremental`. A sweep has none. */
  mode: z.enum(['incremental', 'full']).optional(),
  enabled: z.boolean().default(true),
});
export type ScheduleSetting = z.output<typeof scheduleSetting>;

const url = z.url({ protocol: /^https?$/ }).max(2_048);

export const connectionSettings = z.object({
  odooUrl: url,
  odooDatabase: z.string().min(1).max(255),
  /** How Odoo is called; `auto`: by JSON-2 where Odoo speaks it (from 19 on) and the login is an API key, else by XML-RPC. */
  transport: z.enum(transportChoices).default('auto'),
  /** Least time between two calls. Odoo Online allows about one call a second. */
  minIntervalMs: z.int().min(0).max(60_000).optional(),
  /** Calls of one batch that may be under way at the same time; more than two gain nothing. */
  callsAtOnce: z.int().min(1).max(2).default(1),
  /** Whether Odoo writes into the chatter of each record that it was made, and what changed. */
  chatter: z.boolean().default(true),
  /** Store status id → the state the order shall reach in Odoo; an order of another status stays a quotation. */
  statusMapping: z.record(z.string(), orderState).default(DEFAULT_STATUS_MAPPING),
  /** Entity → what to do in Odoo when the store deletes a record; else as the entity declares. */
  deletePolicies: z.record(z.string(), deletePolicy).default({}),
  /** Entity → whether to adopt what Odoo has already; default: adopt. */
  matchPolicies: z.record(z.string(), matchPolicy).default({}),
  /** Entity → Odoo fields that Odoo's people keep: written when a record is made, never afterwards. */
  fieldsOfOdoo: z.record(z.string(), z.array(z.string().max(255)).max(200)).default({}),
  /** `variant`: choices make variants; `template`: one product, the choices stand on the order's line. */
  productMode: z.enum(['variant', 'template']).default('variant'),
  /** Products with more combinations than this get only those variants that are sold. */
  variantLimit: z.int().min(0).max(1_000).default(100),
  /** Database ids in Odoo: the product that discounts are sold as, and where money goes without a mapping. */
  discountProductId: z.int().min(1).optional(),
  defaultJournalId: z.int().min(1).optional(),
  /** Where orders are shipped from, and whose stock is kept; default: Odoo's own first one. */
  warehouseId: z.int().min(1).optional(),
  locationId: z.int().min(1).optional(),
  /** Whether the store's stock is written to Odoo. */
  stockPolicy: z.enum(['never', 'onCreate', 'always']).default('never'),
  /** Whether Odoo takes over the store's exchange rates. */
  currencyRates: z.boolean().default(false),
  /** Where the store's extension serves whole tables: docs/export.md. */
  exportUrl: url.optional(),
  /** Records that a bulk run asks the store for at a time. */
  bulkLimit: z.int().min(1).max(500).default(100),
  /** Every so many minutes the store is asked to send what waits in its outbox; 0: only a sweep asks. */
  flushMinutes: z.int().min(0).max(1_440).default(1),
  logRetentionDays: z.int().min(1).max(3650).default(90),
  /** Entity → whether its events are synced as they come; default: yes. What is off waits for a run. */
  realtime: z.record(z.string(), z.boolean()).default({}),
  /** Entity, `all` or `sweep` → when a run of it is started. */
  schedules: z.record(z.string(), scheduleSetting).default({ sweep: { when: 'cron(15 3 * * *)', enabled: true } }),
});
export type ConnectionSettings = z.output<typeof connectionSettings>;

/** Strict where Odoo's acceptable-use policy applies, as fast as it goes on a server of one's own. */
export function intervalAt(odooUrl: string, minIntervalMs: number | undefined): number {
  return minIntervalMs ?? (isOdooOnline(odooUrl) ? 1_000 : 0);
}

/** About one call a second is allowed there, and none in parallel. */
export const isOdooOnline = (odooUrl: string): boolean => new URL(odooUrl).hostname.endsWith('.odoo.com');

export const intervalOf = ({ odooUrl, minIntervalMs }: ConnectionSettings): number =>
  intervalAt(odooUrl, minIntervalMs);

export async function readSettings(connection: string): Promise<ConnectionSettings | undefined> {
  const key = { connection, item: 'settings' };
  const { Item } = await documents.send(new GetCommand({ TableName: tableName('connections'), Key: key }));
  return Item === undefined ? undefined : connectionSettings.parse(Item.settings);
}
