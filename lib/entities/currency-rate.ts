import * as z from 'zod';
import { ConnectorError } from '../errors/index.ts';
import { type CurrencySnapshot, currencyCode, decimal } from '../opencart/snapshots.ts';
import { asText, decimal as number, roundTo } from '../order/money.ts';
import { defineEntity, one, type Part, reference } from '../sync/declare.ts';

const rateSnapshot = z.object({ code: currencyCode, rates: z.record(currencyCode, decimal), day: z.iso.date() });

/** Places of a rate: enough for a currency of a millionth of another. */
const RATE_PLACES = 12;

export function ratePart({ code, rates }: CurrencySnapshot): Part[] {
  if (rates?.[code] === undefined) return [];
  const day = new Date().toISOString().slice(0, 10);
  return [{ entity: 'currency-rate', recordId: code, snapshot: { code, rates, day } }];
}

/**
 * A currency's rate of a day, by the currency in which the Odoo company keeps its books. Record id: ISO
 * 4217; each day has a rate of its own.
 */
export const currencyRate = defineEntity({
  name: 'currency-rate',
  label: 'Rate of',
  model: 'res.currency.rate',
  source: 'carried',
  snapshot: rateSnapshot,
  title: ({ code, day }) => `${code} ${day}`,
  identity: ({ day }) => day,
  needs: ({ code }) => [{ entity: 'currency', recordId: code, snapshot: { code } }],
  match: [
    {
      field: 'currency_id',
      value: ({ code }) => reference('currency', code),
      archived: false,
      reads: ['name'],
      accept: (found, { day }) => found.name === day,
    },
  ],
  onDelete: 'keep',
  fields: {
    currency_id: ({ code }) => one(reference('currency', code)),
    name: ({ day }) => day,
    company_rate: ({ code, rates }, { dialect: { companyCurrency } }) => {
      const [own, base] = [rates[code], rates[companyCurrency]];
      if (own === undefined || base === undefined || number(base).eq(0)) {
        throw new ConnectorError('CURRENCY_RATE_UNKNOWN', `The store has no exchange rate of ${companyCurrency}.`, {
          subject: companyCurrency,
        });
      }
      return asText(roundTo(number(own).div(number(base)), RATE_PLACES));
    },
  },
});
