/** Raw batches with everything prepared: no search, no mapping, no second look. What Odoo itself can take. */
import type { Value } from '../../../lib/odoo/client.ts';
import type { Client } from './client.ts';
import type { Known } from './known.ts';
import * as make from './records.ts';
import { addressVals, combinations, contactVals, productVals, variantCode } from './vals.ts';

type Rec<S> = make.BenchRecord<S>;

export const BATCH = 100;

const externalId = (record: string): string => `opencart_bench.${record.replaceAll(/[^A-Za-z0-9_]/g, '_')}`;

/** Loads records under external ids, as every client must that may repeat itself. */
async function load(
  client: Client,
  model: string,
  records: readonly { key: string; vals: Readonly<Record<string, Value>> }[],
): Promise<number[]> {
  const ids: number[] = [];
  for (let start = 0; start < records.length; start += BATCH) {
    const some = records.slice(start, start + BATCH);
    const fields = Object.keys(some[0]?.vals ?? {});
    const columns = fields.map((field) => (RELATION.test(field) ? `${field}/.id` : field));
    const rows = some.map(({ key, vals }) => [externalId(key), ...fields.map((field) => cell(vals[field] as Value))]);
    ids.push(...(await client.load(model, ['id', ...columns], rows)));
  }
  return ids;
}

const RELATION = /_ids?$/;

/** `load()` wants ids in one cell, separated by commas. */
function cell(value: Value): Value {
  if (!Array.isArray(value)) return value;
  const [command] = value as [[number, number, number[]]];
  return command[2].join(',');
}

export async function limitContacts(
  client: Client,
  batch: readonly { key: string; customer: make.Customer }[],
): Promise<number[]> {
  const records = batch.map(({ key, customer }) => ({ key, vals: contactVals(customer) }));
  return load(client, 'res.partner', records);
}

export async function limitAddresses(
  client: Client,
  batch: readonly { key: string; address: Parameters<typeof addressVals>[0]; partner: number }[],
  known: Known,
): Promise<number[]> {
  const records = batch.map(({ key, address, partner }) => ({ key, vals: addressVals(address, partner, known) }));
  return load(client, 'res.partner', records);
}

export async function limitCustomers(
  client: Client,
  batch: readonly Rec<make.Customer>[],
  known: Known,
): Promise<void> {
  const partners = await limitContacts(
    client,
    batch.map(({ recordId, data }) => ({ key: recordId, customer: data })),
  );
  const addresses = batch.flatMap(({ data }, index) =>
    (data.addresses ?? []).map((address) => ({ key: address.addressId, address, partner: partners[index] as number })),
  );
  await limitAddresses(client, addresses, known);
}

export async function limitCategories(client: Client, batch: readonly Rec<make.Category>[]): Promise<void> {
  const records = batch.map(({ recordId, data }) => ({ key: recordId, vals: { name: data.names[0]?.name ?? '' } }));
  await load(client, 'product.category', records);
}

export async function limitProducts(client: Client, batch: readonly Rec<make.Product>[], known: Known): Promise<void> {
  const records = batch.map(({ recordId, data }) => ({ key: recordId, vals: productVals(data, known) }));
  await load(client, 'product.template', records);
}

/** Odoo makes the values of each product itself, so even with everything prepared they must be asked for. */
export async function limitVariants(client: Client, batch: readonly Rec<make.Product>[], known: Known): Promise<void> {
  const field = 'attribute_line_ids';
  const columns = [`${field}/id`, `${field}/attribute_id/.id`, `${field}/value_ids/.id`];
  const [first] = batch;
  if (first === undefined) return;
  const { default_code: _, ...vals } = productVals(first.data, known);
  const own = Object.keys(vals);
  const rows = batch.flatMap(({ recordId, data }) => {
    const { default_code: _, ...vals } = productVals(data, known);
    return known.asked.map(({ id, values }, line) => [
      ...(line === 0
        ? [externalId(recordId), ...own.map((name) => cell(vals[name] as Value))]
        : ['', ...own.map(() => '')]),
      ...[externalId(`${recordId}_${line}`), id, values.join(',')],
    ]);
  });
  const named = own.map((name) => (RELATION.test(name) ? `${name}/.id` : name));
  const templates = await client.load('product.template', ['id', ...named, ...columns], rows);

  const reads = ['product_tmpl_id', 'name', 'product_attribute_value_id'];
  const values = await client.search('product.template.attribute.value', [['product_tmpl_id', 'in', templates]], reads);
  const dearer = new Set(known.asked.map(({ values }) => values.at(-1)));
  const isDearer = (value: Readonly<Record<string, unknown>>) =>
    dearer.has((value.product_attribute_value_id as [number, string])[0]);
  const prices = values.filter(isDearer).map(({ id }) => [id, make.SURCHARGE]);
  await client.load('product.template.attribute.value', ['.id', 'price_extra'], prices);

  const byName = new Map(
    values.map(({ id, name, product_tmpl_id }) => [`${(product_tmpl_id as [number, string])[0]} ${name}`, id]),
  );
  const variants = batch.flatMap(({ recordId, data }, index) =>
    combinations.map((names) => ({
      key: `${recordId}_${names.join('_')}`,
      vals: {
        ...{ product_tmpl_id: templates[index] as number, default_code: variantCode(data, names) },
        ...{ weight: Number(data.weightKg), active: '1' },
        product_template_attribute_value_ids: [
          [6, 0, names.map((name) => byName.get(`${templates[index]} ${name}`) as number)],
        ],
      },
    })),
  );
  await load(client, 'product.product', variants);
}
