import { ConnectorError } from '../errors/index.ts';
import { type OrderLine, type OrderSnapshot, orderSnapshot, type TaxRate } from '../opencart/snapshots.ts';
import { type DraftLine, draftLines, type LineProduct } from '../order/lines.ts';
import { asText } from '../order/money.ts';
import {
  checkTotal,
  holdsTotal,
  odooTime,
  orderReads,
  orderSteps,
  paymentMethod,
  roundingProduct,
  wants,
} from '../order/steps/index.ts';
import {
  children,
  defineEntity,
  many,
  type Need,
  one,
  type Reference,
  reference,
  type SyncContext,
} from '../sync/declare.ts';
import { contentId } from './address.ts';
import { guestId } from './guest.ts';
import { taxKey } from './tax-key.ts';

const customerId = ({ customerId, customer }: OrderSnapshot): string => customerId ?? guestId(customer.email);

const addressReference = (order: OrderSnapshot, kind: 'paymentAddress' | 'shippingAddress'): Reference => {
  const address = order[kind] ?? order.paymentAddress ?? order.shippingAddress;
  const owner = customerId(order);
  return address === undefined ? reference('customer', owner) : reference('address', contentId(owner, address));
};

const productReference = (product: LineProduct): Reference =>
  product.kind === 'product' ? reference('product', product.productId) : reference('service-product', product.service);

const taxReferences = (taxes: readonly TaxRate[]): Reference[] => taxes.map((tax) => reference('tax', taxKey(tax)));

/** A product that is no longer in the store is made of what the order remembers of it, archived. */
const formerProduct = ({ productId, name, model, price }: OrderLine) => ({
  names: [{ languageCode: '', name: name || model || `Product ${productId}` }],
  model,
  price,
  active: false,
});

/** The journal is needed only where money moves: on the way to PAID, and back from it. */
function paymentNeed(order: OrderSnapshot, context: SyncContext): Need[] {
  const { to, snapshot } = paymentMethod(order);
  if (wants('PAID', order, context)) return [{ ...to, snapshot }];
  return wants('CANCEL', order, context) ? [{ ...to, ifMapped: true }] : [];
}

function needsOf(order: OrderSnapshot, lines: readonly DraftLine[], context: SyncContext): Need[] {
  const owner = customerId(order);
  const addresses = [order.paymentAddress, order.shippingAddress].filter((address) => address !== undefined);
  const services = lines.flatMap(({ product }) => (product.kind === 'service' ? [product.service] : []));
  return [
    { entity: 'customer', recordId: owner, snapshot: order.customer },
    ...addresses.map((address) => ({
      entity: 'address',
      recordId: contentId(owner, address),
      snapshot: { customerId: owner, email: order.customer.email, address },
    })),
    ...order.lines.map((line) => ({
      entity: 'product',
      recordId: line.productId,
      snapshot: order.products[line.productId] ?? formerProduct(line),
    })),
    ...lines.flatMap((line) => line.taxes).map((tax) => ({ entity: 'tax', recordId: taxKey(tax), snapshot: tax })),
    ...services.map((service) => ({ entity: 'service-product', recordId: service, snapshot: { service } })),
    ...paymentNeed(order, context),
    { ...roundingProduct, snapshot: { service: roundingProduct.recordId } },
    { entity: 'pricelist', recordId: order.currencyCode, snapshot: { code: order.currencyCode } },
  ];
}

/** Record id: the store's order id. */
export const order = defineEntity({
  name: 'order',
  label: 'Order',
  model: 'sale.order',
  source: 'events',
  snapshot: orderSnapshot,
  title: ({ orderId }) => `#${orderId}`,
  match: [],
  onDelete: 'cancel',
  needs: (snapshot, _, context) => needsOf(snapshot, draftLines(snapshot, context.priceDigits), context),
  // OpenCart gives the lines other ids at every edit, and the status is no content.
  content: ({ lines, totals, paymentAddress, shippingAddress, currencyCode, currencyValue, placedAt }) => ({
    ...{ totals, paymentAddress, shippingAddress, currencyCode, currencyValue, placedAt },
    lines: lines.map(({ orderProductId: _, ...line }) => line),
  }),
  fields: {
    client_order_ref: ({ orderId }) => orderId,
    origin: ({ orderId }, { connection }) => `OpenCart ${connection} #${orderId}`,
    partner_id: (snapshot) => one(reference('customer', customerId(snapshot))),
    partner_invoice_id: (snapshot) => one(addressReference(snapshot, 'paymentAddress')),
    partner_shipping_id: (snapshot) => one(addressReference(snapshot, 'shippingAddress')),
    pricelist_id: ({ currencyCode }) => one(reference('pricelist', currencyCode)),
    date_order: ({ placedAt }) => odooTime(placedAt),
    order_line: (snapshot, { priceDigits }) =>
      children(
        draftLines(snapshot, priceDigits).map((line, position) => ({
          key: line.key,
          values: {
            product_id: one(productReference(line.product)),
            name: line.name,
            product_uom_qty: String(line.quantity),
            price_unit: asText(line.unitPrice),
            tax_ids: many(taxReferences(line.taxes)),
            sequence: String(position + 1),
          },
        })),
      ),
  },
  revision: {
    reads: ['state', 'order_line', 'amount_total'],
    accept: holdsTotal,
    decide: ({ state, order_line }, { orderId }) => {
      if (state === 'draft' || state === 'sent') {
        return { children: { model: 'sale.order.line', ids: Array.isArray(order_line) ? order_line.map(Number) : [] } };
      }
      const message = `Order ${orderId} was changed in the store, but is ${state === 'cancel' ? 'cancelled' : 'confirmed'} in Odoo.`;
      return new ConnectorError('ORDER_LOCKED', message, { subject: `order/${orderId}` });
    },
  },
  lifecycle: { reads: orderReads, check: checkTotal, steps: orderSteps },
});
