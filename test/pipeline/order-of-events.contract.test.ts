import { afterAll, beforeAll, expect, test } from 'vitest';
import { email, openRig, partners, rig } from '../support/pipeline.ts';
import { aCustomer, anEvent } from '../support/snapshots.ts';

beforeAll(openRig);
afterAll(() => rig?.stop());

test('an older event that is late does not undo a newer one that changed nothing', async () => {
  const one = aCustomer({ email: email('back'), telephone: 'as before' });
  const other = { ...one, telephone: 'in between' };
  await rig.sync([anEvent('customer', 'back', one, { sequence: 10 })]);
  await rig.sync([anEvent('customer', 'back', one, { sequence: 30 })]);
  await rig.sync([anEvent('customer', 'back', other, { sequence: 20 })]);
  expect(await partners(email('back'))).toMatchObject([{ phone: 'as before' }]);
});
