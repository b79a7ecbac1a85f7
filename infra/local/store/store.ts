import { randomUUID } from 'node:crypto';
import type { StoreEvent } from '../../../lib/opencart/events.ts';
import type { OrderSnapshot } from '../../../lib/opencart/snapshots.ts';
import { catalogue, type StoreProduct } from './catalogue.ts';
import { advanced, editedCustomer, editedProduct } from './changes.ts';
import { type Delivery, deliver, type Endpoint } from './courier.ts';
import { type Change, type Database, type Meta, openDatabase, sortable } from './database.ts';
import { type Expectation, expect } from './expectation.ts';
import type { ExportedRecord } from './exporter.ts';
import { furnishings } from './furnishings.ts';
import { checkOut, inSeconds } from './orders.ts';
import { Outbox } from './outbox.ts';
import { customers, guestsOf, type StoreCustomer } from './people.ts';
import { Random } from './random.ts';

export interface StoreOptions {
  /** Where the store is kept; what is there already is gone on with, whatever the other options say. */
  folder: string;
  seed?: number;
  /** Part of e-mail addresses and product codes. */
  suffix?: string;
  firstOrderId?: number;
  /** How many there are; without, a few dozen. */
  customers?: number;
  products?: number;
  /** Sends some events twice, and some later than newer ones. */
  mischief?: boolean;
  clock?: () => Date;
}

type Told = Pick<StoreEvent, 'entity' | 'recordId' | 'data'>;
const META = 'store';

/**
 * An OpenCart store in small: it sells, it changes, and like the extension it writes an event with
 * every change, in the same transaction.
 */
export class DemoStore {
  readonly outbox: Outbox;
  readonly #database: Database;
  readonly #clock: () => Date;
  readonly #products = new Map<string, StoreProduct>();
  readonly #customers = new Map<string, StoreCustomer>();
  readonly #orders = new Map<string, OrderSnapshot>();
  readonly #changed = new Map<string, string>();
  #meta: Meta;
  #turn: Promise<unknown> = Promise.resolve();

  private constructor(database: Database, meta: Meta, { mischief = false, clock = () => new Date() }: StoreOptions) {
    this.#database = database;
    this.#meta = meta;
    this.#clock = clock;
    this.outbox = new Outbox(database, mischief ? meta.seed : undefined);
  }

  static async open(options: StoreOptions): Promise<DemoStore> {
    const { seed = 1, suffix = '', firstOrderId = 1001 } = options;
    const database = await openDatabase(options.folder);
    const known = await database.meta.get(META);
    const fresh = { sequence: 0, nextOrderId: firstOrderId, nextAddressId: 1001, imported: false };
    const store = new DemoStore(database, known ?? { seed, suffix, ...fresh }, options);
    if (known === undefined) await store.#furnish(options);
    else await store.#read();
    return store;
  }

  /** Events made so far. */
  get events(): number {
    return this.#meta.sequence;
  }

