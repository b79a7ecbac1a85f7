import type { Behaviour } from '../behaviour.ts';
import { attribute, attributeValue } from './attribute.ts';
import { attributeLine } from './attribute-line.ts';
import { carrier } from './carrier.ts';
import { currency, currencyRate } from './currency.ts';
import { customValue } from './custom-value.ts';
import { invoice, invoiceLine } from './invoice.ts';
import { invoicingWizard } from './invoicing.ts';
import { journal } from './journal.ts';
import { order } from './order.ts';
import { orderLine } from './order-line.ts';
import { partner } from './partner.ts';
import { payment, registerWizard } from './payment.ts';
import { move, picking } from './picking.ts';
import { returnLine, returnPicking } from './picking-return.ts';
import { product } from './product.ts';
import { quant } from './quant.ts';
import {
  category,
  country,
  language,
  location,
  named,
  operationType,
  pricelist,
  state,
  tax,
  unit,
  user,
} from './reference.ts';
import { reversalWizard } from './reversal.ts';
import { template } from './template.ts';
import { templateValue } from './template-value.ts';

const behaviours: Record<string, Behaviour> = {
  'res.partner': partner,
  'res.country': country,
  'res.country.state': state,
  'res.currency': currency,
  'res.currency.rate': currencyRate,
  'res.lang': language,
  'res.users': user,
  'product.template': template,
  'product.product': product,
  'product.attribute': attribute,
  'product.attribute.value': attributeValue,
  'product.template.attribute.line': attributeLine,
  'product.template.attribute.value': templateValue,
  'product.attribute.custom.value': customValue,
  'delivery.carrier': carrier,
  'product.category': category,
  'product.pricelist': pricelist,
  'uom.uom': unit,
  'account.tax': tax,
  'sale.order': order,
  'sale.order.line': orderLine,
  'sale.advance.payment.inv': invoicingWizard,
  'account.move': invoice,
  'account.move.line': invoiceLine,
  'account.move.reversal': reversalWizard,
  'account.journal': journal,
  'account.payment': payment,
  'account.payment.register': registerWizard,
  'stock.location': location,
  'stock.picking.type': operationType,
  'stock.quant': quant,
  'stock.picking': picking,
  'stock.move': move,
  'stock.return.picking': returnPicking,
  'stock.return.picking.line': returnLine,
};

/** A model that is not listed is a plain table of named records. */
export const behaviourOf = (model: string): Behaviour => behaviours[model] ?? named;
