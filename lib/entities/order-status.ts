import { orderStatusSnapshot } from '../opencart/snapshots.ts';
import { defineEntity } from '../sync/declare.ts';
import { nameIn } from './labels.ts';

/**
 * A status of the store. Odoo has no such record: what it means there is the connection's status
 * mapping; its name is for people. Record id: the store's order status id.
 */
export const orderStatus = defineEntity({
  name: 'order-status',
  label: 'Order status',
  model: '',
  source: 'events',
  snapshot: orderStatusSnapshot,
  title: ({ names }) => nameIn(names),
  match: [],
  onDelete: 'keep',
  fields: {},
});
