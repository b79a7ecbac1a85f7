/** The code that pairs a store, and the rotation of its secret, over the API. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readPairingCode } from '../../lib/access/pairing-code.ts';
import { mintToken } from '../../lib/access/token.ts';
import { signatureHeaders } from '../../lib/opencart/signature.ts';
import { api } from '../support/api.ts';
import { type Rig, startRig } from '../support/rig.ts';
import { aCustomer, anEvent } from '../support/snapshots.ts';

let rig: Rig;
beforeAll(async () => {
  rig = await startRig();
});
afterAll(() => rig?.stop());

interface Pairing {
  code: string;
  connection: string;
  endpoint: string;
  exportUrl: string | null;
}
const pairing = (body: object = {}) => api<Pairing>(rig, 'POST', '/v1/connection/pairing', { body, subject: 'ada' });

const sendSigned = async (secret: string, endpoint: string) => {
  const events = [anEvent('customer', '1', aCustomer({ email: `pairing.${Math.random()}@example.com` }))];
  const body = JSON.stringify({ events });
  const headers = signatureHeaders(secret, `msg_${Math.random()}`, new Date(), body);
  const answer = await fetch(`${endpoint}/v1/events`, {
    ...{ method: 'POST', body },
    headers: { 'content-type': 'application/json', 'x-connection': rig.connection, ...headers },
  });
  return answer.status;
};
const tokenStatus = async (secret: string) => {
  const { connection } = rig;
  const token = await mintToken({ connection, secret, role: 'viewer', subject: 'test', lifetimeSeconds: 60 });
  return (await fetch(`${rig.stack.url}/v1/settings`, { headers: { authorization: `Bearer ${token}` } })).status;
};

test('shows a code with which a store can send at once; who looked is noted', async () => {
  const { status, body } = await pairing({ console: 'https://console.example.com' });
  expect(status).toBe(200);
  const data = readPairingCode(` ${body.code}\n`);
  const { connection, secret } = rig;
  expect(data).toEqual({ endpoint: rig.stack.url, connection, secret, console: 'https://console.example.com' });
  expect(body).toEqual({ code: body.code, connection, endpoint: rig.stack.url, exportUrl: null });
  expect(await sendSigned(secret, body.endpoint)).toBe(202);
  const { logs } = await rig.logs({ code: 'PAIRING_SHOWN' });
  expect(logs).toMatchObject([{ by: 'ada' }]);
  expect(JSON.stringify([logs, rig.lines])).not.toContain(secret);
});

test('takes a request without a body for one that says nothing', async () => {
  const { connection, secret } = rig;
  const token = await mintToken({ connection, secret, role: 'manager', subject: 'ada', lifetimeSeconds: 60 });
  const answer = await fetch(`${rig.stack.url}/v1/connection/pairing`, {
    ...{ method: 'POST', headers: { authorization: `Bearer ${token}` } },
  });
  expect(answer.status).toBe(200);
});

test('rotates: the new secret works at once, the former one still, the one before it no more', async () => {
  const former = rig.secret;
  expect(await sendSigned(former, rig.stack.url)).toBe(202);
  const second = readPairingCode((await pairing({ rotate: true })).body.code)?.secret ?? '';
  expect(second).not.toBe(former);
  expect(await sendSigned(second, rig.stack.url)).toBe(202);
  expect(await tokenStatus(second)).toBe(200);
  expect(await sendSigned(former, rig.stack.url)).toBe(202);
  expect(await tokenStatus(former)).toBe(200);
  rig.secret = second;
  const third = readPairingCode((await pairing({ rotate: true })).body.code)?.secret ?? '';
  expect(await sendSigned(third, rig.stack.url)).toBe(202);
  expect(await sendSigned(former, rig.stack.url)).toBe(401);
  expect((await rig.logs({ code: 'SECRET_ROTATED' })).logs).toHaveLength(2);
});

test('no event is lost while the secret rotates, whenever the store is given the new one', async () => {
  const send = (secret: string, name: string) => {
    const snapshot = aCustomer({ email: `${name}.${rig.tag}@example.com` });
    const body = JSON.stringify({ events: [anEvent('customer', name, snapshot)] });
    const headers = signatureHeaders(secret, `msg_${name}`, new Date(), body);
    return rig.postRaw(body, { 'x-connection': rig.connection, ...headers });
  };
  const answers = [];
  let secret = readPairingCode((await pairing()).body.code)?.secret ?? '';
  let fresh = secret;
  for (let index = 0; index < 12; index += 1) {
    if (index === 4) fresh = readPairingCode((await pairing({ rotate: true })).body.code)?.secret ?? '';
    if (index === 8) secret = fresh;
    answers.push(await send(secret, `rotating${index}`));
  }
  expect(answers.map(({ status }) => status)).toEqual(Array(12).fill(202));
  await rig.idle();
  const domain = [['email', 'like', `rotating%.${rig.tag}@example.com`]] as const;
  expect(await rig.odoo.searchRead('res.partner', domain, ['email'])).toHaveLength(12);
  rig.secret = secret;
});

test('is for managers, and takes no address that is none', async () => {
  const viewer = await api(rig, 'POST', '/v1/connection/pairing', { role: 'viewer', body: {} });
  expect(viewer.status).toBe(403);
  expect(await pairing({ console: 'javascript:alert(1)' })).toMatchObject({
    ...{ status: 400, body: { code: 'BODY_INVALID', errors: [{ path: 'console' }] } },
  });
});

test('a code that was cut off or mistyped is none', async () => {
  const { code } = (await pairing()).body;
  for (const bad of ['', 'whsec_abc', code.slice(0, -10), code.replace('oco1.', 'oco2.'), `${code}=x{`]) {
    expect(readPairingCode(bad)).toBeUndefined();
  }
});
