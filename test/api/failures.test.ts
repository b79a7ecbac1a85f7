/** What could not be synced, through the API: grouped, looked at, sent again, given up. */
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type ApiOptions, api } from '../support/api.ts';
import { type Rig, startRig } from '../support/rig.ts';
import { aCustomer, anEvent, anOrder } from '../support/snapshots.ts';

interface CauseRow {
  cause: string;
  code: string;
  records: number;
  byEntity: Record<string, number>;
  subject: string | null;
  nextTrialAt: string | null;
}
interface FailureRow {
  recordId: string;
  entity: string;
  cause: string;
  attempts: number;
  eventId: string;
}

const ORDERS = 60;
const patient = { timeout: 60_000, interval: 100 };
let rig: Rig;
let taxId: number;

beforeAll(async () => {
  // Nothing is tried again but what a test sends.
  rig = await startRig({ env: { FIRST_TRIAL_SECONDS: '86400' } });
  const tax = { name: 'VAT', amount: 20, amount_type: 'percent', type_tax_use: 'sale' };
  taxId = [await rig.odoo.call('account.tax', 'create', [tax])].flat()[0] as number;
});
afterAll(() => rig?.stop());

const email = (name: string) => `${name}.${rig.tag}@example.com`;
const get = <Body>(path: `/v1/${string}`, options: ApiOptions = {}) =>
  api<Body>(rig, 'GET', path, { role: 'viewer', ...options });
const post = (path: `/v1/${string}`, body: unknown, options: ApiOptions = {}) =>
  api(rig, 'POST', path, { body, ...options });
const causes = async () => (await get<{ causes: CauseRow[] }>('/v1/failures/causes')).body.causes;
const failures = async (query: Record<string, string> = {}) =>
  (await get<{ failures: FailureRow[]; next: string | null }>('/v1/failures', { query })).body;

async function allFailures(query: Record<string, string>): Promise<FailureRow[]> {
  const found: FailureRow[] = [];
  let cursor: string | null = null;
  do {
    const page = await failures({ ...query, ...(cursor === null ? {} : { cursor }) });
    found.push(...page.failures);
    cursor = page.next;
  } while (cursor !== null);
  return found;
}

