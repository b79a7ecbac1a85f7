import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { signatureHeaders } from '../../lib/opencart/signature.ts';
import { addConnection, secretOf } from '../support/connections.ts';
import { type Rig, startRig } from '../support/rig.ts';
import { aCustomer, anEvent, anOrder, aProduct } from '../support/snapshots.ts';

let rig: Rig;
beforeAll(async () => {
  rig = await startRig();
});
afterAll(() => rig?.stop());

const problems = (answer: { body: { errors?: { path: string }[] } }) => answer.body.errors?.map((error) => error.path);

type Over = { secret?: string; id?: string; at?: Date; connection?: string };
function signed(body: string, over: Over = {}): Record<string, string> {
  const { secret = rig.secret, id = `msg_${Math.random()}`, at = new Date(), connection = rig.connection } = over;
  return { 'x-connection': connection, ...signatureHeaders(secret, id, at, body) };
}

describe('a body', () => {
  test('that is not JSON is refused', async () => {
    expect(await rig.postRaw('{"events": [')).toMatchObject({ status: 400, body: { code: 'BODY_NOT_JSON' } });
  });

  test.each([
    ['[]', ''],
    ['{}', 'events'],
    ['{"events":"none"}', 'events'],
    ['{"events":[]}', 'events'],
  ])('of the wrong shape is refused with the field: %s', async (body, path) => {
    const answer = await rig.postRaw(body);
    expect(answer).toMatchObject({ status: 400, body: { code: 'BODY_INVALID' } });
    expect(problems(answer)).toEqual([path]);
  });

  test('of more than a mebibyte is refused before anything looks at it', async () => {
    const body = JSON.stringify({ events: ['x'.repeat(1_048_576)] });
    expect(await rig.postRaw(body)).toMatchObject({ status: 413, body: { code: 'BODY_TOO_LARGE' } });
    expect(await rig.postRaw(body, {})).toMatchObject({ status: 413, body: { code: 'BODY_TOO_LARGE' } });
  });

  test('with an object of very many members is refused as a whole', async () => {
    const rates = Object.fromEntries(Array.from({ length: 20_000 }, (_, index) => [index, 0]));
    const answer = await rig.post([anEvent('currency', '1', { code: 'EUR', rates })]);
    expect(answer).toMatchObject({ status: 400, body: { code: 'BODY_INVALID' } });
  });

  test('of more than 50 events is refused as a whole', async () => {
    const events = Array.from({ length: 51 }, (_, index) => anEvent('customer', `x${index}`, aCustomer()));
    const answer = await rig.post(events);
    expect(answer).toMatchObject({ status: 413, body: { code: 'TOO_MANY_EVENTS' } });
    expect(problems(answer)).toEqual(['events']);
  });
});

