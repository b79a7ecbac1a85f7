import type { TaxRate } from '../opencart/snapshots.ts';

/** Names a rate as it was when something was sold: the store may change it, and both can be on their way. */
export const taxKey = ({ taxRateId, type, rate }: TaxRate): string => `${taxRateId}:${type}${Number(rate)}`;
