/** What is in Odoo before the clock starts, for everybody: country, category, tax, attributes, sold products, journal. */
import { taxKey } from '../../../lib/entities/tax-key.ts';
import type { RecordKey } from '../../../lib/store/mappings.ts';
import type { Client } from './client.ts';
import type { Connector } from './connector.ts';
import * as make from './records.ts';

export interface Attribute {
  id: number;
  /** Ids of its values, in the order of `choices`. */
  values: readonly number[];
}

export interface Known {
  country: number;
  state: number;
  category: number;
  tax: number;
  pricelist: number;
  journal: number;
  /** Variants that orders are about. */
  sold: readonly number[];
  /** Whose variants are made when they are asked for, as the connector has it. */
  asked: readonly Attribute[];
  /** Whose variants Odoo makes by itself, as is usual: fewer calls for who makes products one by one. */
  automatic: readonly Attribute[];
}

const OPTIONS = ['colour', 'size'] as const;

/** Brings to Odoo what everybody starts from, and with it logs in whatever is to be warm. */
export async function prepare(connector: Connector, client: Client, shared: string): Promise<Known> {
  const two = (what: string) => [`${shared}-${what}1`, `${shared}-${what}2`] as const;
  await connector.sync('category', [{ recordId: make.categoryId(shared), data: make.category(shared) }]);
  const sold = make.soldIds(shared);
  await connector.sync('product', [
    ...sold.map((recordId) => ({ recordId, data: make.product(recordId, shared) })),
    { recordId: `${shared}-options`, data: make.withVariants(`${shared}-options`, shared) },
  ]);
  const warm = (entity: string, data: (id: string) => object) => {
    const [one, other] = two(entity);
    return connector.warm(entity, [
      { recordId: one, data: data(one) },
      { recordId: other, data: data(other) },
    ]);
  };
  await warm('category', make.category);
  await warm('product', (id) => make.product(id, shared));
  await warm('customer', make.customer);
  await connector.sync('order', [{ recordId: `${shared}-paid`, data: make.order(`${shared}-paid`, shared, '5') }]);
  await warm('order', (id) => make.order(id, shared, '1'));

  const key = (entity: string, recordId: string): RecordKey => ({ entity, recordId });
  const values = (what: (typeof OPTIONS)[number]) =>
    make.choices[what].map((value) => key('option-value', make.valueId(what, value, shared)));
  const one = async (entity: string, recordId: string) => (await connector.idsOf([key(entity, recordId)]))[0] as number;
  return {
    country: await one('country', make.COUNTRY),
    state: await one('state', `${make.COUNTRY}-${make.ZONE}`),
    category: await one('category', make.categoryId(shared)),
    tax: await one('tax', taxKey(make.VAT)),
    pricelist: await one('pricelist', make.CURRENCY),
    journal: await one('payment-method', make.PAYMENT.code),
    sold: await connector.idsOf(sold.map((id) => key('variant', id))),
    asked: await Promise.all(
      OPTIONS.map(async (what) => ({
        id: await one('option', make.optionId(what, shared)),
        values: await connector.idsOf(values(what)),
      })),
    ),
    automatic: [await automatic(client, 'colour', shared), await automatic(client, 'size', shared)],
  };
}

async function automatic(client: Client, what: (typeof OPTIONS)[number], shared: string): Promise<Attribute> {
  const id = await client.create('product.attribute', { name: `${what} ${shared} always`, create_variant: 'always' });
  const values = make.choices[what].map((name) => ({ attribute_id: id, name }));
  return { id, values: await client.createAll('product.attribute.value', values) };
}
