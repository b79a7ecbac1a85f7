import { chunks } from '../collections.ts';
import { type RecordKey, readMappings, recordName, recordOfName } from '../store/mappings.ts';
import { noteMoved, notePartMoved } from '../store/moved-stock.ts';
import type { SyncContext } from '../sync/declare.ts';

const TOGETHER = 25;

/**
 * Has the stock of products counted again the next time that the store tells of them, whatever its quantity is then: an
 * order that reaches Odoo moves stock there, and the store may have taken the same pieces away before it was counted.
 * With `onCreate` only what runs that were asked for together with this one have counted: else it is Odoo's business.
 *
 * No call to Odoo. Whoever holds the lane notes it before the order moves anything: a function may end in between.
 */
export async function recountLater(
  { connection, settings, group }: SyncContext,
  productIds: readonly string[],
): Promise<void> {
  if (settings.stockPolicy === 'never' || (settings.stockPolicy === 'onCreate' && group === undefined)) return;
  const countedBy = settings.stockPolicy === 'onCreate' ? group : undefined;
  const keys = [...new Set(productIds)].map((recordId): RecordKey => ({ entity: 'product', recordId }));
  const mappings = await readMappings(connection, keys);
  for (const some of chunks(keys, TOGETHER)) {
    await Promise.all(
      some.map(async (key) => {
        const parts = (mappings.get(recordName(key))?.parts ?? []).map(recordOfName);
        const stock = parts.filter(({ entity }) => entity === 'stock');
        const noted = await Promise.all(stock.map((part) => noteMoved(connection, part, countedBy)));
        if (noted.includes(true)) await notePartMoved(connection, key);
      }),
    );
  }
}
