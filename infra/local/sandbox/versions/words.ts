/** How older Odoos name and hold what the sandbox keeps as 19 does, as measured. */
import { truthy, type Vals, type Value } from '../types.ts';
import type { OlderVersion } from './recorded.ts';

/** A field of an older version. */
export interface Word {
  model: string;
  name: string;
  /** Fields of 19 that are read for it. */
  reads: readonly string[];
  /** What is written to 19's fields for it. */
  give: (value: Value) => Vals;
  /** Its value by those of `reads`. */
  take: (row: Vals) => Value;
}

const renamed = (model: string, name: string, ours: string): Word => ({
  ...{ model, name, reads: [ours] },
  give: (value) => ({ [ours]: value }),
  take: (row) => row[ours] ?? false,
});

/** Prices are rounded when they are stored. */
const twoPlaces = (value: Value): Value => (value === '' ? value : Number(Number(value).toFixed(2)));

const kindOfProduct = (model: string): Word => ({
  ...{ model, name: 'detailed_type', reads: ['type', 'is_storable'] },
  give: (value) => (value === 'product' ? { type: 'consu', is_storable: true } : { type: value, is_storable: false }),
  take: ({ type = false, is_storable = false }) => (truthy(is_storable) ? 'product' : type),
});

/** A word of theirs that means nothing to 19. */
const unheard = (model: string, name: string, value: Value): Word => ({
  ...{ model, name, reads: [], give: () => ({}), take: () => value },
});

const words: readonly { until: OlderVersion; words: readonly Word[] }[] = [
  {
    until: 18,
    words: [
      renamed('sale.order.line', 'tax_id', 'tax_ids'),
      renamed('sale.order.line', 'product_uom', 'product_uom_id'),
      {
        ...renamed('sale.order.line', 'price_unit', 'price_unit'),
        give: (value) => ({ price_unit: twoPlaces(value) }),
      },
    ],
  },
  {
    until: 17,
    words: [
      kindOfProduct('product.template'),
      kindOfProduct('product.product'),
      {
        ...renamed('account.tax', 'price_include', 'price_include'),
        give: (value) => ({ price_include_override: truthy(value) && value !== '0' ? 'tax_included' : 'tax_excluded' }),
      },
      unheard('stock.return.picking', 'location_id', false),
    ],
  },
  {
    until: 16,
    words: [
      {
        ...{ model: 'stock.move', name: 'quantity_done', reads: ['quantity', 'picked'] },
        give: (value) => ({ quantity: value, picked: true }),
        take: ({ quantity = 0, picked = false }) => (truthy(picked) ? quantity : 0),
      },
      {
        ...{ model: 'sale.order', name: 'state', reads: ['state', 'locked'], give: (state) => ({ state }) },
        take: ({ state = false, locked = false }) => (state === 'sale' && truthy(locked) ? 'done' : state),
      },
      unheard('account.move.reversal', 'refund_method', 'refund'),
    ],
  },
];

/** The words of a version that 19 does not know, or means otherwise. */
export const wordsOf = (version: OlderVersion): Map<string, Word> =>
  new Map(
    words
      .filter(({ until }) => version <= until)
      .flatMap((group) => group.words)
      .map((word) => [`${word.model}/${word.name}`, word]),
  );
