/** What is measured: each kind of record, and how each of the three goes about it. */
import type { Client } from './client.ts';
import type { Known } from './known.ts';
import * as limit from './limit.ts';
import { limitOrders } from './limit-orders.ts';
import * as naive from './naive.ts';
import { naiveOrder } from './naive-orders.ts';
import * as make from './records.ts';

type Rec<S> = make.BenchRecord<S>;

export interface Workload<S extends object> {
  /** As it is called in the results. */
  name: string;
  /** Entity of the events. */
  entity: string;
  make: (id: string, shared: string) => S;
  /** One record at a time, a search before each create. */
  naive: (client: Client, record: Rec<S>, known: Known) => Promise<void>;
  /** A batch of 100 at most, with everything prepared. `tag` makes external ids. */
  limit: (client: Client, batch: readonly Rec<S>[], known: Known) => Promise<void>;
  /** Of `--records`, where it takes longer than the others. */
  share: number;
}
export type AnyWorkload = Workload<object>;

/** Sound, because a workload is only ever given the records that it has made itself. */
const workload = <S extends object>(one: Workload<S>): AnyWorkload => one as unknown as AnyWorkload;

export const workloads: readonly AnyWorkload[] = [
  workload({
    ...{ name: 'customer', entity: 'customer', share: 1 },
    ...{ make: make.customer, naive: naive.naiveCustomer, limit: limit.limitCustomers },
  }),
  workload({
    ...{ name: 'category', entity: 'category', share: 1 },
    ...{ make: make.category, naive: naive.naiveCategory, limit: limit.limitCategories },
  }),
  workload({
    ...{ name: 'product', entity: 'product', share: 1 },
    ...{ make: make.product, naive: naive.naiveProduct, limit: limit.limitProducts },
  }),
  workload({
    ...{ name: 'product-variants', entity: 'product', share: 1 },
    ...{ make: make.withVariants, naive: naive.naiveVariants, limit: limit.limitVariants },
  }),
  workload({
    ...{ name: 'order-confirm', entity: 'order', share: 1 },
    make: (id, shared) => make.order(id, shared, '1'),
    naive: (client, record, known) => naiveOrder(client, record, known, 'CONFIRM'),
    limit: (client, batch, known) => limitOrders(client, batch, known, 'CONFIRM'),
  }),
  workload({
    ...{ name: 'order-done', entity: 'order', share: 1 },
    make: (id, shared) => make.order(id, shared, '5'),
    naive: (client, record, known) => naiveOrder(client, record, known, 'DONE'),
    limit: (client, batch, known) => limitOrders(client, batch, known, 'DONE'),
  }),
];
