/** Nothing is granted that the code does not name, and nothing is named that is not granted. */
import { readFileSync } from 'node:fs';
import { describe, expect, inject, it } from 'vitest';
import { bundlesIn } from '../../infra/local/runner/bundle.ts';
import { functions } from '../../infra/topology.ts';

const entries = [...new Set(Object.values(functions).map(({ entry }) => entry))];
const bundles = bundlesIn(inject('bundles'), entries);
const code = new Map(entries.map((entry) => [entry, readFileSync(bundles.get(entry) as URL, 'utf8')]));

/** A bundle holds only what can be reached. Names in it are short, but keep the source's for stack traces. */
const has = (bundle: string, name: string): boolean => bundle.includes(`,"${name}")`);

/** What a function of `lib/environment.ts` is called with: `var gt=s(e=>…,"tableName")`, then `gt("mappings")`. */
function namedBy(bundle: string, name: string): string[] {
  const [, short] = new RegExp(`var ([\\w$]+)=[\\w$]+\\([^;]{0,80},"${name}"\\)`).exec(bundle) ?? [];
  if (short === undefined) return [];
  const call = new RegExp(`(?<![\\w$.])${short.replaceAll('$', '\\$')}\\("([\\w-]+)"\\)`, 'g');
  return [...new Set([...bundle.matchAll(call)].map(([, named = '']) => named))].sort();
}

/** How `lib/store/secrets.ts` is asked for a kind of secret, by others than itself. */
const asked = { odoo: /(?<!this)\.odoo\(/, store: /(?<!this)\.store(?:Again)?\(/ };

describe.each(Object.entries(functions))('function %s', (_, { entry, grants }) => {
  const bundle = code.get(entry) ?? '';

  it('names the tables that it is granted', () => {
    expect(namedBy(bundle, 'tableName')).toEqual(Object.keys(grants.tables ?? {}).sort());
  });

  it('names the queues and the topic that it is granted', () => {
    expect(namedBy(bundle, 'workQueueUrl')).toEqual([...(grants.sendWork ?? [])].sort());
    expect(has(bundle, 'queueUrls')).toBe(grants.sendEvents === true);
    expect(has(bundle, 'watchedQueues')).toBe(grants.watchQueues === true);
    expect(has(bundle, 'noticeTopic')).toBe(grants.tellPeople === true);
  });

  it('reads the kinds of secrets that it is granted, and writes some if it may', () => {
    const read = Object.entries(asked).flatMap(([kind, pattern]) => (pattern.test(bundle) ? [kind] : []));
    expect(read).toEqual([...(grants.secrets ?? [])].sort());
    expect(has(bundle, 'putSecrets')).toBe(grants.writeSecrets !== undefined);
  });
});
