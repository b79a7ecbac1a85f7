/** An address that the connector has never seen, mapped by hand: what it is, a person says in the console's form. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { snapshotOf } from '../../console/src/pages/records/snapshot.ts';
import type { Value } from '../../lib/odoo/client.ts';
import { api } from '../support/api.ts';
import { contact, email, openRig, partners, rig } from '../support/pipeline.ts';
import { aCustomer, anAddress, anEvent } from '../support/snapshots.ts';

beforeAll(openRig);
afterAll(() => rig?.stop());

/** The contact that is chosen in Odoo. */
async function chosenFor(customerId: string, address1: string): Promise<number> {
  const vals: Record<string, Value> = { name: 'Before', street: 'Somewhere', type: 'delivery' };
  const [odooId] = [await rig.odoo.call('res.partner', 'create', [vals])].flat();
  const snapshot = snapshotOf('address', `a${customerId}`, {
    ...{ customerId, email: email(customerId), firstName: 'Zoë', lastName: 'Müller', address1 },
    ...{ postcode: '94105', city: 'San Francisco', countryCode: 'us', zone: 'CA' },
  });
  const answer = await api(rig, 'PUT', `/v1/mappings/address/a${customerId}`, { body: { odooId, snapshot } });
  expect(answer).toMatchObject({ status: 200 });
  return Number(odooId);
}

const sendCustomer = (customerId: string) => {
  const addresses = [{ ...anAddress(), addressId: `a${customerId}` }];
  return rig.sync([anEvent('customer', customerId, aCustomer({ email: email(customerId), addresses }))]);
};

test('is that contact from then on: the customer’s event writes to it', async () => {
  const odooId = await chosenFor('11', '1 Market St');
  await sendCustomer('11');
  const [owner] = await partners(email('11'));
  expect(owner?.child_ids).toEqual([odooId]);
  expect(await contact(odooId)).toMatchObject({ street: '1 Market St', zip: '94105', active: true });
  const { body } = await api(rig, 'GET', '/v1/mappings/address/a11');
  expect(body).toMatchObject({ odooId, state: 'manual' });
});

test('that turns out to be another one is made anew, and the contact that was chosen stays as it is', async () => {
  const odooId = await chosenFor('12', '1 Market Street');
  await sendCustomer('12');
  const [owner] = await partners(email('12'));
  expect(owner?.child_ids).toHaveLength(1);
  expect(owner?.child_ids).not.toEqual([odooId]);
  expect(await contact(odooId)).toMatchObject({ street: 'Somewhere', active: true });
});
