/** What a person may pick of Odoo: for the settings, and to map a record of the store by hand. */
import { customersInOdoo } from '../entities/customer.ts';
import { registry } from '../entities/index.ts';
import type { Domain, OdooRecord } from '../odoo/client.ts';
import { maskEmails } from '../personal.ts';

export interface Kind {
  model: string;
  /** Odoo field that a record is known by. */
  name: string;
  /** Further fields that are searched. */
  searched: readonly string[];
  /** What tells two records of one name apart: what it is called → the field. */
  told: Readonly<Record<string, string>>;
  scope: Domain;
  /** Of Odoo's people, most of whom never were in the store: only for those who map by hand. */
  namesPersons: boolean;
}

const kind = (model: string, more: Partial<Omit<Kind, 'model'>> = {}): Kind => ({
  ...{ model, name: 'display_name', searched: ['name'], told: {}, scope: [], namesPersons: false },
  ...more,
});

const product = {
  searched: ['name', 'default_code', 'barcode'],
  told: { code: 'default_code', price: 'list_price' },
};
const partner = {
  ...{ searched: ['name', 'email', 'ref'], told: { email: 'email', city: 'city', zip: 'zip' } },
  namesPersons: true,
};

const kinds: Readonly<Record<string, Kind>> = {
  products: kind('product.product', { ...product, told: { ...product.told, price: 'lst_price' } }),
  'product-templates': kind('product.template', product),
  // Contact persons of a company, too, as they are found by their e-mail address.
  customers: kind('res.partner', { ...partner, scope: customersInOdoo }),
  addresses: kind('res.partner', {
    ...{
      ...partner,
      searched: ['name', 'street', 'city', 'zip'],
      told: { street: 'street', zip: 'zip', city: 'city' },
    },
    scope: [['parent_id', '!=', false]],
  }),
  categories: kind('product.category', { searched: ['complete_name'] }),
  attributes: kind('product.attribute', { told: { variants: 'create_variant' } }),
  'attribute-values': kind('product.attribute.value', { name: 'name', told: { attribute: 'attribute_id' } }),
  taxes: kind('account.tax', {
    ...{ name: 'name', told: { amount: 'amount', kind: 'amount_type', included: 'price_include' } },
    scope: [['type_tax_use', '=', 'sale']],
  }),
  currencies: kind('res.currency', { searched: ['name', 'full_name'], told: { name: 'full_name', symbol: 'symbol' } }),
  carriers: kind('delivery.carrier', { told: { kind: 'delivery_type', product: 'product_id' } }),
  journals: kind('account.journal', {
    ...{ name: 'name', searched: ['name', 'code'], told: { code: 'code', kind: 'type' } },
    scope: [['type', 'in', ['bank', 'cash']]],
  }),
  warehouses: kind('stock.warehouse', { name: 'name', searched: ['name', 'code'], told: { code: 'code' } }),
  // Its name says which warehouse it is in.
  locations: kind('stock.location', { searched: ['complete_name'], scope: [['usage', '=', 'internal']] }),
  pricelists: kind('product.pricelist', { name: 'name', told: { currency: 'currency_id' } }),
  languages: kind('res.lang', { name: 'name', searched: ['name', 'code'], told: { code: 'code' } }),
  orders: kind('sale.order', {
    ...{ searched: ['name', 'client_order_ref'] },
    told: { store: 'client_order_ref', state: 'state', total: 'amount_total' },
    namesPersons: true,
  }),
};

/** The kinds by which an entity of the registry is picked, by its model. */
const ofEntity: Readonly<Record<string, string>> = { customer: 'customers', address: 'addresses' };
const byModel = new Map(Object.entries(kinds).map(([name, { model }]) => [model, name]));

const kindsByEntity = new Map(
  registry.flatMap(({ name, model }) => {
    const own = kinds[ofEntity[name] ?? byModel.get(model) ?? ''];
    return own === undefined ? [] : [[name, own] as const];
  }),
);

/** @param name a kind, e.g. `taxes`, or an entity of the registry, e.g. `tax` */
export const findKind = (name: string): Kind | undefined =>
  Object.hasOwn(kinds, name) ? kinds[name] : kindsByEntity.get(name);

export const kindNames: readonly string[] = [...Object.keys(kinds), ...kindsByEntity.keys()];
export const personKindNames: readonly string[] = kindNames.filter((name) => findKind(name)?.namesPersons);

/** A record as it is shown for picking. */
export interface Pick {
  id: number;
  name: string;
  told: Record<string, string>;
}

export function pickOf({ name, told }: Kind, record: OdooRecord): Pick {
  const shown = Object.entries(told).flatMap(([label, field]) => {
    const text = textOf(record[field]);
    return text === '' ? [] : [[label, label === 'email' ? maskEmails(text) : text] as const];
  });
  return { id: record.id, name: maskEmails(textOf(record[name])), told: Object.fromEntries(shown) };
}

/** Odoo says `false` for nothing, and `[id, name]` for a record; a switch is worth a word only where it is on. */
function textOf(value: unknown): string {
  if (Array.isArray(value)) return String(value[1] ?? '');
  if (value === true) return 'yes';
  return value === false || value === null || value === undefined ? '' : String(value);
}
