import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { queuedEntities } from '../../lib/entities/index.ts';
import { snapshotJsonSchema, snapshots } from '../../lib/opencart/snapshot-schemas.ts';

test('docs/snapshots.schema.json is what validates', () => {
  const written = JSON.parse(readFileSync(new URL('../../docs/snapshots.schema.json', import.meta.url), 'utf8'));
  expect(written).toEqual(JSON.parse(JSON.stringify(snapshotJsonSchema())));
});

test('every entity that a store tells of has its schema there', () => {
  const declared = Object.fromEntries(queuedEntities.map(({ name, snapshot }) => [name, snapshot]));
  expect(declared).toEqual(snapshots);
});