describe('orders that wait for one tax', () => {
  const cause = 'MATCH_REPORTED:tax/86:P20';
  const orderIds = Array.from({ length: ORDERS }, (_, index) => String(5_000 + index));

  beforeAll(async () => {
    await rig.configure({ matchPolicies: { tax: 'report' } });
    const events = orderIds.map((orderId) =>
      anEvent('order', orderId, anOrder({ orderId, customer: aCustomer({ email: email(`buyer${orderId}`) }) })),
    );
    for (let start = 0; start < events.length; start += 50) await rig.sync(events.slice(start, start + 50));
  });

  test('are one row of causes, with how many and whose they are', async () => {
    expect(await causes()).toMatchObject([
      {
        cause,
        code: 'MATCH_REPORTED',
        kind: 'blocked',
        subject: 'tax/86:P20',
        records: ORDERS,
        isMore: false,
        byEntity: { order: ORDERS },
        remedy: expect.stringContaining('Map the record by hand'),
        nextTrialAt: expect.stringMatching(/Z$/),
      },
    ]);
  });

  test.each([
    ['of the cause', { cause }],
    ['of the entity', { entity: 'order' }],
    ['of the code', { code: 'MATCH_REPORTED' }],
    ['of all three', { cause, entity: 'order', code: 'MATCH_REPORTED' }],
  ])('are listed one by one, %s, page by page', async (_, query) => {
    const found = await allFailures({ ...query, limit: '7' });
    expect(found.map(({ recordId }) => recordId).sort()).toEqual(orderIds);
    expect(found[0]).toMatchObject({ cause, entity: 'order', code: 'MATCH_REPORTED' });
  });

  test('are listed once each, though one is tried and parked again between two pages', async () => {
    const query = { cause, limit: '50' };
    const first = await failures(query);
    expect(await post('/v1/failures/replay', { entity: 'order', recordId: first.failures[0]?.recordId })).toMatchObject(
      { status: 202 },
    );
    await rig.idle();
    const second = await failures({ ...query, cursor: first.next ?? '' });
    const found = [...first.failures, ...second.failures].map(({ recordId }) => recordId);
    expect(found.sort()).toEqual(orderIds);
  });

  test('are not listed by another filter', async () => {
    expect((await failures({ cause: 'TAX_UNMAPPED:tax/1' })).failures).toEqual([]);
    expect((await failures({ entity: 'product' })).failures).toEqual([]);
  });

  test('a cursor of another list is refused', async () => {
    const { next } = await failures({ limit: '1' });
    for (const query of [
      { cursor: 'bm9uc2Vuc2U', entity: 'order' },
      { cursor: next ?? '', entity: 'product' },
    ]) {
      expect(await get('/v1/failures', { query })).toMatchObject({
        status: 400,
        body: { code: 'QUERY_INVALID', errors: [{ path: 'cursor' }] },
      });
    }
  });

  test('one is shown with its event, without what it says of people', async () => {
    const { status, body, text } = await get<{ body: { event: Record<string, unknown> } }>('/v1/failures/order/5000');
    expect(status).toBe(200);
    expect(body.body.event).toMatchObject({
      entity: 'order',
      recordId: '5000',
      data: {
        customer: { firstName: '…', lastName: '…', telephone: '…', email: `b…@example.com` },
        paymentAddress: { address1: '…', city: '…', postcode: '…', countryCode: 'US' },
        lines: [{ productId: '28', price: '40.0000', quantity: 2, taxes: [{ taxRateId: '86', rate: '20.0000' }] }],
        currencyCode: 'EUR',
      },
    });
    for (const secret of ['Zoë', 'Müller', 'Market St', 'San Francisco', '94105', '555', 'buyer5000']) {
      expect(text).not.toContain(secret);
    }
  });

  test('arrive by themselves once the tax is mapped, all of them', async () => {
    const { writeMapping } = await import('../../lib/store/mappings.ts');
    const { releaseForSubject } = await import('../../lib/queue/release.ts');
    const mapping = { entity: 'tax', recordId: '86:P20', model: 'account.tax', odooId: taxId, identity: 'P 20' };
    await writeMapping(rig.connection, { ...mapping, origin: 'manual', sequence: 0 });
    expect(await releaseForSubject(rig.connection, 'tax/86')).toBe(1);
    await vi.waitFor(async () => expect(await causes()).toEqual([]), patient);
    expect((await failures()).failures).toEqual([]);
    await rig.idle();
    const origins = orderIds.map((orderId) => `OpenCart ${rig.connection} #${orderId}`);
    const orders = await rig.odoo.searchRead('sale.order', [['origin', 'in', origins]], ['state', 'amount_total']);
    expect(orders).toHaveLength(ORDERS);
    expect(orders.every((order) => order.state === 'sale' && order.amount_total === 102)).toBe(true);
  });
});

describe('after the settings were mended', () => {
  test('what they had blocked arrives', async () => {
    await rig.configure({ odooDatabase: 'nowhere' });
    const ids = ['s1', 's2', 's3'];
    await rig.sync(ids.map((id) => anEvent('customer', id, aCustomer({ email: email(id) }))));
    expect((await failures({ code: 'ODOO_DATABASE' })).failures).toHaveLength(3);
    const { releaseForSettings } = await import('../../lib/queue/release.ts');
    await rig.configure({});
    expect(await releaseForSettings(rig.connection)).toBe(1);
    await vi.waitFor(async () => expect((await failures({ code: 'ODOO_DATABASE' })).failures).toEqual([]), patient);
  });
});