describe('a bad event', () => {
  const good = () => anEvent('customer', '1', aCustomer({ email: `good.${rig.tag}@example.com` }));

  test.each([
    ['without an id', { id: '' }, 'EVENT_INVALID', 'events.0.id'],
    ['with a bad sequence', { sequence: -1 }, 'EVENT_INVALID', 'events.0.sequence'],
    ['with an unknown action', { action: 'destroy' }, 'EVENT_INVALID', 'events.0.action'],
    ['of an unknown entity', { entity: 'sofa' }, 'ENTITY_UNKNOWN', 'events.0.entity'],
    ['of an entity without events', { entity: 'country' }, 'ENTITY_UNKNOWN', 'events.0.entity'],
    ['with a bad snapshot', { data: aCustomer({ email: 'nobody' }) }, 'SNAPSHOT_INVALID', 'events.0.data.email'],
  ])('%s is rejected with code and field; its neighbours go through', async (_, over, code, path) => {
    const bad = { ...anEvent('customer', '2', aCustomer()), ...over };
    const answer = await rig.post([bad as never, good()]);
    expect(answer.status).toBe(202);
    expect(answer.body.events).toMatchObject([
      { status: 'rejected', code, errors: [{ path }] },
      { status: 'accepted' },
    ]);
  });

  test.each([
    ['noncharacters, which SQS refuses', '\uFFFE\uFFFF'],
    ['half a character', '\uD83D'],
    ['control characters', '\u0000\u0008\u001F'],
  ])('is none that has %s in a text: it arrives without them', async (_, text) => {
    const email = (name: string) => `${name}.${text.charCodeAt(0)}.${rig.tag}@example.com`;
    const odd = anEvent(
      'customer',
      `odd${text.charCodeAt(0)}`,
      aCustomer({ email: email('odd'), firstName: `A${text}` }),
    );
    const answer = await rig.post([odd, anEvent('customer', 'other', aCustomer({ email: email('other') }))]);
    expect(answer).toMatchObject({ status: 202 });
    await rig.idle();
    const found = await rig.odoo.searchRead('res.partner', [['email', '=', email('odd')]], ['name']);
    expect(found).toHaveLength(1);
  });

  test('that is the only one makes the answer a 400', async () => {
    const answer = await rig.post([anEvent('sofa', '1', {})]);
    expect(answer).toMatchObject({
      status: 400,
      body: { code: 'EVENT_INVALID', events: [{ code: 'ENTITY_UNKNOWN' }] },
    });
    expect(problems(answer)).toEqual(['events.0.entity']);
  });

  test.each([
    ['a line', 5_000, {}],
    ['an option of a line', 600, { options: Array(500).fill({}) }],
  ])('with thousands of problems, %s each, is told of some', async (_, lines, line) => {
    const bad = anEvent('order', '1', { ...anOrder(), lines: Array(lines).fill(line) });
    const answer = await rig.post([bad]);
    expect(answer).toMatchObject({
      status: 400,
      body: { code: 'EVENT_INVALID', events: [{ code: 'SNAPSHOT_INVALID' }] },
    });
    expect(problems(answer)?.[0]).toBe('events.0.data.lines.0.orderProductId');
    expect(JSON.stringify(answer.body).length).toBeLessThan(2_000);
  });

  test('is told in few words however many there are, and whatever their names', async () => {
    const bad = Array.from({ length: 50 }, (_, index) =>
      anEvent('currency', String(index), {
        code: 'EUR',
        rates: { ['x'.repeat(10_000)]: '1', ['y'.repeat(10_000)]: '1' },
      }),
    );
    const answer = await rig.post(bad);
    expect(answer).toMatchObject({ status: 400, body: { code: 'EVENT_INVALID' } });
    expect(problems(answer)).toHaveLength(20);
    expect(JSON.stringify(answer.body).length).toBeLessThan(100_000);
  });

  test('repeated in the same request is a duplicate', async () => {
    const event = good();
    const answer = await rig.post([event, event]);
    expect(answer.body.events?.map((one) => one.status)).toEqual(['accepted', 'duplicate']);
  });
});

