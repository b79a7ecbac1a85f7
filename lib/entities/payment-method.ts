import { paymentMethodSnapshot } from '../opencart/snapshots.ts';
import { defineEntity } from '../sync/declare.ts';

/** Where the money of a payment method goes to. Record id: the store's code, without its variant. */
export const paymentMethod = defineEntity({
  name: 'payment-method',
  label: 'Payment method',
  model: 'account.journal',
  source: 'events',
  shared: true,
  snapshot: paymentMethodSnapshot,
  title: ({ name }) => name,
  match: [
    {
      field: 'name',
      value: ({ name }) => name,
      scope: [['type', 'in', ['bank', 'cash']]],
      archived: false,
    },
  ],
  missing: 'PAYMENT_UNMAPPED',
  fields: {
    name: ({ name }) => name,
    type: () => 'bank',
  },
});
