/** What becomes of what the store deletes. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { contact, email, guestOrder, openRig, orderInOdoo, partners, products, rig, sku } from '../support/pipeline.ts';
import { aCustomer, anAddress, anEvent, aProduct } from '../support/snapshots.ts';

beforeAll(openRig);
afterAll(() => rig?.stop());

describe('what the store deletes', () => {
  const remove = (entity: string, recordId: string, over: object = {}) =>
    anEvent(entity, recordId, {}, { action: 'delete', ...over });

  test('is archived in Odoo, and comes back with a newer event', async () => {
    await rig.sync([anEvent('product', '9', aProduct({ model: sku('keep') }))]);
    expect(await rig.sync([remove('product', '9')])).toEqual(['product.template.write']);
    expect(await products(sku('keep'))).toMatchObject([{ active: false }]);
    const { logs } = await rig.logs({ entity: 'product', record: '9', code: 'ARCHIVED' });
    expect(logs).toHaveLength(1);
    expect(await rig.sync([remove('product', '9')])).toEqual(['product.template.write']);
    await rig.sync([anEvent('product', '9', aProduct({ model: sku('keep') }))]);
    expect(await products(sku('keep'))).toMatchObject([{ active: true }]);
  });

  test('takes one call for many', async () => {
    const ids = ['200', '201', '202', '203'];
    await rig.sync(ids.map((id) => anEvent('customer', id, aCustomer({ email: email(`gone${id}`) }))));
    expect(await rig.sync(ids.map((id) => remove('customer', id)))).toEqual(['res.partner.write']);
    for (const id of ids) expect(await partners(email(`gone${id}`))).toEqual([]);
  });

  test('takes along its addresses if it is a customer, and comes back with them', async () => {
    const customer = aCustomer({ email: email('housed'), addresses: [{ ...anAddress(), addressId: '300' }] });
    await rig.sync([anEvent('customer', '300', customer)]);
    const [found] = await partners(email('housed'));
    const [address] = (found?.child_ids ?? []) as number[];
    expect(await rig.sync([remove('customer', '300')])).toEqual(['res.partner.write', 'res.partner.write']);
    expect(await contact(address as number)).toMatchObject({ active: false });
    await rig.sync([anEvent('customer', '300', customer)]);
    expect((await partners(email('housed')))[0]?.child_ids).toEqual([address]);
  });

  test('does not come back with an older event that is late, known or not', async () => {
    await rig.sync([remove('product', '90', { sequence: 90_000 })]);
    expect(await rig.sync([anEvent('product', '90', aProduct({ model: sku('late') }), { sequence: 80_000 })])).toEqual(
      [],
    );
    expect(await products(sku('late'))).toEqual([]);
  });

  test('and Odoo has deleted too is no failure', async () => {
    await rig.sync([anEvent('product', '91', aProduct({ model: sku('both') }))]);
    const [found] = await products(sku('both'));
    await rig.odoo.call('product.product', 'unlink', [[found?.id as number]]);
    await rig.sync([remove('product', '91')]);
    expect((await rig.logs({ entity: 'product', record: '91', level: 'error' })).logs).toEqual([]);
  });

  test('is cancelled if it is an order', async () => {
    await guestOrder('140', email('cancel'));
    await rig.sync([remove('order', '140')]);
    const origin = `OpenCart ${rig.connection} #140`;
    expect(await rig.odoo.searchRead('sale.order', [['origin', '=', origin]], ['state'])).toMatchObject([
      { state: 'cancel' },
    ]);
  });

  test.each([
    ['paid', '141', 'PAID'],
    ['delivered', '142', 'DELIVERED'],
    ['done', '143', 'DONE'],
  ] as const)('is cancelled with what came of it if it is an order that was %s', async (_, orderId, state) => {
    await rig.configure({ statusMapping: { '5': state } });
    await guestOrder(orderId, email(`was${orderId}`), { statusId: '5' });
    await rig.sync([remove('order', orderId)]);
    expect((await rig.logs({ entity: 'order', record: orderId, level: 'error' })).logs).toEqual([]);
    const { id } = await orderInOdoo(orderId);
    const fields = ['state', 'invoice_ids', 'picking_ids'];
    const [order] = await rig.odoo.read('sale.order', [id], fields);
    expect(order).toMatchObject({ state: 'cancel' });
    const moves = await rig.odoo.read('account.move', order?.invoice_ids as number[], ['move_type', 'payment_state']);
    const money = state === 'DELIVERED' ? [] : ['out_invoice', 'out_refund'];
    expect(moves.map(({ move_type }) => move_type).sort()).toEqual(money);
    expect(moves.filter(({ payment_state }) => payment_state === 'not_paid')).toEqual([]);
    const moved = await rig.odoo.searchRead('stock.picking', [['id', 'in', order?.picking_ids as number[]]], ['state']);
    expect(moved.map((transfer) => transfer.state)).toEqual(state === 'PAID' ? ['cancel'] : ['done', 'done']);
    await rig.configure({});
  });

  test('stays if the settings say so', async () => {
    await rig.configure({ deletePolicies: { customer: 'keep' } });
    await expect
      .poll(
        async () => {
          const id = `k${Math.random().toString(36).slice(2)}`;
          await rig.sync([anEvent('customer', id, aCustomer({ email: email(id) }))]);
          return rig.sync([remove('customer', id)]);
        },
        { timeout: 60_000 },
      )
      .toEqual([]);
    await rig.configure({});
  });
});
