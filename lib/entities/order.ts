import { type OrderSnapshot, orderSnapshot } from '../opencart/snapshots.ts';
import { editConfirmed, editReads, orderEditReads, type WantedLine, type WantedOrder } from '../order/edit.ts';
import { decimal } from '../order/money.ts';
import {
  cancel,
  checkTotal,
  holdsTotal,
  idsOf,
  isQuotation,
  mayHaveLeftovers,
  odooTime,
  orderReads,
  orderSteps,
  paymentMethod,
  roundingProduct,
  stepCalls,
  wants,
} from '../order/steps/index.ts';
import {
  children,
  defineEntity,
  type Need,
  type One,
  one,
  type Reference,
  type Resolve,
  type Revision,
  reference,
  type SyncContext,
} from '../sync/declare.ts';
import { contentId } from './address.ts';
import { guestId } from './guest.ts';
import { carrierOf, lineNeeds, lineRows } from './order-lines.ts';

const customerId = ({ customerId, customer }: Pick<OrderSnapshot, 'customerId' | 'customer'>): string =>
  customerId ?? guestId(customer.email);

const addressReference = (order: OrderSnapshot, kind: 'paymentAddress' | 'shippingAddress'): Reference => {
  const address = order[kind] ?? order.paymentAddress ?? order.shippingAddress;
  const owner = customerId(order);
  return address === undefined ? reference('customer', owner) : reference('address', contentId(owner, address));
};

/** The journal is needed only where money moves: on the way to PAID, and back from it. */
function paymentNeed(order: OrderSnapshot, context: SyncContext): Need[] {
  const { to, snapshot } = paymentMethod(order);
  const isKnown: Need = { ...to, ifMapped: true };
  if (wants('PAID', order, context)) {
    return [context.settings.defaultJournalId === undefined ? { ...to, snapshot } : isKnown];
  }
  return wants('CANCEL', order, context) ? [isKnown] : [];
}

function needsOf(order: OrderSnapshot, context: SyncContext): Need[] {
  const owner = customerId(order);
  const addresses = [order.paymentAddress, order.shippingAddress].filter((address) => address !== undefined);
  return [
    { entity: 'customer', recordId: owner, snapshot: order.customer },
    ...addresses.map((address) => ({
      entity: 'address',
      recordId: contentId(owner, address),
      snapshot: { customerId: owner, email: order.customer.email, address },
    })),
    ...lineNeeds(order, context),
    ...paymentNeed(order, context),
    { ...roundingProduct, snapshot: { service: roundingProduct.recordId } },
    { entity: 'pricelist', recordId: order.currencyCode, snapshot: { code: order.currencyCode } },
  ];
}

interface Look {
  context: SyncContext;
  resolve: Resolve;
}

function firstOf({ to }: One, { resolve }: Look): number | undefined {
  const ids = to.map((target) => (typeof target === 'number' ? target : resolve(target)));
  return ids.find((id) => id !== undefined);
}

function wantedOrder(order: OrderSnapshot, look: Look): WantedOrder {
  const { resolve } = look;
  return {
    lines: lineRows(order, look.context).map(
      ({ key, values }): WantedLine => ({
        ...{ key, name: values.name, productId: firstOf(values.product_id, look) },
        quantity: decimal(values.product_uom_qty),
        unitPrice: decimal(values.price_unit),
        taxIds: values.tax_ids.to.map((tax) => (typeof tax === 'number' ? tax : resolve(tax))),
      }),
    ),
    partnerId: resolve(reference('customer', customerId(order))),
    shippingId: resolve(addressReference(order, 'shippingAddress')),
    roundingProductId: resolve(roundingProduct),
  };
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** Plain text as the HTML that Odoo keeps of an order's note. */
const asHtml = (text: string): string =>
  `<p>${text.replaceAll(/[&<>]/g, (character) => ENTITIES[character] ?? character).replaceAll(/\r?\n/g, '<br>')}</p>`;

const revision: Revision<OrderSnapshot> = {
  reads: ['state', 'order_line', 'amount_total', ...orderEditReads],
  children: { field: 'order_line', model: 'sale.order.line', reads: editReads, when: (found) => !isQuotation(found) },
  accept: holdsTotal,
  revise({ found, children: lines, snapshot }, tools) {
    if (wants('CANCEL', snapshot, tools.context)) return { stays: true };
    // OpenCart numbers the lines anew at every edit, so a quotation's lines are made anew too.
    if (isQuotation(found)) return { removed: idsOf(found.order_line) };
    return editConfirmed(snapshot, found, lines, wantedOrder(snapshot, tools));
  },
};

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
  needs: (snapshot, _, context) => needsOf(snapshot, context),
  // OpenCart gives the lines other ids at every edit, and the status is no content.
  content: ({ lines, vouchers, totals, paymentAddress, shippingAddress, shippingMethod, comment, ...order }) => ({
    ...{ vouchers, totals, paymentAddress, shippingAddress, shippingMethod, comment },
    customer: customerId(order),
    ...{ currencyCode: order.currencyCode, currencyValue: order.currencyValue, placedAt: order.placedAt },
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
    warehouse_id: (_, { settings }) => (settings.warehouseId === undefined ? undefined : one(settings.warehouseId)),
    carrier_id: (snapshot, context) =>
      context.dialect.hasDelivery ? one(carrierOf(snapshot, context)?.to) : undefined,
    note: ({ comment }) => (comment === '' ? undefined : asHtml(comment)),
    order_line: (snapshot, context) => children(lineRows(snapshot, context)),
  },
  revision,
  lifecycle: {
    reads: orderReads,
    // What was left over is in the total, too: it is compared once that is gone.
    check: (order, context) => (mayHaveLeftovers(order, context) ? undefined : checkTotal(order, context)),
    steps: orderSteps,
    cancel,
    calls: stepCalls,
  },
});
