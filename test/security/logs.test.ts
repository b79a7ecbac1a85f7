/** What went in as a secret, or as something about a person, does not come out in a log. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readPairingCode } from '../../lib/access/pairing-code.ts';
import { mintToken } from '../../lib/access/token.ts';
import { api } from '../support/api.ts';
import { written } from '../support/leaks.ts';
import { type Rig, startRig } from '../support/rig.ts';
import { complete, openExporter, start } from '../support/runs.ts';
import { aCustomer, anAddress, anEvent, anOrder, aProduct } from '../support/snapshots.ts';

/** Each is found by its own letters, wherever it stands. */
const person = {
  firstName: 'Quirinius',
  lastName: 'Zwetschgenbaum',
  telephone: '+49 30 7654321098',
  company: 'Kummerspeck Verlag',
  address1: 'Irrlichtgasse 77',
  city: 'Hinterkaifeck',
  postcode: '98127',
  comment: 'Leave it with Mrs. Eichelhäher',
  gift: 'For Friedegunde',
  vatNumber: 'DE-VAT-81726354',
};
const mailbox = 'quirinius.zwetschgenbaum';

let rig: Rig;
/** What must not be found. */
const secrets: Record<string, string> = {};

beforeAll(async () => {
  // What is parked stays parked: trying it again says nothing new, and keeps the queues from coming to rest.
  rig = await startRig({ env: { FIRST_TRIAL_SECONDS: '86400' } });
  secrets.webhookSecret = rig.secret;
  secrets.odooPassword = rig.credentials.password;
});
afterAll(() => rig?.stop());

async function everythingHappens(): Promise<void> {
  const { firstName, lastName, telephone, company, address1, city, postcode } = person;
  const email = (name: string) => `${mailbox}.${name}.${rig.tag}@example.com`;
  const address = anAddress({ firstName, lastName, company, address1, city, postcode });
  const customer = (name: string, over = {}) =>
    aCustomer({ firstName, lastName, telephone, email: email(name), ...over });
  const order = (orderId: string, over = {}) => {
    const base = anOrder({ orderId, customer: customer(orderId), ...over });
    return { ...base, paymentAddress: address, shippingAddress: address, comment: person.comment };
  };
  // It arrives; it is edited; Odoo refuses it; nobody can read it; the store signs badly.
  await rig.sync([anEvent('order', '1', order('1')), anEvent('customer', '2', customer('2'))]);
  await rig.sync([anEvent('order', '1', order('1', { statusId: '5' })), anEvent('product', '3', aProduct())]);
  await rig.configure({ matchPolicies: { tax: 'report', customer: 'report' } });
  await rig.sync([anEvent('order', '4', order('4', { currencyCode: 'XTS' })), anEvent('customer', '5', customer('2'))]);
  await rig.post([anEvent('customer', '6', customer('6', { email: `${mailbox} at example` }))]);
  await rig.post([anEvent('order', '7', { ...order('7'), lines: person.gift as never })]);
  await rig.postRaw(JSON.stringify({ person }), { 'x-connection': rig.connection, 'webhook-signature': 'v1,AAAA' });
  await rig.postRaw(`{"broken": "${person.firstName}`);
  // Odoo refuses the login.
  await rig.configure({});
  await rig.setOdooPassword('wrong-Schibboleth-1');
  secrets.wrongPassword = 'wrong-Schibboleth-1';
  await rig.sync([anEvent('customer', '9', customer('9'))]);
  await rig.setOdooPassword(rig.credentials.password);
  // People set, test, pair, look, map, import, run and mend.
  secrets.setPassword = 'set-Schibboleth-2';
  const login = { user: 'connector@example.com', password: secrets.setPassword };
  await api(rig, 'PUT', '/v1/connection/odoo-login', { body: login });
  await api(rig, 'POST', '/v1/connection/test', { body: { ...login, password: 'tried-Schibboleth-3' } });
  secrets.triedPassword = 'tried-Schibboleth-3';
  await rig.setOdooPassword(rig.credentials.password);
  const pairing = await api<{ code: string }>(rig, 'POST', '/v1/connection/pairing', { body: { rotate: true } });
  secrets.pairingCode = pairing.body.code;
  rig.secret = readPairingCode(pairing.body.code)?.secret ?? '';
  secrets.rotatedSecret = rig.secret;
  const token = await mintToken({ ...rig, role: 'manager', subject: 'test', lifetimeSeconds: 86_400 });
  secrets.token = token;
  for (const path of ['/v1/failures', '/v1/mappings/customer', '/v1/nothing', '/v1/logs?limit=0']) {
    await fetch(`${rig.stack.url}${path}`, { headers: { authorization: `Bearer ${token}` } });
  }
  await fetch(`${rig.stack.url}/v1/settings`, { headers: { authorization: `Bearer ${token}x` } });
  await api(rig, 'POST', '/v1/mappings/customer/import', { body: { csv: `recordId,odooId\n"${person.lastName}` } });
  await api(rig, 'PATCH', '/v1/settings', {
    body: { version: 1, settings: { odooUrl: 'http://user:url-Schibboleth-4@x.y' } },
  });
  secrets.passwordInUrl = 'url-Schibboleth-4';
  const exporter = await openExporter(rig, {}, {});
  exporter.records.customer = new Map([
    ['30', customer('30')],
    ['31', { ...customer('31'), email: person.firstName }],
  ]);
  await complete(rig, { entity: 'customer', mode: 'full' });
  await api(rig, 'POST', '/v1/failures/replay', { body: { all: true } });
  await rig.idle();
  exporter.trouble = () => ({ status: 500, body: { error: person.comment } });
  await start(rig, { entity: 'product', mode: 'full' });
  // The row is the last thing that a page leaves which failed, after the line it prints.
  const rows = async () => (await api(rig, 'GET', '/v1/logs', { query: { code: 'STORE_UNAVAILABLE' } })).body.logs;
  await expect.poll(rows, { timeout: 60_000 }).toHaveLength(1);
}