  get orders(): readonly OrderSnapshot[] {
    return [...this.#orders.values()];
  }

  get customers(): readonly StoreCustomer[] {
    return [...this.#customers.values()];
  }

  /** All records of an entity, as the export endpoint tells of them. */
  exported(entity: string): ExportedRecord[] {
    const told: Record<string, () => Told[]> = {
      customer: () => [...this.#customers.values()].map(customerEvent),
      product: () => [...this.#products.values()].map(productEvent),
      order: () => this.orders.map(orderEvent),
    };
    const furnishing = () => furnishings(this.#meta.suffix).filter((one) => one.entity === entity);
    return (told[entity] ?? furnishing)().map(({ recordId, data }) => ({
      ...{ recordId, data, changedAt: this.#changed.get(changedKey(entity, recordId)) },
    }));
  }

  /** Sends all that the store has, once. */
  async importAll(): Promise<void> {
    await this.#inTurn(async () => {
      if (this.#meta.imported) return;
      const customers = [...this.#customers.values()].map(customerEvent);
      const products = [...this.#products.values()].map(productEvent);
      const others = furnishings(this.#meta.suffix);
      await this.#commit([...others, ...customers, ...products], [], { imported: true });
    });
  }

  async placeOrders(count: number): Promise<OrderSnapshot[]> {
    return this.#inTurn(async () => {
      const placed: OrderSnapshot[] = [];
      for (let number = 0; number < count; number += 1) placed.push(await this.#placeOrder());
      return placed;
    });
  }

  /** Changes one of the customers: that one, or whichever it is. */
  async editCustomer(customerId?: string, kind?: number): Promise<StoreCustomer> {
    return this.#inTurn(async () => {
      const random = this.#random('edit customer');
      const { nextAddressId } = this.#meta;
      const chosen = this.#customers.get(customerId ?? '') ?? random.pick([...this.#customers.values()]);
      const customer = editedCustomer(chosen, String(nextAddressId), random, kind);
      this.#customers.set(customer.customerId, customer);
      const change: Change = { table: 'customers', key: keyOf(customer.customerId), value: customer };
      await this.#commit([customerEvent(customer)], [change], { nextAddressId: nextAddressId + 1 });
      return customer;
    });
  }

  /** Changes the name or the price of one of the products. */
  async editProduct(): Promise<StoreProduct> {
    return this.#inTurn(async () => {
      const random = this.#random('edit product');
      const product = editedProduct(random.pick([...this.#products.values()]), random);
      this.#products.set(product.productId, product);
      const change: Change = { table: 'products', key: keyOf(product.productId), value: product };
      await this.#commit([productEvent(product)], [change]);
      return product;
    });
  }

  /** Takes one of the orders to its next status, if there is one that has a next. */
  async advanceOrder(): Promise<OrderSnapshot | undefined> {
    return this.#inTurn(async () => {
      const candidates = this.orders.map(advanced).filter((order) => order !== undefined);
      if (candidates.length === 0) return undefined;
      const order = this.#random('advance').pick(candidates);
      await this.#saveOrder(order);
      return order;
    });
  }

  /** The shop's people note something on an order. */
  async commentOrder(orderId: string, comment: string): Promise<void> {
    await this.#inTurn(async () => {
      const order = this.#orders.get(orderId);
      if (order !== undefined) await this.#saveOrder({ ...order, comment });
    });
  }

  /** Sends what is due to the connector. */
  async flush(endpoint: Endpoint): Promise<Delivery> {
    return deliver(this.outbox, endpoint, () => this.#meta.sequence);
  }

  /** What Odoo must hold once everything is synced. */
  expectation(connection: string): Expectation {
    return expect(connection, {
      customers: [...this.#customers.values()],
      products: [...this.#products.values()],
      orders: this.orders,
      imported: this.#meta.imported,
    });
  }

  async close(): Promise<void> {
    await this.#turn;
    await this.#database.close();
  }

  async #furnish(size: StoreOptions): Promise<void> {
    const { seed, suffix } = this.#meta;
    for (const product of catalogue(suffix, size.products)) this.#products.set(product.productId, product);
    for (const customer of customers(seed, suffix, size.customers)) this.#customers.set(customer.customerId, customer);
    await this.#database.write([
      { table: 'meta', key: META, value: this.#meta },
      ...[...this.#products].map(([id, value]): Change => ({ table: 'products', key: keyOf(id), value })),
      ...[...this.#customers].map(([id, value]): Change => ({ table: 'customers', key: keyOf(id), value })),
    ]);
  }

  async #read(): Promise<void> {
    const { products, customers, orders } = this.#database;
    for (const product of await products.values().all()) this.#products.set(product.productId, product);
    for (const customer of await customers.values().all()) this.#customers.set(customer.customerId, customer);
    for (const order of await orders.values().all()) this.#orders.set(order.orderId, order);
    for (const [key, at] of await this.#database.changed.iterator().all()) this.#changed.set(key, at);
  }

  async #placeOrder(): Promise<OrderSnapshot> {
    const { seed, suffix, nextOrderId } = this.#meta;
    const orderId = String(nextOrderId);
    const shop = {
      products: [...this.#products.values()],
      customers: [...this.#customers.values()],
      guests: guestsOf(seed, suffix),
    };
    const order = checkOut(orderId, shop, this.#random('order'), this.#clock());
    await this.#saveOrder(order, { nextOrderId: nextOrderId + 1 });
    return order;
  }

  async #saveOrder(order: OrderSnapshot, meta: Partial<Meta> = {}): Promise<void> {
    this.#orders.set(order.orderId, order);
    await this.#commit([orderEvent(order)], [{ table: 'orders', key: keyOf(order.orderId), value: order }], meta);
  }

  /** Writes a change and its events together: neither is ever there without the other. */
  async #commit(told: readonly Told[], changes: readonly Change[], meta: Partial<Meta> = {}): Promise<void> {
    const occurredAt = inSeconds(this.#clock());
    const first = this.#meta.sequence + 1;
    const events = told.map((one, index): StoreEvent => {
      return { id: `evt_${randomUUID()}`, ...one, action: 'upsert', sequence: first + index, occurredAt };
    });
    this.#meta = { ...this.#meta, ...meta, sequence: this.#meta.sequence + events.length };
    const changed = events.map(({ entity, recordId }) => changedKey(entity, recordId));
    for (const key of changed) this.#changed.set(key, occurredAt);
    await this.#database.write([
      ...changes,
      ...changed.map((key): Change => ({ table: 'changed', key, value: occurredAt })),
      ...events.flatMap((event) => this.outbox.changes(event)),
      { table: 'meta', key: META, value: this.#meta },
    ]);
  }

  /** Chance of its own for each thing that happens, so that it does not depend on what was done before a restart. */
  #random(what: string): Random {
    return new Random(this.#meta.seed, what, this.#meta.sequence);
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#turn.then(work);
    this.#turn = done.catch(() => undefined);
    return done;
  }
}

/** Read back in the order of their numbers. */
const keyOf = (id: string): string => sortable(Number(id));

const changedKey = (entity: string, recordId: string): string => `${entity}/${recordId}`;

const orderEvent = (order: OrderSnapshot): Told => ({ entity: 'order', recordId: order.orderId, data: order });
const customerEvent = ({ customerId, snapshot }: StoreCustomer): Told => ({
  ...{ entity: 'customer', recordId: customerId, data: snapshot },
});
const productEvent = ({ productId, snapshot }: StoreProduct): Told => ({
  ...{ entity: 'product', recordId: productId, data: snapshot },
});
