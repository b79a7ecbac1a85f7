/** Orders that real stores took, as their databases held them: see `test/fixtures/stores/README.md`. */
import { readdirSync, readFileSync } from 'node:fs';
import type { OrderInput } from './snapshots.ts';

const folder = new URL('../fixtures/stores/', import.meta.url);

export interface Store {
  /** OpenCart's version, e.g. `4.1.0.4`. */
  version: string;
  orders: OrderInput[];
}

export const stores: readonly Store[] = readdirSync(folder)
  .filter((file) => file.endsWith('.json'))
  .toSorted()
  .map((file) => ({
    version: file.replace(/^opencart-(.*)\.json$/, '$1'),
    orders: JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as OrderInput[],
  }));

/** Orders whose lines do not come to the store's total yet, by the reason; `version #order`. */
const notYetExact = {
  fixedTaxInForeignCurrency: ['3.0.5.1 #6', '3.0.5.1 #8', '4.1.0.4 #6', '4.1.0.4 #8'],
  fixedTaxOncePerLine: ['4.1.0.4 #5', '4.1.0.4 #6', '4.1.0.4 #10', '4.1.0.4 #12', '4.1.0.4 #18'],
  couponOnSomeProducts: ['3.0.5.1 #10', '3.0.5.1 #13', '4.1.0.4 #10', '4.1.0.4 #13'],
  rewardOnSomeProducts: ['3.0.5.1 #14', '4.1.0.4 #14'],
  couponWithFreeShipping: ['3.0.5.1 #11', '3.0.5.1 #13', '4.1.0.4 #11', '4.1.0.4 #13'],
};
const inexact = new Set(Object.values(notYetExact).flat());

export const exactOrders = ({ version, orders }: Store): OrderInput[] =>
  orders.filter(({ orderId }) => !inexact.has(`${version} #${orderId}`));
