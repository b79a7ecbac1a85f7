/**
 * Deployments while messages wait: what an older version has put into a queue is understood by this one, and what this
 * one puts there is understood by an older one, which may still be running or be brought back.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { findEntity } from '../../lib/entities/index.ts';
import { queueMessage, queueReference } from '../../lib/queue/message.ts';
import { pageMessage } from '../../lib/runs/send.ts';

const root = new URL('../fixtures/messages/', import.meta.url);
const versions = readdirSync(root).filter((name) => /^\d/.test(name));
const json = (path: string) => JSON.parse(readFileSync(new URL(path, root), 'utf8')) as z.core.JSONSchema.JSONSchema;
const messagesOf = (version: string) =>
  readdirSync(new URL(version, root))
    .filter((name) => !name.endsWith('.schema.json'))
    .map((file) => ({ name: file.replace('.json', ''), message: json(`${version}/${file}`) }));
const recorded = versions.flatMap((version) => messagesOf(version).map((one) => ({ version, ...one })));
const kindOf = (name: string) => name.split('-')[0] as 'event' | 'reference' | 'page';
const schemas = { event: queueMessage, reference: queueReference, page: pageMessage };

/** The same with something new in every object, as a later version may add it. */
function grown(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(grown);
  if (value === null || typeof value !== 'object') return value;
  const members = Object.entries(value).map(([key, one]) => [key, key === 'products' ? one : grown(one)]);
  return { ...Object.fromEntries(members), somethingNew: { of: 'a later version' } };
}

function understand(name: string, message: unknown): void {
  const read = schemas[kindOf(name)].parse(message);
  if (!('event' in read) || read.event.action === 'delete') return;
  const { entity, data } = read.event;
  expect(findEntity(entity)?.snapshot.parse(data)).toBeDefined();
}

test('something was recorded', () => {
  expect(recorded.length).toBeGreaterThanOrEqual(7);
});

describe.each(recorded)('$name of $version', ({ version, name, message }) => {
  test('is understood', () => understand(name, message));

  test('is understood with what a later version adds to it', () => understand(name, grown(message)));

  test('is written so that the version it was recorded of would understand it', () => {
    const former = z.fromJSONSchema(json(`${version}/${kindOf(name)}.schema.json`));
    const written: unknown = JSON.parse(JSON.stringify(schemas[kindOf(name)].parse(message)));
    expect(former.parse(written)).toBeDefined();
  });
});
