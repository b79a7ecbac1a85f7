/** People are told once of what begins to go wrong, and once when it is over. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { api } from '../support/api.ts';
import type { Rig } from '../support/rig.ts';
import { aCustomer, anEvent } from '../support/snapshots.ts';
import { startWatched } from '../support/watched.ts';

let rig: Rig;
let later: (minutes: number) => Promise<void>;
let now: () => number;
beforeAll(async () => {
  ({ rig, later, now } = await startWatched());
});
afterAll(() => rig?.stop());
beforeEach(() => {
  rig.notices.length = 0;
});

const email = (name: string) => `${name}.${rig.tag}@example.com`;
const customer = (id: string) => anEvent('customer', id, aCustomer({ email: email(id) }));
const park = async (ids: readonly string[]) => {
  await rig.configure({ matchPolicies: { customer: 'report' } });
  for (const id of ids) {
    await rig.odoo.call('res.partner', 'create', [{ name: 'Known', email: email(id), type: 'contact' }]);
  }
  await rig.sync(ids.map(customer));
};

test('while all is well nobody is told anything', async () => {
  await later(0);
  await later(5);
  expect(rig.notices).toEqual([]);
});

test('of a database that is not there once, whatever number of events it stops, and once when it is', async () => {
  await rig.configure({ odooDatabase: 'nowhere' });
  await rig.sync(['1', '2', '3'].map(customer));
  await later(0);
  expect(rig.notices).toEqual([]);
  await later(5);
  expect(rig.notices).toEqual([
    {
      topic: expect.any(String),
      subject: `OpenCart-Odoo, ${rig.connection}: 1 new`,
      message: expect.stringMatching(/\[failures\] .*\(ODOO_DATABASE\): 3 records parked\./),
    },
  ]);
  await rig.sync(['4', '5'].map(customer));
  await later(5);
  await later(60);
  expect(rig.notices).toHaveLength(1);

  await rig.configure({});
  await api(rig, 'POST', '/v1/failures/replay', { body: { all: true } });
  await rig.idle();
  await later(5);
  expect(rig.notices).toHaveLength(1);
  await later(15);
  expect(rig.notices[1]).toMatchObject({
    subject: `OpenCart-Odoo, ${rig.connection}: 1 over`,
    message: expect.stringContaining('(ODOO_DATABASE)'),
  });
  await later(5);
  expect(rig.notices).toHaveLength(2);
});

test('of what comes and goes within minutes nothing, and of what comes back soon nothing new', async () => {
  await park(['6']);
  await later(0);
  await api(rig, 'DELETE', '/v1/failures/customer/6');
  await later(5);
  await later(20);
  expect(rig.notices).toEqual([]);

  await park(['7']);
  await later(0);
  await later(5);
  expect(rig.notices).toHaveLength(1);
  await api(rig, 'DELETE', '/v1/failures/customer/7');
  await later(5);
  await rig.sync([customer('7')]);
  await later(5);
  await later(5);
  expect(rig.notices).toHaveLength(1);
  await api(rig, 'DELETE', '/v1/failures/customer/7');
  await rig.configure({});
  await later(5);
  await later(20);
});

test('of several in one message, which names no person', async () => {
  await park(['8', '9']);
  await later(0);
  const { noteLogin } = await import('../../lib/store/login.ts');
  const login = { setAt: new Date(now()).toISOString(), by: 'test', isKey: true };
  await noteLogin(rig.connection, { ...login, expiresAt: login.setAt });
  await later(5);
  expect(rig.notices).toHaveLength(1);
  expect(rig.notices[0]).toMatchObject({ subject: `OpenCart-Odoo, ${rig.connection}: 2 new` });
  for (const kind of ['failures', 'key-expiring']) expect(rig.notices[0]?.message).toContain(`- [${kind}] `);
  for (const personal of ['example.com', 'Müller', '555']) expect(rig.notices[0]?.message).not.toContain(personal);
  await noteLogin(rig.connection, { ...login, isKey: false });
  for (const id of ['8', '9']) await api(rig, 'DELETE', `/v1/failures/customer/${id}`);
  await later(5);
  await later(20);
});

test('when nobody can be told, they are told the next time', async () => {
  await park(['10']);
  await later(0);
  const { watchConnections } = await import('../../lib/incidents/watch.ts');
  const counted = new Map<string, number>();
  const observer = {
    info() {},
    warn() {},
    error() {},
    count: (name: string, value: number) => counted.set(name, value),
  };
  const refuse = () => Promise.reject(new Error('no topic'));
  const watching = watchConnections(refuse, observer, now() + 5 * 60_000);
  // Whoever does not hear of it here hears of it by the alarms: the incident's, and that of the function.
  await expect(watching).rejects.toThrow('no topic');
  expect(counted.get('IncidentsFailures')).toBe(1);
  await later(6);
  expect(rig.notices).toHaveLength(1);
});
