/** Shirts: products with options, what became of them in Odoo, and orders of one. */
import { anOption, type ChoiceInput, type OptionInput } from './choices.ts';
import { email, rig, sku } from './pipeline.ts';
import { aCustomer, anOrder, aProduct, type OrderInput } from './snapshots.ts';

export const size = () =>
  anOption('Size', [
    { name: 'S', price: '-1.0000' },
    { name: 'M' },
    { name: 'L', price: '2.5000', weightKg: '0.2000' },
  ]);

export const aShirt = (name: string, options: OptionInput[], over: object = {}) =>
  aProduct({
    model: sku(name),
    names: [{ languageCode: 'en-gb', name: `Shirt ${name} ${rig.tag}` }],
    options,
    ...over,
  });

export async function templateOf(name: string) {
  const domain = [['name', '=', `Shirt ${name} ${rig.tag}`]] as const;
  const fields = ['product_variant_ids', 'attribute_line_ids', 'list_price'];
  const [found] = await rig.odoo.searchRead('product.template', domain, fields, { archived: true });
  return found as Record<string, unknown> & { id: number };
}

export async function variantsOf(templateId: number, archived = false) {
  const fields = ['display_name', 'default_code', 'lst_price', 'weight', 'active'];
  return rig.odoo.searchRead('product.product', [['product_tmpl_id', '=', templateId]], fields, {
    archived,
    order: 'default_code, id',
  });
}

/** An order of one piece of a product, with what was chosen. */
export function orderFor(
  orderId: string,
  productId: string,
  product: ReturnType<typeof aShirt>,
  options: ChoiceInput[],
  price: string,
  over: Partial<OrderInput> = {},
) {
  const line = {
    orderProductId: '1',
    productId,
    name: product.names[0]?.name ?? '',
    quantity: 1,
    price,
    taxes: [],
    options,
  };
  return anOrder({
    orderId,
    customer: aCustomer({ email: email('chooser') }),
    lines: [line],
    products: { [productId]: product },
    totals: [{ code: 'total', title: 'Total', value: price }],
    ...over,
  });
}
