import { type CustomerSnapshot, customerSnapshot } from '../opencart/snapshots.ts';
import { defineEntity, odooLanguage } from '../sync/declare.ts';
import { guestId } from './guest.ts';

const fullName = ({ firstName, lastName, email }: CustomerSnapshot): string =>
  `${firstName} ${lastName}`.trim() || email;

/** The contacts of Odoo that are customers: delivery and invoice addresses often repeat their owner's e-mail address. */
export const customersInOdoo = [['type', '=', 'contact']] as const;

/** Record id: the store's customer id, or the guest's digest. One contact per e-mail address. */
export const customer = defineEntity({
  name: 'customer',
  label: 'Customer',
  model: 'res.partner',
  source: 'events',
  snapshot: customerSnapshot,
  title: fullName,
  personal: true,
  activates: true,
  aliases: ({ email }) => [guestId(email)],
  match: [
    {
      field: 'email_normalized',
      value: ({ email }) => email.trim().toLowerCase(),
      scope: customersInOdoo,
    },
  ],
  carries: ({ addresses, email }, customerId) =>
    addresses.map(({ addressId, ...address }) => ({
      entity: 'address',
      recordId: addressId,
      snapshot: { customerId, email, address },
    })),
  content: ({ addresses: _, ...own }) => own,
  fields: {
    name: fullName,
    email: ({ email }) => email,
    phone: ({ telephone }) => telephone,
    lang: ({ languageCode }, { dialect }) => odooLanguage(languageCode, dialect.languages),
    // What the store does not ask its customers for is Odoo's business.
    company_name: ({ company }) => company || undefined,
    vat: ({ vat }) => vat || undefined,
  },
  // Odoo checks tax ids; an order must not wait for a customer's slip of the pen.
  expendable: ['vat'],
});
