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
