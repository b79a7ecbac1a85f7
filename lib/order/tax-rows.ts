import { groupBy } from '../collections.ts';
import type { OrderSnapshot } from '../opencart/snapshots.ts';
import { type Decimal, decimal } from './money.ts';

/**
 * What the store charged in taxes, in its default currency: the values of the `tax` rows by title,
 * which is the name of the rate. Several where rates share a name; none for what came to nothing or less.
 */
export function taxRows({ totals }: OrderSnapshot): Map<string, Decimal[]> {
  const rows = totals.filter(({ code }) => code === 'tax');
  const byTitle = groupBy(rows, ({ title }) => title);
  return new Map([...byTitle].map(([title, group]) => [title, group.map(({ value }) => decimal(value))]));
}
