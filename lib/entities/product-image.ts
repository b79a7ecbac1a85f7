import * as z from 'zod';
import { fileNameIn } from '../shown-url.ts';
import { defineEntity, download, reference } from '../sync/declare.ts';

/** A product's main image: fetched when it is new or another one. Record id: the product's. */
export const productImage = defineEntity({
  name: 'product-image',
  label: 'Image of product',
  model: 'product.template',
  source: 'carried',
  snapshot: z.object({ productId: z.string(), url: z.string(), version: z.string() }),
  title: ({ url }) => fileNameIn(url),
  through: ({ productId }) => ({ of: reference('product', productId), field: 'id' }),
  match: [],
  // The product may have been given another one in Odoo.
  onDelete: 'keep',
  fields: { image_1920: ({ url }) => download(url) },
});
