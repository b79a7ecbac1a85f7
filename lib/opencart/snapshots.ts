/**
 * The shapes a store sends: a record's whole state. Texts are HTML-decoded, times are UTC, amounts
 * are decimal strings in the store's default currency with the four places of OpenCart's tables.
 */
import * as z from 'zod';

const text = z.string().max(65_535);
const shortText = z.string().max(255);
/** A decimal number as text, e.g. `"101.0000"` or `"-34.7"`. */
export const decimal = z
  .string()
  .max(32)
  .regex(/^-?\d+(\.\d+)?$/, 'must be a decimal number as text');
const id = z.string().min(1).max(64);
/** ISO 3166-1 alpha-2, or empty where the store does not know. */
const countryCode = z.string().regex(/^([A-Z]{2})?$/, 'must be an ISO 3166-1 alpha-2 code');
export const currencyCode = z.string().regex(/^[A-Z]{3}$/, 'must be an ISO 4217 code');

export const addressSnapshot = z.object({
  firstName: shortText,
  lastName: shortText,
  company: shortText.default(''),
  address1: shortText,
  address2: shortText.default(''),
  city: shortText.default(''),
  postcode: shortText.default(''),
  countryCode,
  countryName: shortText.default(''),
  /** Code of the zone within its country, the second half of ISO 3166-2 where OpenCart has it. */
  zoneCode: shortText.default(''),
  zoneName: shortText.default(''),
});
export type AddressSnapshot = z.output<typeof addressSnapshot>;

export const customerSnapshot = z.object({
  firstName: shortText,
  lastName: shortText,
  // What browsers take, as OpenCart does: zod's own pattern refuses addresses that shoppers have, e.g. `a/b@example.com`.
  email: z.email({ pattern: z.regexes.html5Email }).max(255),
  telephone: shortText.default(''),
  /** OpenCart language code, e.g. `en-gb`. */
  languageCode: shortText.default(''),
  company: shortText.default(''),
  /** Tax id, where the store asks for one. */
  vat: shortText.default(''),
  active: z.boolean().default(true),
  addresses: z
    .array(addressSnapshot.extend({ addressId: id }))
    .max(500)
    .default([]),
});
export type CustomerSnapshot = z.output<typeof customerSnapshot>;

/** A rate as it applies to one line, after geo zones and customer groups were considered. */
export const taxRate = z.object({
  taxRateId: id,
  name: shortText,
  /** `P`: percent of the price; `F`: an amount per unit in the default currency. */
  type: z.enum(['P', 'F']),
  rate: decimal,
});
export type TaxRate = z.output<typeof taxRate>;

/** The store's default language first; every language has its name. */
const names = z
  .array(z.object({ languageCode: shortText, name: shortText.min(1), description: text.default('') }))
  .min(1)
  .max(100);

export const categorySnapshot = z.object({
  names,
  /** Absent at the top. */
  parentId: id.optional(),
  /** The way from the top down to the parent, so that a category never waits for its parent's event. */
  ancestors: z
    .array(z.object({ categoryId: id, names }))
    .max(50)
    .default([]),
});
export type CategorySnapshot = z.output<typeof categorySnapshot>;

/** An installed payment extension. */
export const paymentMethodSnapshot = z.object({ name: shortText.min(1) });

/** An installed shipping extension. */
export const carrierSnapshot = z.object({ name: shortText.min(1) });
export type CarrierSnapshot = z.output<typeof carrierSnapshot>;

export const currencySnapshot = z.object({
  code: currencyCode,
  /**
   * Units of each of the store's currencies for one of its default currency: of this one, and of that in
   * which the Odoo company keeps its books. Absent in an order, which has its own rate.
   */
  rates: z.record(currencyCode, decimal).optional(),
});
export type CurrencySnapshot = z.output<typeof currencySnapshot>;

/** The store's default language first. */
const labels = z
  .array(z.object({ languageCode: shortText, name: shortText }))
  .min(1)
  .max(100);

export const orderStatusSnapshot = z.object({ names: labels });

/**
 * What a shopper chooses from (`select`, `radio`, `image`: one value; `checkbox`: any number) or
 * fills in (all others).
 */
export const optionType = z.enum([
  ...(['select', 'radio', 'image', 'checkbox'] as const),
  ...(['text', 'textarea', 'file', 'date', 'time', 'datetime'] as const),
]);
export type OptionType = z.output<typeof optionType>;

const optionValue = z.object({ optionValueId: id, names: labels, sortOrder: z.int().default(0) });

/** An option as all products share it. */
export const optionSnapshot = z.object({
  names: labels,
  type: optionType,
  sortOrder: z.int().default(0),
  values: z.array(optionValue).max(2_000).default([]),
});
export type OptionSnapshot = z.output<typeof optionSnapshot>;

