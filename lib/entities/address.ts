import { hash } from 'node:crypto';
import * as z from 'zod';
import { type AddressSnapshot, addressSnapshot } from '../opencart/snapshots.ts';
import { defineEntity, one, type Reference, reference } from '../sync/declare.ts';
import { guestId } from './guest.ts';

/** The owner's e-mail address, too: a guest and the account opened later are one owner. */
const addressOf = z.object({ customerId: z.string(), email: z.string(), address: addressSnapshot });
type AddressOf = z.output<typeof addressOf>;

const normal = (text: unknown): string => (typeof text === 'string' ? text.trim().toLowerCase() : '');

/** With the company, as Odoo itself writes it: a contact that belongs to somebody keeps no company name. */
const contactName = ({ company, firstName, lastName }: AddressSnapshot): string =>
  [company, `${firstName} ${lastName}`]
    .map((text) => text.trim())
    .filter(Boolean)
    .join(', ');

/** What makes two addresses of a customer one. */
const parts = (address: AddressSnapshot): string[] =>
  [
    contactName(address),
    address.address1,
    address.address2,
    address.postcode,
    address.city,
    address.countryCode,
    address.zoneCode || address.zoneName,
  ].map(normal);

const digest = (value: unknown): string => hash('sha256', JSON.stringify(value), 'base64url').slice(0, 27);

/** Record id under which any address of that content and owner is found. */
export const contentId = (customerId: string, address: AddressSnapshot): string =>
  `content:${digest([customerId, ...parts(address)])}`;

const stateReference = ({ countryCode, zoneCode, zoneName }: AddressSnapshot) =>
  countryCode !== '' && (zoneCode !== '' || zoneName !== '')
    ? reference('state', `${countryCode}-${zoneCode || zoneName}`)
    : undefined;

const countryReference = ({ countryCode }: AddressSnapshot) =>
  countryCode === '' ? undefined : reference('country', countryCode);

/**
 * Record id: the store's address id, or the content id of an order's address. An address is its
 * content: a changed one is another contact, and the orders sent to the former keep it.
 */
export const address = defineEntity({
  name: 'address',
  label: 'Address',
  model: 'res.partner',
  source: 'carried',
  snapshot: addressOf,
  title: ({ address }) => [contactName(address), address.address1, address.city].filter(Boolean).join(', '),
  personal: true,
  identity: ({ address }) => digest(parts(address)),
  // Orders that went to the former address keep it; the customer no longer has it.
  dropsFormer: true,
  // A former address that the customer has again.
  activates: true,
  aliases: ({ customerId, email, address }) =>
    [...new Set([customerId, guestId(email)])].map((owner) => contentId(owner, address)),
  content: ({ address }) => address,
  match: [
    {
      field: 'parent_id',
      value: ({ customerId }) => reference('customer', customerId),
      scope: [['type', '!=', 'contact']],
      reads: ['name', 'street', 'street2', 'zip', 'city', 'country_id', 'state_id'],
      accept: (found, { address }, { resolve }) => {
        const texts = [found.name, found.street, found.street2, found.zip, found.city].map(normal);
        const same = JSON.stringify(texts) === JSON.stringify(parts(address).slice(0, texts.length));
        return (
          same &&
          sameRelation(found.country_id, countryReference(address)) &&
          sameRelation(found.state_id, stateReference(address))
        );

        function sameRelation(value: unknown, to: Reference | undefined): boolean {
          const id = Array.isArray(value) ? value[0] : undefined;
          return id === (to === undefined ? undefined : resolve(to));
        }
      },
    },
  ],
  needs: ({ customerId, address }) => {
    const { countryCode, zoneCode, zoneName } = address;
    const country = countryReference(address);
    const state = stateReference(address);
    return [
      { entity: 'customer', recordId: customerId },
      ...(country === undefined ? [] : [{ ...country, snapshot: { code: countryCode } }]),
      ...(state === undefined
        ? []
        : [{ ...state, snapshot: { country: countryCode, code: zoneCode, name: zoneName } }]),
    ];
  },
  fields: {
    // Of type "contact" Odoo would overwrite the address with its owner's.
    type: () => 'other',
    parent_id: ({ customerId }: AddressOf) => one(reference('customer', customerId)),
    name: ({ address }) => contactName(address),
    street: ({ address }) => address.address1,
    street2: ({ address }) => address.address2,
    zip: ({ address }) => address.postcode,
    city: ({ address }) => address.city,
    country_id: ({ address }) => one(countryReference(address)),
    state_id: ({ address }) => one(stateReference(address)),
  },
});