describe('a signature', () => {
  const body = () => JSON.stringify({ events: [anEvent('product', '1', aProduct())] });
  const refused = { status: 401, body: { code: 'SIGNATURE_REFUSED' } };
  const otherSecret = `whsec_${Buffer.from('another secret of some length').toString('base64')}`;
  const seconds = () => Math.floor(Date.now() / 1_000);
  const rewritten = (text: string, change: (signature: string) => string) => {
    const headers = signed(text, { id: 'msg_rewritten' });
    return { ...headers, 'webhook-signature': change(headers['webhook-signature'] ?? '') };
  };
  const inHex = (one: string) => `v1,${Buffer.from(one.slice(3), 'base64').toString('hex')}`;
  const many = (one: string) =>
    Array.from({ length: 100 }, (_, index) => `v1,${index}${one.slice(5)}`)
      .filter((other) => other !== one)
      .join(' ');
  const minutes = (count: number) => new Date(Date.now() + count * 60_000);

  test.each([
    ['missing', () => ({ 'x-connection': rig.connection })],
    ['of another secret', (text: string) => signed(text, { secret: otherSecret })],
    ['over another body', () => signed('{"events":[]}')],
    ['of six minutes ago', (text: string) => signed(text, { at: minutes(-6) })],
    ['of six minutes ahead', (text: string) => signed(text, { at: minutes(6) })],
    ['of an unknown connection', (text: string) => signed(text, { connection: 'nobody' })],
    ['of an impossible connection', (text: string) => signed(text, { connection: '../odoo' })],
    ['truncated', (text: string) => ({ ...signed(text), 'webhook-signature': 'v1,AAAA' })],
    ['of no known version', (text: string) => ({ ...signed(text), 'webhook-signature': 'v9,AAAA' })],
    ['of no version', (text: string) => ({ ...signed(text), ...rewritten(text, (one) => one.slice(3)) })],
    ['one character short', (text: string) => ({ ...signed(text), ...rewritten(text, (one) => one.slice(0, -1)) })],
    ['in another base64', (text: string) => ({ ...signed(text), ...rewritten(text, () => `v1,${'-_'.repeat(22)}`) })],
    ['in hexadecimal', (text: string) => ({ ...signed(text), ...rewritten(text, inHex) })],
    ['of another message', (text: string) => ({ ...signed(text), 'webhook-id': 'msg_other' })],
    ['of another time', (text: string) => ({ ...signed(text), 'webhook-timestamp': String(seconds() - 10) })],
    ['without a time', (text: string) => ({ ...signed(text), 'webhook-timestamp': '' })],
    ['without a message', (text: string) => ({ ...signed(text), 'webhook-id': '' })],
    ['that is one of many, none of which fits', (text: string) => ({ ...signed(text), ...rewritten(text, many) })],
    ['of a message with spaces in its name', (text: string) => signed(text, { id: 'msg 1' })],
    ['of a message with an endless name', (text: string) => signed(text, { id: 'm'.repeat(4_000) })],
  ])('%s is refused, and every refusal is the same', async (_, headers) => {
    const text = body();
    const began = performance.now();
    const answer = await rig.postRaw(text, headers(text));
    // No sooner than any other, so that the time tells nothing; how much later is the machine's affair.
    expect(performance.now() - began).toBeGreaterThan(298);
    expect(answer).toMatchObject(refused);
    const nobody = await rig.postRaw(text, signed(text, { connection: 'nobody' }));
    expect(answer).toEqual(nobody);
  });

  test('of one connection is none of another, whichever of the two it is', async () => {
    const other = await addConnection(rig, 'other', { secret: secretOf('other') });
    const text = body();
    const [own, others] = [signed(text), signed(text, { secret: other.secret, connection: other.connection })];
    expect(await rig.postRaw(text, { ...own, 'x-connection': other.connection })).toMatchObject(refused);
    expect(await rig.postRaw(text, { ...others, 'x-connection': rig.connection })).toMatchObject(refused);
    expect(await rig.postRaw(text, { ...own, ...others, 'x-connection': rig.connection })).toMatchObject(refused);
    // Each is right where it belongs, and was not used up elsewhere.
    expect((await rig.postRaw(text, own)).status).toBe(202);
    expect((await rig.postRaw(text, others)).status).toBe(202);
  });

  test('is valid once', async () => {
    const text = body();
    const headers = signed(text);
    expect((await rig.postRaw(text, headers)).status).toBe(202);
    expect(await rig.postRaw(text, headers)).toMatchObject(refused);
  });

  test('is taken among others, as during a rotation', async () => {
    const text = body();
    const headers = signed(text);
    const signatures = `v1,AAAA v1a,BBBB ${headers['webhook-signature']} v2,CCCC`;
    expect((await rig.postRaw(text, { ...headers, 'webhook-signature': signatures })).status).toBe(202);
  });

  test.each([
    ['a word behind it', (time: string) => `${time}x`],
    ['a fraction', (time: string) => `${time}.9`],
    ['a zero before it', (time: string) => `0${time}`],
    ['a sign', (time: string) => `+${time}`],
    ['an exponent', (time: string) => `${time}e0`],
  ])('is valid once, also where its time is written with %s', async (_, otherwise) => {
    const text = body();
    const headers = signed(text);
    expect((await rig.postRaw(text, headers)).status).toBe(202);
    const again = { ...headers, 'webhook-timestamp': otherwise(headers['webhook-timestamp'] ?? '') };
    expect(await rig.postRaw(text, again)).toMatchObject(refused);
  });
});
