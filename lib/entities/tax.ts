import { taxRate } from '../opencart/snapshots.ts';
import { defineEntity } from '../sync/declare.ts';
import { taxKey } from './tax-key.ts';

const odooKind = { P: 'percent', F: 'fixed' } as const;

/**
 * Record id: the store's tax rate id. Several rates of the store may be one tax in Odoo. A rate that
 * changes is another tax: orders keep the one they were placed with.
 */
export const tax = defineEntity({
  name: 'tax',
  label: 'Tax',
  model: 'account.tax',
  source: 'events',
  shared: true,
  snapshot: taxRate,
  title: ({ name }) => name,
  aliases: (rate) => [taxKey(rate)],
  identity: ({ type, rate }) => `${type} ${Number(rate)}`,
  match: [
    {
      field: 'amount',
      value: ({ rate }) => Number(rate),
      scope: [
        ['type_tax_use', '=', 'sale'],
        ['price_include', '=', false],
      ],
      reads: ['amount_type'],
      accept: (found, { type }) => found.amount_type === odooKind[type],
      archived: false,
    },
  ],
  missing: 'TAX_UNMAPPED',
  fields: {
    name: ({ name, rate, type }) => `${name} ${Number(rate)}${type === 'P' ? '%' : ''}`,
    amount: ({ rate }) => rate,
    amount_type: ({ type }) => odooKind[type],
    type_tax_use: () => 'sale',
    price_include_override: () => 'tax_excluded',
  },
});
