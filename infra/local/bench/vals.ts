/** Records of the store as values of Odoo's fields, for those that write them without the connector. */
import type { Value } from '../../../lib/odoo/client.ts';
import type { Known } from './known.ts';
import * as make from './records.ts';

type Vals = Record<string, Value>;

export const contactVals = ({ firstName, lastName, email, telephone = '' }: make.Customer): Vals => ({
  ...{ name: `${firstName} ${lastName}`, email, phone: telephone, lang: 'en_US' },
});

type Address = Omit<NonNullable<make.Customer['addresses']>[number], 'addressId'>;

export const addressVals = (address: Address, parent: number, known: Known): Vals => ({
  ...{ type: 'other', parent_id: parent, name: `${address.firstName} ${address.lastName}` },
  ...{
    street: address.address1,
    street2: address.address2 ?? '',
    zip: address.postcode ?? '',
    city: address.city ?? '',
  },
  ...{ country_id: known.country, state_id: known.state },
});

export const productVals = ({ names, price, weightKg = '0', sku = '' }: make.Product, known: Known): Vals => ({
  ...{ name: names[0]?.name ?? '', description_sale: (names[0]?.description ?? '').replaceAll(/<[^>]+>/g, '') },
  ...{ default_code: sku, list_price: Number(price), weight: Number(weightKg), type: 'consu' },
  ...{ taxes_id: [[6, 0, [known.tax]]], categ_id: known.category },
});

/** The values of all combinations of a product's options. */
export const combinations = make.choices.colour.flatMap((colour) => make.choices.size.map((size) => [colour, size]));

export const variantCode = ({ sku }: make.Product, values: readonly string[]): string => [sku, ...values].join('-');

export const orderVals = (
  { orderId, lines }: make.Order,
  { partner, address }: { partner: number; address: number },
  { sold, tax, pricelist }: Known,
): Vals => ({
  ...{ client_order_ref: orderId, origin: `Bench #${orderId}`, pricelist_id: pricelist },
  ...{ partner_id: partner, partner_invoice_id: address, partner_shipping_id: address, date_order: make.PLACED_AT },
  order_line: lines.map((line, index) => [
    ...[0, 0],
    {
      ...{ product_id: sold[index] as number, name: line.name, product_uom_qty: line.quantity },
      ...{ price_unit: Number(line.price), tax_ids: [[6, 0, [tax]]] },
    },
  ]),
});
