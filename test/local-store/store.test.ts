import Big from 'big.js';
import { describe, expect, it } from 'vitest';
import { orderTotals } from '../../infra/local/store/totals.ts';
import { groupBy } from '../../lib/collections.ts';
import { findEntity } from '../../lib/entities/index.ts';
import { storeEvent } from '../../lib/opencart/events.ts';
import { fakeConnector, openStore, temporaryFolder } from './fixtures.ts';

describe('the demo store', () => {
  it('does the same things for the same seed', async () => {
    const stores = [await openStore({ seed: 7 }), await openStore({ seed: 7 }), await openStore({ seed: 8 })];

    const [first, second, other] = await Promise.all(
      stores.map(async (store) => {
        const orders = await store.placeOrders(10);
        return [orders, await store.editCustomer(), await store.editProduct()];
      }),
    );

    expect(second).toEqual(first);
    expect(other).not.toEqual(first);
  });

  it('sends snapshots that are complete and valid', async () => {
    const store = await openStore();
    await store.importAll();
    await store.placeOrders(80);
    const { endpoint, requests } = await fakeConnector();

    await store.flush(endpoint);

    for (const event of requests.flatMap(({ events }) => events)) {
      expect(storeEvent.parse(event)).toEqual(event);
      // Equal: nothing was left out that a default stands in for.
      expect(findEntity(event.entity)?.snapshot.parse(event.data)).toEqual(event.data);
    }
  });

  it('imports all that it has once, and numbers all events in their order', async () => {
    const store = await openStore();
    await store.importAll();
    await store.importAll();
    await store.placeOrders(2);
    const { endpoint, requests } = await fakeConnector();

    await store.flush(endpoint);

    const events = requests.flatMap((request) => request.events);
    expect(events.map(({ sequence }) => sequence)).toEqual(events.map((_, index) => index + 1));
    expect(new Set(events.map(({ id }) => id)).size).toBe(events.length);
    const counts = [...groupBy(events, ({ entity }) => entity)].map(([entity, { length }]) => [entity, length]);
    expect(Object.fromEntries(counts)).toEqual({
      ...{ 'order-status': 4, currency: 3, tax: 4, carrier: 2, 'payment-method': 2, category: 11, option: 5 },
      ...{ customer: 16, product: 40, order: 2 },
    });
    expect(events.slice(-2).map(({ entity, recordId }) => [entity, recordId])).toEqual([
      ['order', '1001'],
      ['order', '1002'],
    ]);
  });

  it('sells to guests and customers, in several currencies, with every kind of tax, shipping and coupon', async () => {
    const store = await openStore();

    const orders = await store.placeOrders(150);

    const kinds = {
      guests: orders.filter(({ customerId }) => customerId === undefined).length,
      currencies: new Set(orders.map(({ currencyCode }) => currencyCode)).size,
      statuses: new Set(orders.map(({ statusId }) => statusId)).size,
      coupons: orders.filter(({ totals }) => totals.some(({ code }) => code === 'coupon')).length,
      taxedShipping: orders.filter(({ totals }) => totals.some((row) => row.taxes.length > 0)).length,
      taxes: new Set(orders.flatMap(({ lines }) => lines.map(({ taxes }) => taxes.length))).size,
      countries: new Set(orders.map(({ paymentAddress }) => paymentAddress?.countryCode)).size,
    };
    expect(kinds).toMatchObject({ currencies: 3, statuses: 4, taxes: 3, countries: 7 });
    expect(Math.min(kinds.guests, kinds.coupons, kinds.taxedShipping)).toBeGreaterThan(20);
  });

  it('writes sub-totals that are the sum of the lines', async () => {
    const store = await openStore();

    for (const { lines, totals } of await store.placeOrders(20)) {
      expect(orderTotals({ lines })[0]).toEqual(totals[0]);
    }
  });

  it('sells what shoppers choose, at a price with its surcharges', async () => {
    const store = await openStore();

    const orders = await store.placeOrders(150);

    const types = new Set<string>();
    for (const { lines, products } of orders) {
      for (const { productId, options, price } of lines) {
        const product = products[productId];
        let expected = new Big(product?.price ?? 0);
        for (const { optionId, optionValueId, type } of options) {
          const option = product?.options.find((one) => one.optionId === optionId);
          const value = option?.values.find((one) => one.optionValueId === optionValueId);
          expected = expected.plus(value?.price ?? 0);
          types.add(type);
        }
        expect(price).toBe(expected.toFixed(4));
        const chosen = new Set(options.map(({ optionId }) => optionId));
        expect(product?.options.filter(({ required, optionId }) => required && !chosen.has(optionId))).toEqual([]);
      }
    }
    expect([...types].sort()).toEqual(['checkbox', 'radio', 'select', 'text']);
  });

  it('goes on where it stopped when it is opened again', async () => {
    const folder = await temporaryFolder();
    const uninterrupted = await openStore({ seed: 3 });
    const expected = await uninterrupted.placeOrders(4);
    const before = await openStore({ folder, seed: 3 });
    const first = await before.placeOrders(2);
    await before.close();

    const store = await openStore({ folder });
    const second = await store.placeOrders(2);

    expect([...first, ...second]).toEqual(expected);
    expect(store.orders).toEqual(expected);
    expect(await store.outbox.size()).toBe(4);
  });

  it('takes orders to their next status, never a canceled one', async () => {
    const store = await openStore();
    const placed = new Map((await store.placeOrders(30)).map((order) => [order.orderId, order]));

    const advanced = await store.advanceOrder();

    const before = placed.get(advanced?.orderId ?? '');
    expect([before?.statusId, advanced?.statusId]).toSatisfy(
      ([from, to]) => (from === '1' && to === '2') || (from === '2' && to === '5'),
    );
  });
});
