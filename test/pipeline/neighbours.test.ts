/** Events of several connections come in one batch: trouble with one is none of the others'. */
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type Rig, startRig } from '../support/rig.ts';
import { aCustomer, anEvent, anOrder } from '../support/snapshots.ts';

let rig: Rig;
beforeAll(async () => {
  rig = await startRig({ windowSeconds: 1, visibilitySeconds: 20 });
});
afterAll(() => rig?.stop());

const patient = { timeout: 50_000, interval: 50 };
const synced = (eventId: string) =>
  rig.lines.filter(({ message, ...line }) => message === 'synced' && line.eventId === eventId);

test('a connection whose settings nobody can read waits, and those beside it do not', async () => {
  const { pair } = await import('../../lib/store/pairing.ts');
  const { readSettings } = await import('../../lib/store/connections.ts');
  const { writeItems } = await import('../../lib/store/documents.ts');
  const { sendMessages } = await import('../../lib/queue/send.ts');
  const { tableName } = await import('../../lib/environment.ts');
  const { url, database, user, password } = rig.credentials;
  const later = `${rig.connection}_later`;
  await pair(later, { settings: { odooUrl: url, odooDatabase: database }, odooLogin: { user, password } });
  const settings = await readSettings(later);
  const put = (changed: object) =>
    writeItems(tableName('connections'), [
      { put: { connection: later, item: 'settings', version: 9, by: 'a later version', settings: changed } },
    ]);
  await put({ ...settings, stockPolicy: 'onFullMoon' });

  const message = (connection: string) => {
    const data = anOrder({ customer: aCustomer({ email: `n.${connection}@example.com` }) });
    const event = { ...anEvent('order', '1', data), data: { ...data } };
    return { version: 1 as const, connection, acceptedAt: new Date().toISOString(), event };
  };
  const [waits, goesOn] = [message(later), message(rig.connection)];
  await sendMessages([waits, goesOn]);
  await vi.waitFor(() => expect(synced(goesOn.event.id)).toHaveLength(1), patient);
  await vi.waitFor(
    () =>
      expect(rig.lines).toContainEqual(
        expect.objectContaining({ level: 'ERROR', message: 'batch not delivered', connection: later }),
      ),
    patient,
  );
  expect(synced(waits.event.id)).toEqual([]);

  await put({ ...settings });
  await vi.waitFor(() => expect(synced(waits.event.id)).toHaveLength(1), patient);
  // It was done with the first time, and never came again.
  expect(synced(goesOn.event.id)).toHaveLength(1);
});
