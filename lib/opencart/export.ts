/**
 * What the store's extension serves and the connector asks: `POST <exportUrl>`, signed like an event,
 * for whole tables page by page. docs/export.md says the same for whoever writes the extension, and
 * docs/export.schema.json is made from these schemas.
 */
import * as z from 'zod';

/** Rows of one page; a store may allow fewer and says so in its capabilities. */
export const MAX_PAGE_ROWS = 500;
/** Of an answer. A larger one is asked for again in smaller pages. */
export const MAX_ANSWER_BYTES = 33_554_432;

const entityName = z.string().min(1).max(64);
const recordId = z.string().min(1).max(128);
/** The store's own fingerprint of a row: it changes when the snapshot would. Opaque to the connector. */
const rowHash = z.string().min(1).max(128);
/** Where a page ends, as the store said it; opaque to the connector. */
const cursor = z.string().min(1).max(256);
const limit = z.int().min(1).max(MAX_PAGE_ROWS);
const ids = z.array(recordId).min(1).max(MAX_PAGE_ROWS);

/** What the connector asks. */
export const exportRequest = z.discriminatedUnion('mode', [
  z.object({ mode: z.literal('capabilities') }).meta({ description: 'What this store can export.' }),
  z.object({ mode: z.literal('flush') }).meta({ description: 'Send the events that wait in the outbox, now.' }),
  z
    .object({ mode: z.literal('all'), entity: entityName, after: cursor.optional(), limit })
    .meta({ description: 'Every record, with its snapshot, in a fixed order by id.' }),
  z
    .object({
      mode: z.literal('changed'),
      entity: entityName,
      since: z.iso.datetime().meta({ description: 'By the store’s own clock, inclusive.' }),
      after: cursor.optional(),
      limit,
    })
    .meta({ description: 'Records changed since, with their snapshots, by id.' }),
  z
    .object({ mode: z.literal('ids'), entity: entityName, ids })
    .meta({ description: 'These records, with their snapshots; those that do not exist are left out.' }),
  z
    .object({
      mode: z.literal('hashes'),
      entity: entityName,
      after: cursor.optional(),
      limit,
      ids: ids.optional().meta({ description: 'Only those of these records that exist.' }),
    })
    .meta({ description: 'Ids and row hashes, without snapshots.' }),
]);
export type ExportRequest = z.output<typeof exportRequest>;

const page = z.object({
  entity: entityName,
  nextAfter: cursor.nullable().meta({ description: 'The next page’s `after`; null on the last one.' }),
  hasMore: z.boolean(),
  total: z.int().min(0).optional().meta({ description: 'Records that all pages together have, where that is cheap.' }),
  sequence: z.int().min(0).meta({
    description: 'The newest outbox id that existed before the rows were read; 0: the store has never sent an event.',
  }),
  time: z.iso.datetime().meta({ description: 'The store’s clock before the rows were read.' }),
});

const row = z.object({ recordId, hash: rowHash });

/** The answer to `all`, `changed` and `ids`. `data` is checked record by record, by the entity's own schema. */
export const snapshotPage = page.extend({
  rows: z.array(row.extend({ data: z.record(z.string(), z.unknown()) })).max(MAX_PAGE_ROWS),
});
export type SnapshotPage = z.output<typeof snapshotPage>;
export type ExportRow = SnapshotPage['rows'][number];

/** The answer to `hashes`. */
export const hashPage = page.extend({ rows: z.array(row).max(MAX_PAGE_ROWS) });
export type HashPage = z.output<typeof hashPage>;

/** The answer to `capabilities`. */
export const capabilities = z.object({
  version: z.literal(1),
  maxLimit: z.int().min(1).meta({ description: 'Rows of one page, at most.' }),
  flush: z.boolean(),
  entities: z
    .array(
      z.object({
        entity: entityName,
        changedSince: z.boolean().meta({ description: 'Whether `changed` misses nothing.' }),
      }),
    )
    .max(1_000),
});
export type Capabilities = z.output<typeof capabilities>;

/** The answer to `flush`. */
export const flushed = z.object({
  sent: z.int().min(0).meta({ description: 'Events that the connector has taken now.' }),
  waiting: z.int().min(0).meta({ description: 'Events that still wait in the outbox.' }),
});
export type Flushed = z.output<typeof flushed>;

/** Any answer but 200: `401` for a bad signature, `404` for an unknown entity, `400` for a bad request. */
export const refusal = z.object({ error: z.string().max(500) });

/** All of the above as JSON Schema 2020-12. */
export function exportJsonSchema(): Record<string, unknown> {
  const schemas = { exportRequest, snapshotPage, hashPage, capabilities, flushed, refusal };
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'OpenCart export endpoint',
    $defs: Object.fromEntries(
      Object.entries(schemas).map(([name, schema]) => {
        const { $schema: _, ...body } = z.toJSONSchema(schema);
        return [name, body];
      }),
    ),
  };
}
