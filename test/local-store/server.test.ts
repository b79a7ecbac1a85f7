import { expect, it, onTestFinished } from 'vitest';
import { close, listen } from '../../infra/local/aws/listen.ts';
import { createStoreServer } from '../../infra/local/store/server.ts';
import { openStore } from './fixtures.ts';

async function open() {
  const store = await openStore();
  const server = createStoreServer(store, () => 'connect ECONNREFUSED <here>');
  const url = await listen(server);
  onTestFinished(() => close(server));
  return { store, url };
}

it('places orders and shows them, with what waits in the outbox', async () => {
  const { url } = await open();

  const placed = await fetch(`${url}/orders?count=3`, { method: 'POST' });
  const page = await (await fetch(url)).text();

  expect(placed.status).toBe(201);
  expect(await placed.json()).toEqual({ orders: ['1001', '1002', '1003'] });
  expect(page).toContain('<td>1003</td>');
  expect(page).toContain('3 waiting, 0 refused');
  expect(page).toContain('connect ECONNREFUSED &lt;here&gt;');
});

it('leads a browser back to the page', async () => {
  const { url } = await open();

  const answer = await fetch(`${url}/changes`, {
    ...{ method: 'POST', redirect: 'manual', headers: { accept: 'text/html', origin: url } },
  });

  expect([answer.status, answer.headers.get('location')]).toEqual([303, '/']);
});

it.each([
  ['/orders?count=0', {}, 400],
  ['/orders?count=x', {}, 400],
  ['/orders?count=1', { origin: 'http://other.example' }, 403],
  ['/nothing', {}, 404],
])('refuses %s', async (path, headers, status) => {
  const { store, url } = await open();

  expect((await fetch(`${url}${path}`, { method: 'POST', headers })).status).toBe(status);
  expect(store.events).toBe(0);
});
