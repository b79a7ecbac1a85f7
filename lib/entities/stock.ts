import * as z from 'zod';
import type { ProductSnapshot } from '../opencart/snapshots.ts';
import { writeStock } from '../stock/write.ts';
import { defineEntity, type Part, reference, type SyncContext } from '../sync/declare.ts';
import { type ChoiceValue, variantId } from './choices.ts';

const stockSnapshot = z.object({
  variantId: z.string(),
  quantity: z.int(),
  policy: z.enum(['onCreate', 'always']),
  locationId: z.int().optional(),
});
export type StockSnapshot = z.output<typeof stockSnapshot>;

/**
 * What the store has in stock of each variant. It counts per value and not per combination, so with
 * more than one option that makes variants nobody knows.
 */
export function stockParts(
  productId: string,
  { quantity, shippable }: ProductSnapshot,
  combinations: readonly (readonly ChoiceValue[])[],
  { stockPolicy: policy, locationId }: SyncContext['settings'],
): Part[] {
  if (policy === 'never' || !shippable || quantity === undefined) return [];
  return combinations.flatMap((values) => {
    const counted = values.length === 0 ? quantity : values.length === 1 ? values[0]?.quantity : undefined;
    if (counted === undefined) return [];
    const id = variantId(
      productId,
      values.map(({ valueId }) => valueId),
    );
    const where = locationId === undefined ? {} : { locationId };
    return [
      { entity: 'stock', recordId: id, snapshot: { variantId: id, quantity: Math.max(counted, 0), policy, ...where } },
    ];
  });
}

/** Pieces of a variant at the chosen location. Record id: the variant's. */
export const stock = defineEntity({
  name: 'stock',
  label: 'Stock of',
  model: 'product.product',
  source: 'carried',
  snapshot: stockSnapshot,
  title: (_, recordId) => recordId,
  through: ({ variantId }) => ({ of: reference('variant', variantId), field: 'id' }),
  match: [],
  onDelete: 'keep',
  fields: {},
  content: ({ variantId }) => variantId,
  lifecycle: { reads: [], steps: [writeStock] },
});
