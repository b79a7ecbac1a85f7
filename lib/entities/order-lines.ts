/** The lines of an order as they stand in Odoo: what is sold, and what the shopper chose. */
import type { OrderLine, OrderSnapshot } from '../opencart/snapshots.ts';
import { type DraftLine, draftLines } from '../order/lines.ts';
import { asText } from '../order/money.ts';
import { children, many, type Need, one, type Reference, reference, type SyncContext } from '../sync/declare.ts';
import { choicesOf, chosenOnLine, chosenVariant } from './choices.ts';
import { valueNeeds } from './option-value.ts';
import { productValuePart } from './product-option-value.ts';
import { serviceNeed } from './service-product.ts';
import { taxKey } from './tax-key.ts';
import { variantPart } from './variant.ts';

/** The carrier of an order; the store's code names a variant of it, as in `flat.flat`. */
export function carrierOf({ shippingMethod }: OrderSnapshot, { dialect }: SyncContext) {
  const code = shippingMethod?.code.split('.')[0];
  if (!code || !dialect.hasDelivery) return undefined;
  return { code, name: shippingMethod?.name || code, to: reference('carrier', code) };
}

const taxReferences = (line: DraftLine): Reference[] => line.taxes.map((tax) => reference('tax', taxKey(tax)));

/** What one line of the store needs in Odoo, and what it is sold as there. */
interface Sold {
  needs: readonly Need[];
  product: Reference;
  /** The product's own attribute values that were chosen without making another variant. */
  chosen: readonly Reference[];
  /** What was filled in, each for its attribute value. */
  filledIn: readonly { value: Reference; text: string }[];
}

function soldAs(line: OrderLine, order: OrderSnapshot, { settings }: SyncContext): Sold {
  const product = order.products[line.productId];
  const choices = product === undefined ? [] : choicesOf(product, settings);
  const values = product === undefined ? undefined : chosenVariant(line, choices);
  if (product === undefined || values === undefined) return soldAsFormer(line, product !== undefined);
  const { productId } = line;
  const sold = variantPart(productId, product, values);
  const onLine = chosenOnLine(line, choices);
  const used = new Set([...values, ...onLine.map(({ value }) => value)]);
  const made = choices.map((choice) => ({ ...choice, values: choice.values.filter((value) => used.has(value)) }));
  const chosen = onLine.map(({ value, option }) => {
    const part = productValuePart(productId, value, 'line');
    return { part, value: reference(part.entity, part.recordId), isCustom: value.isCustom, text: option.value };
  });
  return {
    needs: [
      { entity: 'product', recordId: productId, snapshot: product },
      ...valueNeeds(made.filter(({ values }) => values.length > 0)),
      sold,
      ...chosen.map(({ part }) => part),
    ],
    product: reference(sold.entity, sold.recordId),
    chosen: chosen.map(({ value }) => value),
    filledIn: chosen.filter(({ isCustom, text }) => isCustom && text !== ''),
  };
}

/**
 * What is no longer in the store, or no longer with the choices that were made: a product made of what
 * the order remembers of it, archived.
 */
function soldAsFormer(line: OrderLine, stillSold: boolean): Sold {
  const { productId, name, model, price } = line;
  const recordId = stillSold ? `former:${productId}` : productId;
  const product = {
    names: [{ languageCode: '', name: name || model || `Product ${productId}` }],
    // Not the code of the product that is still sold.
    ...{ model: stillSold ? '' : model, price, active: false },
  };
  const sold = { entity: 'variant', recordId, snapshot: { productId: recordId, name, values: [], active: false } };
  return {
    needs: [{ entity: 'product', recordId, snapshot: product }, sold],
    product: reference('variant', recordId),
    chosen: [],
    filledIn: [],
  };
}

/** What the order's lines need in Odoo. */
export function lineNeeds(order: OrderSnapshot, context: SyncContext): Need[] {
  const lines = draftLines(order, context.dialect.priceDigits);
  const discounts = context.settings.discountProductId;
  const services = lines
    .flatMap(({ product }) => (product.kind === 'service' ? [product.service] : []))
    .filter((service) => !(service === 'discount' && discounts !== undefined));
  const carrier = carrierOf(order, context);
  return [
    ...order.lines.flatMap((line) => soldAs(line, order, context).needs),
    ...lines.flatMap((line) => line.taxes).map((tax) => ({ entity: 'tax', recordId: taxKey(tax), snapshot: tax })),
    ...services.map(serviceNeed),
    ...(carrier === undefined
      ? []
      : [
          { ...carrier.to, snapshot: { name: carrier.name } },
          { entity: 'carrier-product', recordId: carrier.code, snapshot: { code: carrier.code } },
        ]),
  ];
}

/** The rows of `order_line`, in the order of the store's. */
export function lineRows(order: OrderSnapshot, context: SyncContext) {
  const bought = new Map(order.lines.map((line) => [`line_${line.orderProductId}`, line]));
  return draftLines(order, context.dialect.priceDigits).map((line, position) => {
    const source = bought.get(line.key);
    const sold = source === undefined ? undefined : soldAs(source, order, context);
    return {
      key: line.key,
      values: {
        product_id: one(...(sold === undefined ? serviceTargets(line, order, context) : [sold.product])),
        name: source === undefined ? line.name : [line.name, ...choiceTexts(source)].join('\n'),
        product_uom_qty: String(line.quantity),
        price_unit: asText(line.unitPrice),
        // Left out, it would be what a rule of Odoo's pricelist takes off, once more.
        discount: '0',
        tax_ids: many(taxReferences(line)),
        product_no_variant_attribute_value_ids: many(sold?.chosen ?? []),
        ...(sold === undefined || sold.filledIn.length === 0
          ? {}
          : { product_custom_attribute_value_ids: texts(sold) }),
        ...(context.dialect.hasDelivery ? { is_delivery: isShipping(line) } : {}),
        sequence: String(position + 1),
      },
    };
  });
}

const isShipping = ({ product }: DraftLine): boolean => product.kind === 'service' && product.service === 'shipping';

const texts = ({ filledIn }: Sold) =>
  children(
    filledIn.map(({ value, text }, index) => ({
      key: `text_${index}`,
      values: { custom_product_template_attribute_value_id: one(value), custom_value: text },
    })),
  );

const choiceTexts = ({ options }: OrderLine): string[] => options.map(({ name, value }) => `${name}: ${value}`);

function serviceTargets({ product }: DraftLine, order: OrderSnapshot, context: SyncContext) {
  if (product.kind !== 'service') return [];
  const carrier = carrierOf(order, context);
  const own = reference('service-product', product.service);
  if (product.service === 'discount') return [context.settings.discountProductId, own];
  if (product.service === 'shipping' && carrier !== undefined) return [reference('carrier-product', carrier.code), own];
  return [own];
}
