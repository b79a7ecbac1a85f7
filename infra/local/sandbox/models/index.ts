import type { Behaviour } from '../behaviour.ts';
import { order } from './order.ts';
import { orderLine } from './order-line.ts';
import { partner } from './partner.ts';
import { product, template } from './product.ts';
import { category, country, currency, language, named, pricelist, state, tax, unit, user } from './reference.ts';

const behaviours: Record<string, Behaviour> = {
  'res.partner': partner,
  'res.country': country,
  'res.country.state': state,
  'res.currency': currency,
  'res.lang': language,
  'res.users': user,
  'product.template': template,
  'product.product': product,
  'product.category': category,
  'product.pricelist': pricelist,
  'uom.uom': unit,
  'account.tax': tax,
  'sale.order': order,
  'sale.order.line': orderLine,
};

/** A model that is not listed is a plain table of named records. */
export const behaviourOf = (model: string): Behaviour => behaviours[model] ?? named;