test('the functions print neither secrets nor persons; nor do the log and the failures tell them', async () => {
  await everythingHappens();
  const codes = new Set(rig.lines.map(({ code }) => code));
  for (const code of ['BODY_NOT_JSON', 'SIGNATURE_REFUSED', 'VALUE_REFUSED']) expect(codes).toContain(code);
  expect.soft(leaksIn(rig.printed.join('\n'))).toEqual([]);
  expect.soft(leaksIn(await logTable())).toEqual([]);
  expect.soft(leaksIn(await failuresAsTold())).toEqual([]);
}, 240_000);

async function logTable(): Promise<string> {
  const { ScanCommand } = await import('@aws-sdk/lib-dynamodb');
  const { documents } = await import('../../lib/store/documents.ts');
  const { tableName } = await import('../../lib/environment.ts');
  const { Items = [] } = await documents.send(new ScanCommand({ TableName: tableName('log') }));
  expect(Items.length).toBeGreaterThan(10);
  return JSON.stringify(Items);
}

async function failuresAsTold(): Promise<string> {
  const { text } = await api(rig, 'GET', '/v1/failures', { query: { limit: '500' } });
  const { failures } = JSON.parse(text) as { failures: { entity: string; recordId: string }[] };
  expect(failures.length).toBeGreaterThan(0);
  const bodies = await Promise.all(
    failures.map(({ entity, recordId }) => api(rig, 'GET', `/v1/failures/${entity}/${encodeURIComponent(recordId)}`)),
  );
  return [text, ...bodies.map((body) => body.text)].join('\n');
}

function leaksIn(text: string): string[] {
  const words = { ...person, ...secrets, mailbox };
  return Object.entries(words).flatMap(([what, word]) =>
    written(word).some((one) => text.includes(one)) ? [`${what}: ${around(text, written(word))}`] : [],
  );
}

/** Where a word stands, for whoever has to mend it. */
function around(text: string, words: readonly string[]): string {
  const at = Math.max(...words.map((word) => text.indexOf(word)));
  return text.slice(Math.max(0, at - 120), at + 80);
}
