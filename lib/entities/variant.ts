import * as z from 'zod';
import { decimal, type ProductSnapshot } from '../opencart/snapshots.ts';
import { asText, decimal as number, sum } from '../order/money.ts';
import { defineEntity, many, one, type Part, reference } from '../sync/declare.ts';
import { type ChoiceValue, productValueId, variantId } from './choices.ts';
import { productValuePart } from './product-option-value.ts';

const variantSnapshot = z.object({
  productId: z.string(),
  name: z.string(),
  values: z.array(z.object({ valueId: z.string(), name: z.string(), price: decimal })),
  active: z.boolean(),
  /** What one variant of several has; a product's only variant shares it with the template. */
  own: z.object({ code: z.string(), weightKg: decimal }).optional(),
});

/** A product's variant of these values; without any, its only one. */
export function variantPart(productId: string, product: ProductSnapshot, values: readonly ChoiceValue[]): Part {
  const code = product.sku || product.model;
  const own = {
    code: [code, ...values.map(({ names }) => names[0]?.name)].filter(Boolean).join('-'),
    weightKg: asText(sum([product, ...values].map(({ weightKg }) => number(weightKg)))),
  };
  return {
    entity: 'variant',
    recordId: variantId(
      productId,
      values.map(({ valueId }) => valueId),
    ),
    snapshot: {
      productId,
      name: product.names[0]?.name ?? '',
      values: values.map(({ valueId, names, price }) => ({ valueId, name: names[0]?.name ?? '', price })),
      active: product.active,
      ...(values.length === 0 ? {} : { own }),
    },
  };
}

const valueReferences = ({ productId, values }: z.output<typeof variantSnapshot>) =>
  values.map(({ valueId }) => reference('product-option-value', productValueId(productId, valueId)));

const idsIn = (value: unknown): number[] => (Array.isArray(value) ? value.map(Number) : []);

/** What is sold. Record id: the product's, with the values that make the variant. */
export const variant = defineEntity({
  name: 'variant',
  label: 'Variant',
  model: 'product.product',
  source: 'carried',
  snapshot: variantSnapshot,
  title: ({ name, values }) => [name, values.map((value) => value.name).join(', ')].filter(Boolean).join(' · '),
  needs: ({ productId, values }) => [
    { entity: 'product', recordId: productId },
    ...values.map(({ valueId, name, price }) =>
      productValuePart(
        productId,
        {
          ...{ valueId, price, names: [{ languageCode: '', name }] },
          ...{ sortOrder: 0, isCustom: false, weightKg: '0', quantity: undefined },
        },
        'variant',
      ),
    ),
  ],
  match: [
    {
      field: 'product_tmpl_id',
      value: ({ productId }) => reference('product', productId),
      bornWith: true,
      reads: [
        ...['product_template_attribute_value_ids', 'product_template_variant_value_ids'],
        ...['default_code', 'weight', 'active'],
      ],
      accept: (found, snapshot, { resolve }) => {
        const wanted = new Set(valueReferences(snapshot).map(resolve));
        const held = idsIn(found.product_template_attribute_value_ids);
        // An attribute of one value, added in Odoo, tells no variant from another.
        const telling = found.active === false ? held : idsIn(found.product_template_variant_value_ids);
        return (
          [...wanted].every((id) => id !== undefined && held.includes(id)) && telling.every((id) => wanted.has(id))
        );
      },
    },
  ],
  fields: {
    default_code: ({ own }) => own?.code,
    weight: ({ own }) => own?.weightKg,
    // Odoo archives variants along with their product, but does not always bring them back with it.
    active: ({ active }) => active,
  },
  initially: {
    product_tmpl_id: ({ productId }) => one(reference('product', productId)),
    product_template_attribute_value_ids: (snapshot) => many(valueReferences(snapshot)),
  },
});
