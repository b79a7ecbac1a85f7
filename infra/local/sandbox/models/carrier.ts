import type { Behaviour } from '../behaviour.ts';
import type { Orm } from '../orm.ts';
import type { Row, Vals } from '../types.ts';

const MODEL = 'delivery.carrier';

/** A carrier's price is its product's: carriers that share a product share the price too. */
function setPrice(orm: Orm, ids: number[], vals: Vals): void {
  if (!('fixed_price' in vals)) return;
  const products = orm.rows(MODEL, ids).map((row) => Number(row.product_id));
  orm.write('product.product', products, { list_price: vals.fixed_price ?? 0 });
}

/** A way to deliver. */
export const carrier: Behaviour = {
  order: 'sequence, id',
  computed: {
    fixed_price(orm, row) {
      const product = orm.row('product.product', row.product_id);
      return product ? orm.value('product.product', product, 'list_price') : 0;
    },
  },
  complete: (_orm, vals) => ({ sequence: 10, delivery_type: 'fixed', ...vals }),
  created(orm, ids, given) {
    ids.forEach((id, index) => {
      setPrice(orm, [id], given[index] ?? {});
    });
  },
  written: (orm, before: Row[], vals) =>
    setPrice(
      orm,
      before.map(({ id }) => id),
      vals,
    ),
};
