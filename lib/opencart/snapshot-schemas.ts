/**
 * The snapshots of all entities that a store tells of, as JSON Schema: docs/snapshots.schema.json is made
 * from it, and whoever writes a sender in another language checks against that.
 */
import * as z from 'zod';
import {
  carrierSnapshot,
  categorySnapshot,
  currencySnapshot,
  customerSnapshot,
  optionSnapshot,
  orderSnapshot,
  orderStatusSnapshot,
  paymentMethodSnapshot,
  productSnapshot,
  taxRate,
} from './snapshots.ts';

/** Entity → what `data` of its events and rows is. */
export const snapshots = {
  category: categorySnapshot,
  option: optionSnapshot,
  product: productSnapshot,
  customer: customerSnapshot,
  tax: taxRate,
  currency: currencySnapshot,
  carrier: carrierSnapshot,
  'payment-method': paymentMethodSnapshot,
  'order-status': orderStatusSnapshot,
  order: orderSnapshot,
} as const;

/** As a store writes them: what has a default may be left out. JSON Schema 2020-12. */
export function snapshotJsonSchema(): Record<string, unknown> {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Snapshots of an OpenCart store, by entity',
    $defs: Object.fromEntries(
      Object.entries(snapshots).map(([name, schema]) => {
        const { $schema: _, ...body } = z.toJSONSchema(schema, { io: 'input' });
        return [name, body];
      }),
    ),
  };
}