/** An option as one product has it, with the values it offers. */
export const productOption = optionSnapshot.extend({
  optionId: id,
  productOptionId: id,
  required: z.boolean().default(false),
  values: z
    .array(
      optionValue.extend({
        productOptionValueId: id,
        /** Added to the product's price, without tax; may be negative. */
        price: decimal.default('0'),
        /** Added to the product's weight; may be negative. */
        weightKg: decimal.default('0'),
        /** Pieces in stock; absent where the store does not count them. */
        quantity: z.int().optional(),
      }),
    )
    .max(2_000)
    .default([]),
});
export type ProductOption = z.output<typeof productOption>;

export const productSnapshot = z.object({
  names,
  /** The categories it is in, the one that says most about it first. */
  categories: z
    .array(categorySnapshot.extend({ categoryId: id }))
    .max(500)
    .default([]),
  model: shortText.default(''),
  sku: shortText.default(''),
  price: decimal,
  weightKg: decimal.default('0'),
  active: z.boolean().default(true),
  /** Barcodes as the store has them, right or wrong. */
  ean: shortText.default(''),
  upc: shortText.default(''),
  jan: shortText.default(''),
  isbn: shortText.default(''),
  /** `false`: nothing is shipped, as with a download or a service. */
  shippable: z.boolean().default(true),
  /** Pieces in stock; absent where the store does not count them. */
  quantity: z.int().optional(),
  /** The rates of its tax class for a shopper in the store's own country; absent: not known. */
  taxes: z.array(taxRate).max(20).optional(),
  /** Where its main image can be fetched; `version` changes when the file does. */
  image: z.object({ url: z.url({ protocol: /^https?$/ }).max(2_048), version: shortText.default('') }).optional(),
  options: z.array(productOption).max(200).default([]),
});
export type ProductSnapshot = z.output<typeof productSnapshot>;

/** One choice of a line; a checkbox option has one for each value that was ticked. */
export const lineOption = z.object({
  /** Ids are absent where the product no longer has the option or the value. */
  optionId: id.optional(),
  /** Only for options with values to choose from. */
  optionValueId: id.optional(),
  type: optionType,
  /** The option's name, and the value's or what was filled in, in the shopper's language. */
  name: shortText,
  value: text,
});
export type LineOption = z.output<typeof lineOption>;

export const orderLine = z.object({
  orderProductId: id,
  productId: id,
  name: shortText,
  model: shortText.default(''),
  quantity: z.int().min(1).max(1_000_000),
  /** Per unit, without tax, surcharges of the chosen options included. */
  price: decimal,
  /** What the store took as tax for one piece: `taxes` are right if they come to it. */
  tax: decimal.optional(),
  taxes: z.array(taxRate).max(20),
  /** What the shopper chose or filled in, in the order of the product's options. */
  options: z.array(lineOption).max(500).default([]),
});
export type OrderLine = z.output<typeof orderLine>;

/** A row of `order_total`. Together these rows are the authority on what the shopper paid. */
export const orderTotal = z.object({
  code: z.string().min(1).max(64),
  title: shortText,
  value: decimal,
  /** Rates that were applied to this row, e.g. those of the shipping method's tax class. */
  taxes: z.array(taxRate).max(20).default([]),
});
export type OrderTotal = z.output<typeof orderTotal>;

export const orderSnapshot = z.object({
  orderId: id,
  /** Absent for guests. */
  customerId: id.optional(),
  customer: customerSnapshot,
  paymentAddress: addressSnapshot.optional(),
  /** Absent where nothing is shipped. */
  shippingAddress: addressSnapshot.optional(),
  shippingMethod: z.object({ code: shortText, name: shortText }).optional(),
  paymentMethod: z.object({ code: shortText, name: shortText }).optional(),
  lines: z.array(orderLine).max(5_000),
  /** Gift vouchers that were bought, as `order_voucher` has them (up to 4.0): part of `sub_total`, without tax. */
  vouchers: z
    .array(z.object({ orderVoucherId: id, name: shortText.default(''), amount: decimal }))
    .max(100)
    .default([]),
  totals: z
    .array(orderTotal)
    .max(100)
    .refine((rows) => rows.some((row) => row.code === 'total'), 'must have a row "total"'),
  /** The products of the lines that still exist in the store, by product id. */
  products: z.record(id, productSnapshot).default({}),
  currencyCode,
  /** Rate of the order's currency to the default currency at order time. */
  currencyValue: decimal,
  /** Places the store shows in this currency. */
  currencyDecimals: z.int().min(0).max(4),
  statusId: id,
  statusName: shortText.default(''),
  comment: text.default(''),
  placedAt: z.iso.datetime(),
});
export type OrderSnapshot = z.output<typeof orderSnapshot>;
