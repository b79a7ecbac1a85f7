import { fork } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { MAX_BODY_BYTES } from '../../lib/opencart/events.ts';
import { verifySignature } from '../../lib/opencart/signature.ts';
import { fakeConnector, openStore, temporaryFolder, verdicts } from './fixtures.ts';

describe('the outbox', () => {
  it('sends signed batches of at most 50 events and 1 MiB, each signature once', async () => {
    const store = await openStore();
    await store.importAll();
    await store.placeOrders(120);
    const { endpoint, requests } = await fakeConnector();

    const delivery = await store.flush(endpoint);

    expect(delivery).toEqual({ accepted: 207, duplicates: 0, refused: 0 });
    expect(requests.map(({ events }) => events.length)).toEqual([50, 50, 50, 50, 7]);
    for (const { headers, body } of requests) {
      expect(Buffer.byteLength(body)).toBeLessThanOrEqual(MAX_BODY_BYTES);
      expect(verifySignature([endpoint.secret], headers as Record<string, string>, Buffer.from(body))).toBe(true);
      expect(headers['x-connection']).toBe('main');
    }
    expect(new Set(requests.map(({ headers }) => headers['webhook-id'])).size).toBe(5);
    expect(await store.outbox.size()).toBe(0);
  });

  it('keeps everything while the connector fails, cannot be reached or does not answer as it should', async () => {
    const store = await openStore();
    await store.placeOrders(3);
    const replies = [
      { status: 503, body: { code: 'QUEUE_UNAVAILABLE' } },
      'hang up' as const,
      { status: 200, body: { welcome: 'to some other server' } },
      { status: 401, body: { code: 'SIGNATURE_REFUSED' } },
      { status: 202, body: { events: [{ id: 'one', status: 'accepted' }] } },
    ];
    const { endpoint, requests } = await fakeConnector(
      ({ events }, count) => replies[count - 1] ?? verdicts(events, 'accepted'),
    );

    for (const _ of replies) {
      const delivery = await store.flush(endpoint);
      expect(delivery.problem).toBeTypeOf('string');
      expect(await store.outbox.size()).toBe(3);
    }

    expect(await store.flush(endpoint)).toEqual({ accepted: 3, duplicates: 0, refused: 0 });
    // The events are the same each time: the connector knows a repetition by their ids.
    expect(new Set(requests.map(({ body }) => body)).size).toBe(1);
  });

  it('parks what is rejected with the reason, and sends the rest', async () => {
    const store = await openStore();
    await store.placeOrders(3);
    const reason = {
      status: 'rejected',
      code: 'SNAPSHOT_INVALID',
      detail: 'bad',
      errors: [{ path: 'x', reason: 'y' }],
    };
    const { endpoint, requests } = await fakeConnector(({ events }) => ({
      status: 202,
      body: {
        events: events.map(({ id, recordId }) =>
          recordId === '1002' ? { id, ...reason } : { id, status: recordId === '1001' ? 'accepted' : 'duplicate' },
        ),
      },
    }));

    expect(await store.flush(endpoint)).toEqual({ accepted: 1, duplicates: 1, refused: 1 });
    expect(await store.outbox.refused()).toMatchObject([
      { event: { recordId: '1002' }, verdict: { code: 'SNAPSHOT_INVALID', errors: [{ path: 'x', reason: 'y' }] } },
    ]);
    await store.flush(endpoint);
    expect(requests).toHaveLength(1);
  });

  it('reads the verdicts of a request that was refused as a whole', async () => {
    const store = await openStore();
    await store.placeOrders(1);
    const { endpoint } = await fakeConnector(({ events }) => ({
      status: 400,
      body: {
        code: 'EVENT_INVALID',
        events: events.map(({ id }) => ({ id, status: 'rejected', code: 'EVENT_INVALID' })),
      },
    }));

    expect(await store.flush(endpoint)).toEqual({ accepted: 0, duplicates: 0, refused: 1 });
  });

  it('loses neither orders nor events when its process is killed', async () => {
    const folder = await temporaryFolder();
    const child = fork(fileURLToPath(new URL('./killed-store.ts', import.meta.url)), [folder], {
      execArgv: ['--import', createRequire(import.meta.url).resolve('tsx')],
    });
    const [placed] = (await once(child, 'message')) as [string[]];
    child.kill('SIGKILL');
    await once(child, 'exit');

    const store = await openStore({ folder });
    const { endpoint, requests } = await fakeConnector();
    await store.flush(endpoint);

    expect(store.orders.map(({ orderId }) => orderId)).toEqual(placed);
    expect(requests.flatMap(({ events }) => events.map(({ recordId }) => recordId))).toEqual(placed);
  });
});
