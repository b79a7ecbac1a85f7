import * as z from 'zod';
import { decimal } from '../opencart/snapshots.ts';
import { defineEntity, type Part, reference } from '../sync/declare.ts';
import { type Choice, type ChoiceValue, productValueId, type Role, roles } from './choices.ts';

const productValueSnapshot = z.object({
  productId: z.string(),
  valueId: z.string(),
  role: z.enum(roles),
  name: z.string(),
  /** What it adds to the product's price. */
  price: decimal,
});

export const productValuePart = (productId: string, { valueId, names, price }: ChoiceValue, role: Role): Part => ({
  entity: 'product-option-value',
  recordId: productValueId(productId, valueId),
  snapshot: { productId, valueId, role, name: names[0]?.name ?? '', price },
});

export const productValueParts = (productId: string, choices: readonly Choice[]): Part[] =>
  choices.flatMap(({ values, role }) => values.map((value) => productValuePart(productId, value, role)));

/** An option's value as one product has it, with its surcharge. Odoo makes it from the attribute line. */
export const productOptionValue = defineEntity({
  name: 'product-option-value',
  label: 'Product option value',
  model: 'product.template.attribute.value',
  source: 'carried',
  creates: false,
  snapshot: productValueSnapshot,
  title: ({ name }) => name,
  // Where an option comes to make variants, or no longer does, its values are those of another attribute.
  identity: ({ role }) => role,
  needs: ({ productId, valueId }) => [
    { entity: 'product', recordId: productId },
    { entity: 'option-value', recordId: valueId },
  ],
  match: [
    {
      field: 'product_tmpl_id',
      value: ({ productId }) => reference('product', productId),
      bornWith: true,
      scope: [['ptav_active', '=', true]],
      archived: false,
      reads: ['product_attribute_value_id', 'price_extra'],
      accept: (found, { valueId }, { resolve }) =>
        Array.isArray(found.product_attribute_value_id) &&
        found.product_attribute_value_id[0] === resolve(reference('option-value', valueId)),
    },
  ],
  missing: 'CHOICE_MISSING',
  // Odoo removes or archives it together with the value of the attribute line.
  onDelete: 'keep',
  fields: { price_extra: ({ price }) => price },
});
