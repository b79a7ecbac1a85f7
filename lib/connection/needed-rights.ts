/** Which rights in Odoo the connector uses, as the registry and the settings have it. */
import { registry } from '../entities/index.ts';
import type { ConnectionSettings } from '../store/connections.ts';
import type { AnyEntity } from '../sync/declare.ts';

/** In the order in which they matter where there is not time for all. */
export const operations = ['create', 'write', 'read'] as const;
export type Operation = (typeof operations)[number];

export interface NeededRights {
  model: string;
  /** What uses it, for people, e.g. `Customer, Address`. */
  usedFor: string;
  operations: readonly Operation[];
  /** Without it some orders wait for a person, and nothing else does. */
  optional: boolean;
  /** The group in Odoo that gives them. */
  group: string;
}

const PRODUCTS = 'Sales / Administrator (Odoo 19: Products / Create)';
const SALES = 'Sales / User: All Documents';
const INVOICING = 'Accounting / Invoicing';
const ACCOUNTING = 'Accounting / Administrator';
const INVENTORY = 'Inventory / User';

const groups: Readonly<Record<string, string>> = {
  'res.partner': 'Contact Creation',
  'sale.order': SALES,
  'account.tax': ACCOUNTING,
  'account.journal': ACCOUNTING,
  'res.currency': ACCOUNTING,
  'res.currency.rate': ACCOUNTING,
  'delivery.carrier': `${INVENTORY}, or Sales / Administrator`,
  'product.pricelist': 'Sales / Administrator, with Pricelists switched on in the settings of Sales',
};

/** What the steps of an order's life use beside the order. */
const lifeRights = (states: ReadonlySet<string>): NeededRights[] => [
  ...(states.has('PAID') || states.has('DONE')
    ? [
        { model: 'account.move', operations: ['create', 'write', 'read'] as const },
        { model: 'account.payment.register', operations: ['create'] as const },
        { model: 'sale.advance.payment.inv', operations: ['create'] as const, group: SALES },
      ].map((one) => ({ group: INVOICING, ...one, usedFor: 'Invoices and payments', optional: false }))
    : []),
  ...(states.has('DELIVERED') || states.has('DONE')
    ? [
        {
          ...{ model: 'stock.picking', usedFor: 'Deliveries', operations: ['write', 'read'] as const },
          ...{ optional: false, group: INVENTORY },
        },
      ]
    : []),
];

function isUsed({ name, model }: AnyEntity, settings: ConnectionSettings | undefined): boolean {
  if (name === 'currency-rate') return settings?.currencyRates === true;
  if (name === 'stock') return settings !== undefined && settings.stockPolicy !== 'never';
  return model !== '';
}

/** The models of the registry, and those of an order's life as far as the status mapping asks for it. */
export function neededRights(settings: ConnectionSettings | undefined): NeededRights[] {
  const byModel = new Map<string, NeededRights>();
  // What stands further down in the registry is what the store is there for: orders first.
  for (const entity of [...registry].reverse().filter((one) => isUsed(one, settings))) {
    const { label, model, creates, shared } = entity;
    const known = byModel.get(model);
    const own: readonly Operation[] = creates === false ? ['read'] : shared ? ['create', 'read'] : operations;
    byModel.set(model, {
      model,
      usedFor: known === undefined ? label : `${known.usedFor}, ${label}`,
      operations: operations.filter((one) => own.includes(one) || known?.operations.includes(one) === true),
      optional: (known?.optional ?? true) && shared === true && creates !== false,
      group: groups[model] ?? PRODUCTS,
    });
  }
  const states = new Set<string>(Object.values(settings?.statusMapping ?? {}));
  return [...byModel.values(), ...lifeRights(states)];
}
