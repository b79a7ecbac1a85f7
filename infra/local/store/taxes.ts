import type { TaxRate } from '../../../lib/opencart/snapshots.ts';

const percent = (taxRateId: string, name: string, rate: string): TaxRate => ({ taxRateId, name, type: 'P', rate });

/** The store's tax classes with the rates that apply in them. */
export const taxClasses = {
  none: [],
  standard: [percent('86', 'VAT (20%)', '20.0000')],
  reduced: [percent('87', 'Reduced VAT (5.5%)', '5.5000')],
  local: [percent('91', 'State tax', '7.2500'), percent('92', 'City tax', '2.0000')],
} as const satisfies Record<string, readonly TaxRate[]>;

export type TaxClass = keyof typeof taxClasses;

export const ratesOf = (taxClass: TaxClass): TaxRate[] => [...taxClasses[taxClass]];
