/** Orders of real stores on the whole path: Odoo holds what the shopper paid. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { orderSnapshot } from '../../lib/opencart/snapshots.ts';
import { orderTarget } from '../../lib/order/reconciliation.ts';
import { email, linesOf, openRig, orderInOdoo, partners, rig, sku } from '../support/pipeline.ts';
import { anEvent, type OrderInput } from '../support/snapshots.ts';
import { stores } from '../support/stores.ts';

const named = (code: string | undefined): string => (code ? sku(code) : '');

/**
 * As one store's order of this run: with names of its own, so that no record of an earlier run is taken for
 * the same, and with ids that tell the stores apart, which are one connection here.
 */
function ofThisRun(order: OrderInput, version: string): OrderInput {
  const id = (one: string) => `${version}-${one}`;
  const { customerId, customer, lines, products = {} } = order;
  const addresses = customer.addresses?.map((address) => ({ ...address, addressId: id(address.addressId) }));
  const productsOfRun = Object.entries(products).map(([productId, product]) => {
    // Barcodes are unique in Odoo, and a name of this run cannot be part of a valid one.
    const codes = { model: named(product.model), sku: named(product.sku), ean: '', upc: '', isbn: '' };
    return [id(productId), { ...product, ...codes }];
  });
  return {
    ...order,
    orderId: id(order.orderId),
    ...(customerId && { customerId: id(customerId) }),
    customer: { ...customer, email: email(customer.email.replace('@example.com', `.${version}`)), addresses },
    lines: lines.map((line) => ({ ...line, productId: id(line.productId), model: named(line.model) })),
    products: Object.fromEntries(productsOfRun),
  };
}

beforeAll(openRig);
afterAll(() => rig?.stop());

describe.each(stores)('the orders of OpenCart $version', (store) => {
  const { orders } = store;
  const sent = (order: OrderInput) => ofThisRun(order, store.version);

  beforeAll(async () => {
    // Whatever became of them in the store: each is confirmed, and so closed to the cent.
    const statusMapping = Object.fromEntries(orders.map(({ statusId }) => [statusId, 'CONFIRM' as const]));
    await rig.configure({ statusMapping });
    await rig.sync(orders.map((order) => anEvent('order', sent(order).orderId, sent(order))));
  });

  test('leave no error', async () => {
    expect((await rig.logs({ entity: 'order', level: 'error' })).logs).toEqual([]);
  });

  test.each(orders)('#$orderId is confirmed with the total that the shopper paid', async (input) => {
    const found = await orderInOdoo(sent(input).orderId);
    const order = orderSnapshot.parse(input);
    expect(found).toMatchObject({ state: 'sale', amount_total: Number(orderTarget(order)) });
    expect((found.currency_id as unknown[])[1]).toBe(input.currencyCode);
    expect(found.date_order).toBe(input.placedAt.replace('T', ' ').replace('Z', ''));
    const names = (await linesOf(found.id)).map((line) => String(line.name));
    for (const { name } of order.lines) expect(names.some((one) => one.includes(name))).toBe(true);
  });

  test('a customer who came again is one contact, and so is a guest', async () => {
    for (const { customer } of orders.map(sent)) expect(await partners(customer.email)).toHaveLength(1);
  });
});
