/**
 * One call per record after one login, as n8n's Odoo node and most connectors work: a search before each
 * create. In its favour it knows the ids of countries, taxes, categories and attributes, and reads nothing
 * that it could do without.
 */
import type { Value } from '../../../lib/odoo/client.ts';
import type { Client } from './client.ts';
import type { Known } from './known.ts';
import * as make from './records.ts';
import { addressVals, combinations, contactVals, productVals, variantCode } from './vals.ts';

type Rec<S> = make.BenchRecord<S>;
type Vals = Record<string, Value>;

export async function findOrCreate(client: Client, model: string, by: Vals, vals: Vals): Promise<number> {
  const domain = Object.entries(by).map(([field, value]) => [field, '=', value] as const);
  const [found] = await client.search(model, domain);
  return found?.id ?? client.create(model, vals);
}

export async function naiveCustomer(client: Client, { data }: Rec<make.Customer>, known: Known): Promise<void> {
  const partner = await findOrCreate(client, 'res.partner', { email: data.email }, contactVals(data));
  for (const address of data.addresses ?? []) await naiveAddress(client, address, partner, known);
}

export function naiveAddress(
  client: Client,
  address: Parameters<typeof addressVals>[0],
  partner: number,
  known: Known,
) {
  const by = { parent_id: partner, street: address.address1 };
  return findOrCreate(client, 'res.partner', by, addressVals(address, partner, known));
}

export async function naiveCategory(client: Client, { data }: Rec<make.Category>): Promise<void> {
  const name = data.names[0]?.name ?? '';
  await findOrCreate(client, 'product.category', { name }, { name });
}

export async function naiveProduct(client: Client, { data }: Rec<make.Product>, known: Known): Promise<void> {
  const vals = productVals(data, known);
  await findOrCreate(client, 'product.template', { default_code: data.sku ?? '' }, vals);
}

/** Odoo makes the variants by itself; each then gets its code, and two values their surcharge. */
export async function naiveVariants(client: Client, { data }: Rec<make.Product>, known: Known): Promise<void> {
  const { default_code: _, ...vals } = productVals(data, known);
  const name = data.names[0]?.name ?? '';
  const lines = known.automatic.map(({ id, values }) => [0, 0, { attribute_id: id, value_ids: [[6, 0, values]] }]);
  const template = await findOrCreate(client, 'product.template', { name }, { ...vals, attribute_line_ids: lines });

  const ofTemplate = [['product_tmpl_id', '=', template]] as const;
  const values = await client.search('product.template.attribute.value', ofTemplate, ['name']);
  const dearer = new Set<string>(Object.values(make.choices).map((names) => names.at(-1) as string));
  for (const value of values.filter(({ name }) => dearer.has(String(name)))) {
    await client.call('product.template.attribute.value', 'write', [
      [value.id],
      { price_extra: Number(make.SURCHARGE) },
    ]);
  }
  const names = new Map(values.map(({ id, name }) => [id, String(name)]));
  const field = 'product_template_attribute_value_ids';
  for (const variant of await client.search('product.product', ofTemplate, [field])) {
    const held = (variant[field] as number[]).map((id) => names.get(id));
    const own = combinations.find((values) => values.every((value) => held.includes(value))) ?? [];
    const vals = { default_code: variantCode(data, own), weight: Number(data.weightKg) };
    await client.call('product.product', 'write', [[variant.id], vals]);
  }
}
