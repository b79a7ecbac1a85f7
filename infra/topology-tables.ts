/** The tables that are deployed, as data: see `topology.ts`. */
export type KeyType = 'S' | 'N';
export interface KeySchema {
  partition: readonly [name: string, type: KeyType];
  sort?: readonly [name: string, type: KeyType];
}
export interface TableSpec {
  key: KeySchema;
  indexes?: Readonly<Record<string, KeySchema>>;
  /** Attribute holding the expiry as seconds since the epoch. */
  ttl?: string;
}

/** Physical names are given at deployment; a function finds them in `TABLE_<NAME>`. */
export const tables = {
  /** Settings of each connection, the lanes to its Odoo, and the resets that can be undone. */
  connections: { key: { partition: ['connection', 'S'], sort: ['item', 'S'] }, ttl: 'expiresAt' },
  /** Store record ↔ Odoo record. */
  mappings: {
    key: { partition: ['scope', 'S'], sort: ['recordId', 'S'] },
    indexes: { byOdooRecord: { partition: ['odooRecord', 'S'] } },
  },
  /** Events that could not be applied, one per record, and their groups by cause. */
  failures: {
    key: { partition: ['connection', 'S'], sort: ['item', 'S'] },
    indexes: {
      /** Whose turn it is to be tried: what was tried comes last again. */
      byCause: { partition: ['causeKey', 'S'], sort: ['parkedAt', 'S'] },
      /** To page through while they are tried. */
      ofCause: { partition: ['causeKey', 'S'], sort: ['item', 'S'] },
      due: { partition: ['due', 'S'], sort: ['nextTrialAt', 'S'] },
    },
  },
  /** What happened, for people. */
  log: {
    key: { partition: ['connection', 'S'], sort: ['id', 'S'] },
    indexes: {
      byEntity: { partition: ['entityKey', 'S'], sort: ['id', 'S'] },
      byRecord: { partition: ['recordKey', 'S'], sort: ['id', 'S'] },
    },
    ttl: 'expiresAt',
  },
  /** Event ids and signatures seen lately. */
  receipts: { key: { partition: ['key', 'S'] }, ttl: 'expiresAt' },
  /** Bulk runs with their progress, which of them is going on per entity, and when each entity last had one. */
  runs: {
    key: { partition: ['connection', 'S'], sort: ['item', 'S'] },
    indexes: { active: { partition: ['active', 'S'], sort: ['updatedAt', 'S'] } },
    ttl: 'expiresAt',
  },
  /** Bodies too large for a message or an item, in parts. */
  payloads: { key: { partition: ['key', 'S'], sort: ['part', 'N'] }, ttl: 'expiresAt' },
} as const satisfies Record<string, TableSpec>;

export type TableName = keyof typeof tables;
export type TableAccess = 'read' | 'write' | 'readWrite';
