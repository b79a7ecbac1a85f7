/** Snapshots and events as a store sends them, each with only what a test cares about. */
import type * as z from 'zod';
import type {
  addressSnapshot,
  customerSnapshot,
  orderSnapshot,
  productSnapshot,
  TaxRate,
} from '../../lib/opencart/snapshots.ts';

type Input<T extends z.ZodType> = z.input<T>;
export type OrderInput = Input<typeof orderSnapshot>;

export const vat20: TaxRate = { taxRateId: '86', name: 'VAT (20%)', type: 'P', rate: '20.0000' };

export const anAddress = (over: Partial<Input<typeof addressSnapshot>> = {}): Input<typeof addressSnapshot> => ({
  firstName: 'Zoë',
  lastName: 'Müller',
  address1: '1 Market St',
  city: 'San Francisco',
  postcode: '94105',
  countryCode: 'US',
  zoneCode: 'CA',
  zoneName: 'California',
  ...over,
});

export const aCustomer = (over: Partial<Input<typeof customerSnapshot>> = {}): Input<typeof customerSnapshot> => ({
  firstName: 'Zoë',
  lastName: 'Müller',
  email: 'zoe@example.com',
  telephone: '+1 555 0100',
  ...over,
});

export const aProduct = (over: Partial<Input<typeof productSnapshot>> = {}): Input<typeof productSnapshot> => ({
  names: [{ languageCode: 'en-gb', name: 'Kettle' }],
  model: 'kettle',
  price: '40.0000',
  ...over,
});

/** Two kettles at 40.00 and shipping at 5.00, 20 % on both: 102.00. */
export const anOrder = (over: Partial<OrderInput> = {}): OrderInput => ({
  orderId: '1001',
  customer: aCustomer(),
  paymentAddress: anAddress(),
  shippingAddress: anAddress(),
  shippingMethod: { code: 'flat.flat', name: 'Flat Rate' },
  lines: [
    {
      orderProductId: '1',
      productId: '28',
      name: 'Kettle',
      model: 'kettle',
      quantity: 2,
      price: '40.0000',
      taxes: [vat20],
    },
  ],
  products: { '28': aProduct() },
  totals: [
    { code: 'sub_total', title: 'Sub-Total', value: '80.0000' },
    { code: 'shipping', title: 'Flat Rate', value: '5.0000', taxes: [vat20] },
    { code: 'tax', title: 'VAT (20%)', value: '17.0000' },
    { code: 'total', title: 'Total', value: '102.0000' },
  ],
  currencyCode: 'EUR',
  currencyValue: '1.00000000',
  currencyDecimals: 2,
  statusId: '1',
  statusName: 'Pending',
  placedAt: '2026-11-20T18:45:10Z',
  ...over,
});

export interface EventInput {
  id: string;
  entity: string;
  action: 'upsert' | 'delete';
  recordId: string;
  sequence: number;
  occurredAt: string;
  hash?: string;
  data: unknown;
}

let nextSequence = 1;

/** An event of its own id, with the next sequence unless one is given. */
export function anEvent(entity: string, recordId: string, data: unknown, over: Partial<EventInput> = {}): EventInput {
  const sequence = over.sequence ?? nextSequence;
  nextSequence = Math.max(nextSequence, sequence) + 1;
  const id = `${entity}-${recordId}-${sequence}-${Math.random().toString(36).slice(2)}`;
  return { id, entity, action: 'upsert', recordId, sequence, occurredAt: '2026-11-20T18:45:10Z', data, ...over };
}
