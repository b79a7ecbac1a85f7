/** How a record's id in the store is called, and where OpenCart shows it. */
import type { en } from '../../i18n/en.ts';

interface RecordIdTexts {
  label: keyof typeof en;
  hint: keyof typeof en;
}

const usual: RecordIdTexts = { label: 'map.recordId', hint: 'map.recordIdHint' };

/** Where it is not the number in the address of the record's page. */
const others: Readonly<Record<string, RecordIdTexts>> = {
  currency: { label: 'map.recordCode', hint: 'map.recordIdHint.currency' },
  carrier: { label: 'map.recordCode', hint: 'map.recordIdHint.carrier' },
  'payment-method': { label: 'map.recordCode', hint: 'map.recordIdHint.payment-method' },
  address: { label: 'map.recordId', hint: 'map.recordIdHint.address' },
  'option-value': { label: 'map.recordId', hint: 'map.recordIdHint.option-value' },
};

export const recordIdTexts = (entity: string): RecordIdTexts => others[entity] ?? usual;
