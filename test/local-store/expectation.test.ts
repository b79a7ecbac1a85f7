import { expect as assert, describe, it } from 'vitest';
import { expect } from '../../infra/local/store/expectation.ts';
import { type AddressSnapshot, customerSnapshot, type OrderSnapshot } from '../../lib/opencart/snapshots.ts';
import { openStore } from './fixtures.ts';

const address: AddressSnapshot = {
  ...{ firstName: 'Tom', lastName: 'Ash', company: '', address1: '1 High Street', address2: '', city: 'London' },
  ...{ postcode: 'SE15 4QN', countryCode: 'GB', countryName: 'United Kingdom', zoneCode: '', zoneName: '' },
};
const guest = (email: string) => customerSnapshot.parse({ firstName: 'Tom', lastName: 'Ash', email });

async function orderOf(changes: Partial<OrderSnapshot>): Promise<OrderSnapshot> {
  const store = await openStore();
  const [order] = await store.placeOrders(1);
  if (order === undefined) throw new Error('no order');
  return { ...order, ...changes };
}

const fromOrders = (...orders: OrderSnapshot[]) =>
  expect('main', { customers: [], products: [], imported: false, orders });

describe('the expectation', () => {
  it('takes an e-mail address for one person, however it is written', async () => {
    const orders = await Promise.all(
      ['tom@example.com', 'TOM@Example.com'].map((email) => orderOf({ customer: guest(email) })),
    );

    assert(fromOrders(...orders).customers).toEqual([{ email: 'tom@example.com' }]);
  });

  it('takes the same address written twice for one', async () => {
    const again = { ...address, address1: ' 1 HIGH STREET', city: 'london ' };
    const order = await orderOf({
      ...{ customer: guest('tom@example.com'), paymentAddress: address, shippingAddress: again },
    });

    assert(fromOrders(order).addresses).toHaveLength(1);
  });

  it('says what the shopper paid, and where a canceled order stays', async () => {
    const totals = [{ code: 'total', title: 'Total', value: '386.7600', taxes: [] }];
    const money = { currencyCode: 'EUR', currencyValue: '0.78460002', currencyDecimals: 2, totals };

    const [open] = fromOrders(await orderOf({ ...money, statusId: '2' })).orders;
    const [canceled] = fromOrders(await orderOf({ ...money, statusId: '7' })).orders;

    assert(open).toMatchObject({ total: '303.45', currency: 'EUR', state: 'sale', origin: 'OpenCart main #1001' });
    assert(canceled).toMatchObject({ state: 'draft' });
  });

  it('knows the variants of a product by code and price, and the way down to its category', async () => {
    const store = await openStore();
    await store.importAll();

    const { products, categories } = store.expectation('main');

    const packs = products.filter(({ name }) => name === 'Denim Roll-top Pack');
    assert(packs.map(({ code, price }) => [code, price])).toEqual([
      ['DEMO-031-Grey-—', '64.9900'],
      ['DEMO-031-Grey-Leather', '77.4850'],
      ['DEMO-031-Grey-Webbing', '64.9900'],
      ['DEMO-031-Moss-—', '62.4900'],
      ['DEMO-031-Moss-Leather', '74.9850'],
      ['DEMO-031-Moss-Webbing', '62.4900'],
    ]);
    assert(products.find(({ name }) => name === 'Slate Coaster')?.category).toBe('Home / Kitchen / Tableware');
    assert(categories).toContain('Outdoors / Workshop');
  });

  it('holds the newest version of what was imported, and the addresses of the orders', async () => {
    const store = await openStore();
    await store.importAll();
    const orders = await store.placeOrders(10);
    const customer = await store.editCustomer();
    const product = await store.editProduct();

    const { customers, products, addresses } = store.expectation('main');

    const { firstName, lastName, telephone, email } = customer.snapshot;
    assert(customers).toContainEqual({ email, name: `${firstName} ${lastName}`, phone: telephone });
    const { names, price } = product.snapshot;
    assert(products).toContainEqual(assert.objectContaining({ name: names[0]?.name, price }));
    for (const order of orders) {
      assert(addresses.map(({ street }) => street.trim().toLowerCase())).toContain(
        order.paymentAddress?.address1.toLowerCase(),
      );
    }
  });
});
