import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import { close, listen } from '../../infra/local/aws/listen.ts';
import { ConnectorError } from '../../lib/errors/index.ts';
import { exportJsonSchema, exportRequest, type SnapshotPage } from '../../lib/opencart/export.ts';
import { ExportClient } from '../../lib/opencart/export-client.ts';
import { newWebhookSecret } from '../../lib/opencart/signature.ts';
import { startExporter, type Trouble } from '../support/exporter.ts';

const signing = { connection: 'main', secret: newWebhookSecret() };
const known = { connection: signing.connection, secrets: [signing.secret] };
const impatient = { pausesMs: [1, 1], answerMs: 2_000 };

async function open(records: Record<string, Map<string, unknown>> = {}) {
  const exporter = await startExporter(signing);
  exporter.records = records;
  return { exporter, client: new ExportClient({ url: exporter.url, ...known }, impatient) };
}

const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'no error',
    (error: unknown) => (error instanceof ConnectorError ? error.code : String(error)),
  );

const some = (count: number) =>
  new Map(Array.from({ length: count }, (_, index) => [String(index + 1), { name: `No ${index + 1}` }]));

async function pageThrough(fetch: (after?: string) => Promise<SnapshotPage>): Promise<SnapshotPage['rows']> {
  const rows: SnapshotPage['rows'] = [];
  for (let after: string | undefined; ; ) {
    const page = await fetch(after);
    rows.push(...page.rows);
    if (!page.hasMore) return rows;
    after = page.nextAfter ?? undefined;
  }
}

describe('paging', () => {
  test('tells every record once, whatever the ids and the size of a page', async () => {
    const { exporter, client } = await open();
    const anId = fc.oneof(fc.integer({ min: 1, max: 100_000 }).map(String), fc.stringMatching(/^[a-z][a-z.]{0,8}$/));
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(anId, { maxLength: 40 }), fc.integer({ min: 1, max: 9 }), async (ids, limit) => {
        // A table has ids of one kind.
        const isNumber = (id: string) => Number.isFinite(Number(id));
        const own = ids.filter((id) => isNumber(id) === isNumber(ids[0] ?? ''));
        exporter.records = { thing: new Map(own.map((id) => [id, { id }])) };
        const rows = await pageThrough((after) => client.all({ entity: 'thing', limit, ...(after ? { after } : {}) }));
        expect(rows.map(({ recordId }) => recordId).sort()).toEqual([...own].sort());
      }),
      { numRuns: 60 },
    );
  });

  test('by ids and by hashes tells only what exists; a hash changes with the record, and with nothing else', async () => {
    const { exporter, client } = await open({ thing: some(5) });
    const page = await client.byIds({ entity: 'thing', ids: ['2', '9', '4'] });
    expect(page.rows.map(({ recordId }) => recordId)).toEqual(['2', '4']);
    const before = await client.hashes({ entity: 'thing', limit: 10, ids: ['2', '4', '9'] });
    expect(before.rows).toEqual(page.rows.map(({ recordId, hash }) => ({ recordId, hash })));
    exporter.records.thing?.set('4', { name: 'other' });
    const after = await client.hashes({ entity: 'thing', limit: 10, ids: ['2', '4'] });
    expect(after.rows[0]).toEqual(before.rows[0]);
    expect(after.rows[1]?.hash).not.toBe(before.rows[1]?.hash);
  });
});

