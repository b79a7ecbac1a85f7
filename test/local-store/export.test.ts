import { expect, it, onTestFinished } from 'vitest';
import { close, listen } from '../../infra/local/aws/listen.ts';
import { createStoreServer } from '../../infra/local/store/server.ts';
import { queuedEntities } from '../../lib/entities/index.ts';
import { ExportClient } from '../../lib/opencart/export-client.ts';
import { customerSnapshot, orderSnapshot, productSnapshot } from '../../lib/opencart/snapshots.ts';
import { CLOCK, fakeConnector, openStore } from './fixtures.ts';

async function open() {
  const store = await openStore();
  const { endpoint, requests } = await fakeConnector();
  const server = createStoreServer(store, () => undefined, endpoint);
  const url = await listen(server);
  onTestFinished(() => close(server));
  const { connection, secret } = endpoint;
  return { store, requests, url, client: new ExportClient({ url: `${url}/export`, connection, secrets: [secret] }) };
}

it('exports all entities as its events would tell them', async () => {
  const { store, client } = await open();
  await store.placeOrders(3);
  const entities = (await client.capabilities()).entities.map(({ entity }) => entity);
  expect(entities).toEqual(queuedEntities.map(({ name }) => name));
  for (const { name, snapshot } of queuedEntities) {
    const { rows } = await client.all({ entity: name, limit: 100 });
    expect(rows.length, name).toBeGreaterThan(0);
    for (const { data } of rows) snapshot.parse(data);
  }

  const [customers, products, orders] = await Promise.all(
    ['customer', 'product', 'order'].map((entity) => client.all({ entity, limit: 100 })),
  );
  expect([customers?.total, products?.total, orders?.total]).toEqual([16, 40, 3]);
  for (const { data } of customers?.rows ?? []) customerSnapshot.parse(data);
  for (const { data } of products?.rows ?? []) productSnapshot.parse(data);
  expect(orders?.rows.map(({ data }) => orderSnapshot.parse(data).orderId)).toEqual(['1001', '1002', '1003']);
  expect(orders?.sequence).toBe(3);
});

it('pages by id and tells what has changed since', async () => {
  const { store, client } = await open();
  const first = await client.hashes({ entity: 'product', limit: 30 });
  const rest = await client.hashes({ entity: 'product', limit: 30, after: first.nextAfter ?? '' });
  expect([first.rows.length, first.hasMore, rest.rows.length, rest.hasMore]).toEqual([30, true, 10, false]);

  const { productId } = await store.editProduct();
  const since = new Date(CLOCK().getTime() - 60_000).toISOString();
  const changed = await client.changed({ entity: 'product', since, limit: 100 });
  expect(changed.rows.map(({ recordId }) => recordId)).toEqual([productId]);
});

it('sends what waits in its outbox when it is told to', async () => {
  const { store, requests, client } = await open();
  await store.placeOrders(2);
  expect(await client.flush()).toEqual({ sent: 2, waiting: 0 });
  expect(requests.flatMap(({ events }) => events)).toHaveLength(2);
});

it('answers nobody who does not sign, and nothing without an endpoint', async () => {
  const { url } = await open();
  const ask = (base: string) => fetch(`${base}/export`, { method: 'POST', body: '{"mode":"capabilities"}' });
  expect((await ask(url)).status).toBe(401);

  const server = createStoreServer(await openStore(), () => undefined);
  const closed = await listen(server);
  onTestFinished(() => close(server));
  expect((await ask(closed)).status).toBe(404);
});
