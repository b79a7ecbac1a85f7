/** What the demo store keeps on disk. */
import { mkdir } from 'node:fs/promises';
import { ClassicLevel } from 'classic-level';
import type { EventVerdict, StoreEvent } from '../../../lib/opencart/events.ts';
import type { OrderSnapshot } from '../../../lib/opencart/snapshots.ts';
import type { StoreProduct } from './catalogue.ts';
import type { StoreCustomer } from './people.ts';

/** An event that was not delivered yet. */
export interface Waiting {
  event: StoreEvent;
  /** Sent when the store's newest event has at least this sequence. */
  notBefore: number;
}

/** An event that the connector refused, with its reason. */
export interface Refused {
  event: StoreEvent;
  verdict: Pick<EventVerdict, 'code' | 'detail' | 'errors'>;
}

/** Counters, and what was decided when the folder was made. */
export interface Meta {
  seed: number;
  /** In e-mail addresses and product codes, so that several stores can share an Odoo. */
  suffix: string;
  sequence: number;
  nextOrderId: number;
  nextAddressId: number;
  /** Whether all that the store has was sent. */
  imported: boolean;
}

export type Database = Awaited<ReturnType<typeof openDatabase>>;

export async function openDatabase(folder: string) {
  await mkdir(folder, { recursive: true });
  const level = new ClassicLevel<string, unknown>(folder, { valueEncoding: 'json' });
  await level.open();
  const table = <T>(name: string) => level.sublevel<string, T>(name, { valueEncoding: 'json' });
  return {
    meta: table<Meta>('meta'),
    products: table<StoreProduct>('products'),
    customers: table<StoreCustomer>('customers'),
    orders: table<OrderSnapshot>('orders'),
    outbox: table<Waiting>('outbox'),
    refused: table<Refused>('refused'),
    /** `entity/recordId` → when the record last changed. */
    changed: table<string>('changed'),
    /** Writes all or nothing, and survives the end of the process and of the machine. */
    async write(changes: readonly Change[]): Promise<void> {
      const { meta, products, customers, orders, outbox, refused, changed } = this;
      const tables = { meta, products, customers, orders, outbox, refused, changed };
      const operations = changes.map(({ table, key, value }) =>
        value === undefined
          ? ({ type: 'del', sublevel: tables[table], key } as const)
          : ({ type: 'put', sublevel: tables[table], key, value } as const),
      );
      await level.batch<string, unknown>(operations as Parameters<typeof level.batch<string, unknown>>[0], {
        sync: true,
      });
    },
    close: () => level.close(),
  };
}

interface Tables {
  meta: Meta;
  products: StoreProduct;
  customers: StoreCustomer;
  orders: OrderSnapshot;
  outbox: Waiting;
  refused: Refused;
  changed: string;
}

/** A value put under a key; without a value, what is there is removed. */
export type Change = {
  [Name in keyof Tables]: { table: Name; key: string; value?: Tables[Name] };
}[keyof Tables];

/** LevelDB sorts by text. */
export const sortable = (number: number): string => String(number).padStart(16, '0');