describe('replayed by a person', () => {
  const ids = ['r1', 'r2', 'r3'];
  const parkAnew = async () => {
    await rig.configure({ matchPolicies: { customer: 'report' } });
    for (const id of ids) {
      const partner = { name: id, email: email(id), type: 'contact' };
      const known = await rig.odoo.searchRead('res.partner', [['email', '=', email(id)]], ['id']);
      if (known.length === 0) await rig.odoo.call('res.partner', 'create', [partner]);
    }
    await rig.sync(ids.map((id) => anEvent('customer', id, aCustomer({ email: email(id) }))));
  };

  test('one, a cause, all: a viewer may not', async () => {
    for (const body of [{ all: true }, { cause: 'X' }, { entity: 'customer', recordId: 'r1' }]) {
      expect(await post('/v1/failures/replay', body, { role: 'viewer' })).toMatchObject({ status: 403 });
    }
  });

  test('what does not exist is not found, and a body of another shape refused', async () => {
    expect(await post('/v1/failures/replay', { cause: 'NO_SUCH' })).toMatchObject({ status: 404 });
    expect(await post('/v1/failures/replay', { entity: 'customer', recordId: 'nobody' })).toMatchObject({
      status: 404,
    });
    expect(await post('/v1/failures/replay', { all: false })).toMatchObject({ status: 400 });
    expect(await post('/v1/failures/replay', {})).toMatchObject({ status: 400 });
  });

  test('one goes again, and counts one more attempt if nothing has changed', async () => {
    await parkAnew();
    expect(await post('/v1/failures/replay', { entity: 'customer', recordId: 'r1' })).toMatchObject({
      status: 202,
      body: { sent: 1, unreadable: 0, next: null },
    });
    await rig.idle();
    const attempts = (await failures({ entity: 'customer' })).failures.find(
      ({ recordId }) => recordId === 'r1',
    )?.attempts;
    expect(attempts).toBeGreaterThanOrEqual(2);
  });

  test('all go again, and arrive; the log says who did it', async () => {
    await rig.configure({});
    const answer = await post('/v1/failures/replay', { all: true }, { subject: 'zoe.mueller@example.com' });
    expect(answer).toMatchObject({ status: 202, body: { next: null } });
    expect(answer.body.sent).toBeGreaterThanOrEqual(1);
    await vi.waitFor(async () => expect((await failures({ entity: 'customer' })).failures).toEqual([]), patient);
    const { logs } = await rig.logs({ code: 'REPLAYED' });
    expect(logs[0]).toMatchObject({ level: 'info', by: 'z…@example.com' });
  });
});

describe('dismissed', () => {
  const park = async (ids: string[]) => {
    await rig.configure({ odooDatabase: 'nowhere' });
    await rig.sync(ids.map((id) => anEvent('customer', id, aCustomer({ email: email(id) }))));
  };
  const markOf = async (recordId: string) => {
    const { readMappings } = await import('../../lib/store/mappings.ts');
    const key = { entity: 'customer', recordId };
    return (await readMappings(rig.connection, [key])).get(`customer/${recordId}`)?.failure;
  };

  test('one is gone with its body, its mark and its cause; the next event of the record is synced', async () => {
    await park(['d1']);
    const { readFailure } = await import('../../lib/store/failures.ts');
    const { getPayload } = await import('../../lib/store/payloads.ts');
    const parked = await readFailure(rig.connection, { entity: 'customer', recordId: 'd1' });
    expect(await markOf('d1')).toBe('ODOO_DATABASE');
    expect(await api(rig, 'DELETE', '/v1/failures/customer/d1', { role: 'viewer' })).toMatchObject({ status: 403 });
    expect(await api(rig, 'DELETE', '/v1/failures/customer/d1')).toMatchObject({ status: 204, text: '' });
    expect(await api(rig, 'DELETE', '/v1/failures/customer/d1')).toMatchObject({ status: 404 });
    expect(await getPayload(parked?.payload ?? '')).toBeUndefined();
    expect(await markOf('d1')).toBeUndefined();
    expect(await causes()).toEqual([]);
    const { logs } = await rig.logs({ code: 'DISMISSED', entity: 'customer', record: 'd1' });
    expect(logs).toMatchObject([{ by: 'test', eventId: parked?.eventId }]);

    await rig.configure({});
    await rig.sync([anEvent('customer', 'd1', aCustomer({ email: email('d1') }))]);
    expect((await rig.logs({ code: 'CREATED', entity: 'customer', record: 'd1' })).logs).toHaveLength(1);
  });

  test('a cause goes with all its failures', async () => {
    await park(['d2', 'd3']);
    const [cause] = await causes();
    expect(await post('/v1/failures/dismiss', { cause: cause?.cause })).toMatchObject({
      status: 200,
      body: { dismissed: 2, more: false },
    });
    expect(await causes()).toEqual([]);
    expect((await failures()).failures).toEqual([]);
    expect(await post('/v1/failures/dismiss', { cause: cause?.cause })).toMatchObject({ status: 404 });
    await rig.configure({});
  });
});

test('failures of another connection are not shown', async () => {
  const { park } = await import('../../lib/store/failures.ts');
  const { ConnectorError } = await import('../../lib/errors/index.ts');
  const error = new ConnectorError('ODOO_REFUSED', 'Not yours.');
  const key = { entity: 'customer', recordId: 'theirs', eventId: 'theirs', sequence: 1 };
  await park({ connection: `${rig.connection}x`, ...key, error, body: '{}' });
  expect((await failures()).failures).toEqual([]);
  expect(await causes()).toEqual([]);
  expect(await get('/v1/failures/customer/theirs')).toMatchObject({ status: 404 });
});
