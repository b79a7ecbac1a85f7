import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import * as z from 'zod';
import type { Endpoint } from './courier.ts';
import { EXPORT_PATH, serveExport } from './export.ts';
import { page } from './page.ts';
import type { DemoStore } from './store.ts';

const ordersQuery = z.object({ count: z.coerce.number().int().min(1).max(1_000).default(1) });

interface Reply {
  status: number;
  type: 'text/html' | 'application/json';
  body: string;
}

/**
 * `GET /` shows the store; `POST /orders?count=n` and `POST /changes` make something happen in it. With an
 * `endpoint`, the connector's signed `POST /export` is answered.
 */
export function createStoreServer(
  store: DemoStore,
  lastProblem: () => string | undefined,
  endpoint?: Endpoint,
): Server {
  return createServer((request, response) => {
    reply(store, lastProblem, request, endpoint)
      .catch((error: unknown): Reply => json(500, { error: error instanceof Error ? error.message : String(error) }))
      .then((answer) => send(request, response, answer))
      .catch(() => response.destroy());
  });
}

async function reply(
  store: DemoStore,
  lastProblem: () => string | undefined,
  request: IncomingMessage,
  endpoint: Endpoint | undefined,
): Promise<Reply> {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
  if (request.method === 'GET' && pathname === '/') return showStore(store, lastProblem());
  if (request.method !== 'POST') return json(404, { error: 'There is GET /, POST /orders?count=n and POST /changes.' });
  if (pathname === EXPORT_PATH && endpoint !== undefined) {
    const { status, body } = await serveExport(store, endpoint, request);
    return json(status, body);
  }
  if (!isOwnPage(request)) return json(403, { error: 'Only this page may post here.' });
  if (pathname === '/orders') {
    const query = ordersQuery.safeParse(Object.fromEntries(searchParams));
    if (!query.success) return json(400, { error: 'count must be a number from 1 to 1000.' });
    const placed = await store.placeOrders(query.data.count);
    return json(201, { orders: placed.map(({ orderId }) => orderId) });
  }
  if (pathname === '/changes') {
    const [customer, product] = [await store.editCustomer(), await store.editProduct()];
    return json(200, { customer: customer.customerId, product: product.productId });
  }
  return json(404, { error: 'There is POST /orders?count=n and POST /changes.' });
}

async function showStore(store: DemoStore, problem: string | undefined): Promise<Reply> {
  const [waiting, refused] = [await store.outbox.size(), (await store.outbox.refused()).length];
  return { status: 200, type: 'text/html', body: page({ orders: store.orders, waiting, refused, problem }) };
}

/** Another site, open in the same browser, must not place orders. Tools send no origin. */
function isOwnPage({ headers }: IncomingMessage): boolean {
  return headers.origin === undefined || headers.origin === `http://${headers.host}`;
}

function send(request: IncomingMessage, response: ServerResponse, { status, type, body }: Reply): void {
  const fromForm = request.method === 'POST' && status < 300 && request.headers.accept?.includes('text/html') === true;
  if (fromForm) response.writeHead(303, { location: '/' }).end();
  else response.writeHead(status, { 'content-type': `${type}; charset=utf-8` }).end(body);
}

const json = (status: number, value: object): Reply => ({
  ...{ status, type: 'application/json' },
  body: `${JSON.stringify(value)}\n`,
});
