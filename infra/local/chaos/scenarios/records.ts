/** What the shops of the scenarios send. */
import type { Sent } from './field.ts';

/** Stands in what Odoo dies of, where a scenario wants that. */
export const POISON = 'PoisonedByChaos';

/** A customer of a shop; `revision` makes it another snapshot. */
export const aCustomer = (shop: string, index: number, revision = 0): Sent => ({
  ...{ entity: 'customer', recordId: String(index + 1) },
  data: {
    ...{ firstName: 'Customer', lastName: `No ${index}`, email: `c${index}.${shop}@example.com` },
    telephone: `+1 555 ${revision}`,
  },
});

export const aPoisonedCustomer = (shop: string, index: number): Sent => {
  const { data, ...key } = aCustomer(shop, index);
  return { ...key, data: { ...(data as object), lastName: POISON } };
};

export const customers = (shop: string, count: number, revision = 0): Sent[] =>
  Array.from({ length: count }, (_, index) => aCustomer(shop, index, revision));
