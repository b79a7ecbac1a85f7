/** The pages, as the menu shows them. */
import type { TextKey } from '../i18n/context.tsx';
import type { IconName } from '../ui/icons.tsx';

/** Entities with a table of their own. */
export const recordEntities = [
  'customer',
  'address',
  'category',
  'option',
  'option-value',
  'product',
  'tax',
  'currency',
  'carrier',
  'payment-method',
  'order',
] as const;
export type RecordEntity = (typeof recordEntities)[number];

export const isRecordEntity = (name: string): name is RecordEntity =>
  (recordEntities as readonly string[]).includes(name);

interface NavItem {
  href: string;
  label: TextKey;
  icon: IconName;
}

export interface NavGroup {
  label: TextKey;
  items: readonly NavItem[];
}

const records = (...entities: RecordEntity[]): NavItem[] =>
  entities.map((entity) => ({ href: `/records/${entity}`, label: `entity.${entity}.many`, icon: entity }));

export const navigation: readonly NavGroup[] = [
  {
    label: 'nav.start',
    items: [
      { href: '/', label: 'overview.title', icon: 'overview' },
      { href: '/setup', label: 'setup.title', icon: 'setup' },
    ],
  },
  {
    label: 'nav.sales',
    items: [
      ...records('order'),
      { href: '/order-status', label: 'orderStatus.title', icon: 'order-status' },
      ...records('customer', 'address'),
    ],
  },
  { label: 'nav.catalogue', items: records('product', 'category', 'option', 'option-value') },
  { label: 'nav.accounting', items: records('tax', 'currency', 'carrier', 'payment-method') },
  {
    label: 'nav.operation',
    items: [
      { href: '/runs', label: 'runs.title', icon: 'run' },
      { href: '/failures', label: 'failures.title', icon: 'failure' },
      { href: '/logs', label: 'logs.title', icon: 'log' },
      { href: '/settings', label: 'settings.title', icon: 'settings' },
    ],
  },
];
