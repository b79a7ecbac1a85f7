/** Reads back from Odoo what the store has sent, and says what is missing, double or different. */
import { groupBy } from '../../lib/collections.ts';
import type { Odoo } from '../../lib/odoo/client.ts';
import { compareAddresses } from './compare-addresses.ts';
import { compareOrders, type OrderComparison } from './compare-orders.ts';
import { compareProducts } from './compare-products.ts';
import { find, Tally } from './compare-tally.ts';
import type { Expectation } from './store/expectation.ts';

export interface Comparison extends OrderComparison {
  orders: number;
  /** Records that are there more often than once: each surplus one counts. */
  duplicates: number;
  /** Records that are not there, and changes of them that are not. */
  lost: number;
  /** Orders that are there, and not as they should be. */
  wrong: number;
  /** A sentence for everything that is not as it should be. */
  problems: string[];
}

export async function compare(odoo: Odoo, expectation: Expectation): Promise<Comparison> {
  const emails = expectation.customers.map(({ email }) => email);
  const contacts = await find(
    odoo,
    'res.partner',
    'email_normalized',
    emails,
    ['email_normalized', 'name', 'phone'],
    [['type', '=', 'contact']],
  );
  const byEmail = groupBy(contacts, (contact) => String(contact.email_normalized));
  const tally = new Tally();
  for (const { email, name, phone } of expectation.customers) {
    const found = tally.one(`customer ${email}`, byEmail.get(email));
    if (found === undefined) continue;
    if (name !== undefined) tally.newest(`customer ${email}: name`, found.name, name);
    if (phone !== undefined) tally.newest(`customer ${email}: phone`, found.phone || '', phone);
  }
  const codes = await compareProducts(odoo, expectation, tally);
  const customers = new Map(contacts.map((contact) => [contact.id, String(contact.email_normalized)]));
  await compareAddresses(odoo, expectation.addresses, customers, tally);
  const orders = await compareOrders(odoo, expectation, tally, { codes, customers });
  const { duplicates, lost, wrong, problems } = tally;
  return { orders: expectation.orders.length, ...orders, duplicates, lost, wrong, problems };
}
