import type { SqlError } from './faults.ts';
import { fieldOf } from './schema.ts';

/** What Odoo calls its models in messages. */
const TITLES: Record<string, string> = {
  ...{
    'res.partner': 'Contact',
    'res.country': 'Country',
    'res.country.state': 'Country state',
    'res.currency': 'Currency',
    'res.currency.rate': 'Currency Rate',
  },
  ...{ 'product.template': 'Product', 'product.product': 'Product Variant', 'product.category': 'Product Category' },
  ...{ 'product.pricelist': 'Pricelist', 'account.tax': 'Tax', 'sale.order': 'Sales Order' },
  ...{ 'sale.order.line': 'Sales Order Line', 'delivery.carrier': 'Shipping Methods' },
  ...{ 'product.attribute': 'Product Attribute', 'product.attribute.value': 'Attribute Value' },
  ...{ 'stock.quant': 'Quants', 'stock.move': 'Stock Move' },
  'product.attribute.custom.value': 'Product Attribute Custom Value',
  ...{ 'account.journal': 'Journal', 'account.move.reversal': 'Account Move Reversal' },
};

/**
 * A database error in words. Odoo asks the model that was called, also when one of its lines is at fault: then the
 * label is that of the caller's field of the same name, and the model is "Unknown".
 */
export function sqlMessage(error: SqlError, called: string): string {
  if (error.kind === 'check') return error.model === called ? error.message : error.raw;
  const label = fieldOf(called, error.column)?.string;
  const field = label ? `'${label}' (${error.column})` : `'${error.column}'`;
  const model = error.model === called ? `'${TITLES[called] ?? called}' (${called})` : 'Unknown';
  if (error.kind === 'not-null') {
    return (
      `Missing required value for the field ${field}.\nModel: ${model}\n` +
      '- create/update: a mandatory field is not set\n' +
      '- delete: another model requires the record being deleted, you can archive it instead\n'
    );
  }
  return (
    `Another model is using the record you are trying to delete.\n\nThe troublemaker is: ${model}\n` +
    `Thanks to the following constraint: ${field}\nHow about archiving the record instead?`
  );
}
