import { keyRow } from './api-keys.ts';
import type { Session } from './orm.ts';
import { baseExternalIds, baseRecords, fieldOf, inverses, requiredReferences } from './schema.ts';

/** The connector's user, as a fresh database with one extra user has it. */
export const CONNECTOR = { user: 5, partner: 6 };

const SEARCHED: [model: string, field: string][] = [
  ...([
    ['res.partner', 'email'],
    ['res.partner', 'ref'],
    ['res.country', 'code'],
    ['sale.order', 'client_order_ref'],
    ['account.move', 'reversed_entry_id'],
  ] as [string, string][]),
  ...([
    ['product.product', 'default_code'],
    ['product.template', 'default_code'],
    ['product.product', 'barcode'],
    ['sale.order', 'name'],
  ] as [string, string][]),
];

/** Models whose records come and go while others point at them. */
const REFERRED = [
  ...['product.template', 'product.product', 'product.attribute', 'product.attribute.value'],
  ...['product.template.attribute.line', 'product.template.attribute.value'],
];

/** Fills an empty store with what a fresh database holds. It is the same at every start, so it is never saved. */
export function seed({ store, externalIds }: Session, login: string, apiKey: string): void {
  for (const { model, field } of inverses()) store.addIndex(model, field);
  for (const [model, field] of SEARCHED) store.addIndex(model, field);
  for (const target of REFERRED)
    for (const { model, field } of requiredReferences(target)) store.addIndex(model, field.name);
  for (const [model, row] of baseRecords()) store.put(model, fieldOf(model, 'active') ? { active: true, ...row } : row);
  store.put('res.users', {
    ...{ id: CONNECTOR.user, name: 'Connector', login, email: login, partner_id: CONNECTOR.partner, company_id: 1 },
    ...{ lang: 'en_US', tz: false, active: true },
  });
  store.put('res.users.apikeys', keyRow(store.nextId('res.users.apikeys'), CONNECTOR.user, 'Connector', apiKey, 80));
  externalIds.bind(baseExternalIds().map(([name, [model, id]]) => ({ name, target: { model, id } })));
  store.commit();
}