describe('what stands in the way', () => {
  test.each<[string, Trouble, string]>([
    ['no connection', 'hang up', 'STORE_UNREACHABLE'],
    ['a maintenance page', 'html', 'STORE_UNAVAILABLE'],
    ['too many requests', { status: 429, body: { error: 'Slow down.' } }, 'STORE_UNAVAILABLE'],
    ['a wrong signature', { status: 401, body: { error: 'No.' } }, 'STORE_REFUSED'],
    ['an unknown entity', { status: 404, body: { error: 'No such entity.' } }, 'EXPORT_UNSUPPORTED'],
    ['another shape', { status: 200, body: { rows: [] } }, 'STORE_ANSWER_INVALID'],
  ])('%s', async (_, trouble, code) => {
    const { exporter, client } = await open({ thing: some(1) });
    exporter.trouble = () => trouble;
    expect(await codeOf(client.all({ entity: 'thing', limit: 5 }))).toBe(code);
  });

  test('a refusal is told in the store’s words, without what they say of people', async () => {
    const { exporter, client } = await open();
    const error = `Duplicate entry 'Zoë Müller' of zoe@example.com ${'x'.repeat(300)}`;
    exporter.trouble = () => ({ status: 400, body: { error } });
    const refused = await client.capabilities().catch((thrown: Error) => thrown);
    expect((refused as Error).message).toMatch(/: Duplicate entry … of z…@example\.com x{200,270}…$/);
  });

  test.each<[string, object]>([
    ['an entity that was not asked for', { entity: 'other' }],
    ['a record twice', { rows: [row('1'), row('1')] }],
    ['more rows than were asked for', { rows: ['1', '2', '3'].map(row) }],
    ['more, without saying where', { hasMore: true }],
    ['more, where we are already', { hasMore: true, nextAfter: 'here' }],
    ['more, but nothing here', { hasMore: true, nextAfter: '9', rows: [] }],
  ])('an answer that would lead astray: %s', async (_, over) => {
    const { exporter, client } = await open();
    const body = {
      ...{ entity: 'thing', rows: [row('1')], nextAfter: null, hasMore: false },
      ...{ sequence: 1, time: '2026-11-20T18:45:10Z', ...over },
    };
    exporter.trouble = () => ({ status: 200, body });
    expect(await codeOf(client.all({ entity: 'thing', limit: 2, after: 'here' }))).toBe('STORE_ANSWER_INVALID');
  });

  test('what passes by itself is tried again, with a new signature', async () => {
    const { exporter, client } = await open({ thing: some(1) });
    const troubles: (Trouble | undefined)[] = ['hang up', 'html', undefined];
    exporter.trouble = () => troubles.shift();
    expect((await client.all({ entity: 'thing', limit: 5 })).rows).toHaveLength(1);
  });

  test('an answer without end is cut off', async () => {
    const { client, exporter } = await open({ thing: new Map([['1', { text: 'x'.repeat(5_000) }]]) });
    const small = new ExportClient({ url: exporter.url, ...known }, { ...impatient, maxBytes: 4_000 });
    expect(await codeOf(small.all({ entity: 'thing', limit: 5 }))).toBe('STORE_ANSWER_TOO_LARGE');
    expect(await codeOf(client.all({ entity: 'thing', limit: 5 }))).toBe('no error');
  });

  test('a redirect is not followed: the signed request is for one host', async () => {
    const { exporter } = await open({ thing: some(1) });
    const server = createServer((_, response) => response.writeHead(307, { location: exporter.url }).end());
    const url = await listen(server);
    onTestFinished(() => close(server));
    expect(await codeOf(new ExportClient({ url, ...known }, impatient).capabilities())).toBe('STORE_UNAVAILABLE');
    expect(exporter.requests).toEqual([]);
  });

  test.each([
    ['without bottom', `${'['.repeat(100_000)}${']'.repeat(100_000)}`],
    ['of very many nothings', `[${'{},'.repeat(1_000_000)}{}]`],
  ])('an answer %s is refused', async (_, rows) => {
    const { client } = await open();
    const server = createServer((_request, response) =>
      response.writeHead(200).end(`{"entity":"thing","rows":${rows}}`),
    );
    const url = await listen(server);
    onTestFinished(() => close(server));
    const code = await codeOf(new ExportClient({ url, ...known }, impatient).all({ entity: 'thing', limit: 5 }));
    expect([code, await codeOf(client.capabilities())]).toEqual(['STORE_ANSWER_INVALID', 'no error']);
  });

  test.each([
    ['rows that are numbers', '1'],
    ['rows whose hash is empty', '{"recordId":"1","hash":"","data":{}}'],
  ])('of very many %s no more than some problems are told', async (_, row) => {
    const start = '{"entity":"thing","nextAfter":null,"hasMore":false,"sequence":1,"time":"2026-11-20T18:45:10Z"';
    const server = createServer((_request, response) =>
      response.writeHead(200).end(`${start},"rows":[${`${row},`.repeat(150_000)}${row}]}`),
    );
    const url = await listen(server);
    onTestFinished(() => close(server));
    const asked = new ExportClient({ url, ...known }, impatient).all({ entity: 'thing', limit: 5 });
    const error = await asked.catch((thrown: Error) => thrown);
    expect(error).toMatchObject({ code: 'STORE_ANSWER_INVALID', fields: [{ path: 'rows' }] });
  });

  test('any answer at all becomes an error with a code, or a page that can be trusted', async () => {
    const { exporter, client } = await open();
    const anAnswer = fc.record({ status: fc.constantFrom(200, 400, 404, 500), body: fc.object() });
    await fc.assert(
      fc.asyncProperty(anAnswer, async (answer) => {
        exporter.trouble = () => answer;
        expect(await codeOf(client.all({ entity: 'thing', limit: 5 }))).toMatch(/^(STORE|EXPORT)_[A-Z_]+$/);
      }),
      { numRuns: 60 },
    );
  });

  test('during a rotation the store may have either secret', async () => {
    const { exporter } = await open({ thing: some(1) });
    const secrets = [newWebhookSecret(), signing.secret];
    const client = new ExportClient({ url: exporter.url, ...known, secrets }, impatient);
    expect((await client.capabilities()).version).toBe(1);
  });

  test('nobody else’s signature is taken', async () => {
    const { exporter } = await open({ thing: some(1) });
    const stranger = new ExportClient({ url: exporter.url, ...known, secrets: [newWebhookSecret()] }, impatient);
    expect(await codeOf(stranger.capabilities())).toBe('STORE_REFUSED');
  });
});

describe('the contract', () => {
  test('in docs/export.schema.json is the one that validates', () => {
    const written = JSON.parse(readFileSync(new URL('../../docs/export.schema.json', import.meta.url), 'utf8'));
    expect(written).toEqual(JSON.parse(JSON.stringify(exportJsonSchema())));
  });

  test('limits a page', () => {
    expect(exportRequest.safeParse({ mode: 'all', entity: 'thing', limit: 501 }).success).toBe(false);
    expect(exportRequest.safeParse({ mode: 'ids', entity: 'thing', ids: [] }).success).toBe(false);
  });
});

function row(recordId: string) {
  return { recordId, hash: `h${recordId}`, data: {} };
}
