/** Who buys at the demo store: customers with an account, and guests. All invented. */
import { type AddressSnapshot, type CustomerSnapshot, customerSnapshot } from '../../../lib/opencart/snapshots.ts';
import { addressIn, type CountryCode } from './places.ts';
import { Random } from './random.ts';

export interface StoreCustomer {
  customerId: string;
  snapshot: CustomerSnapshot;
}

/** A guest has no account: only orders tell of them. */
export interface Guest {
  snapshot: CustomerSnapshot;
  address: AddressSnapshot;
}

type Name = readonly [firstName: string, lastName: string, mailbox: string, country: CountryCode];

const registered: readonly Name[] = [
  ['Zoë', 'Müller', 'zoe.mueller', 'DE'],
  ['Jürgen', 'Groß', 'juergen.gross', 'DE'],
  ['Anneliese', 'von der Heide', 'a.heide', 'DE'],
  ['Oliver', 'Whitcombe', 'oliver.whitcombe', 'GB'],
  ['Siobhán', "O'Connell", 'siobhan.oconnell', 'GB'],
  ['Priya', 'Raman', 'priya.raman', 'GB'],
  ['Dana', 'Okafor', 'dana.okafor', 'US'],
  ['Miguel', 'Santos-Lee', 'miguel.santoslee', 'US'],
  ['Ruth', 'Abernathy', 'ruth.abernathy', 'US'],
  ['Hélène', 'Lefèvre', 'helene.lefevre', 'FR'],
  ['Françoise', 'Dûpont', 'francoise.dupont', 'FR'],
  ['Théo', 'Garçon', 'theo.garcon', 'FR'],
  ['Iñaki', 'Núñez', 'inaki.nunez', 'ES'],
  ['María José', 'Peña', 'mj.pena', 'ES'],
  ['Łukasz', 'Żółtowski', 'lukasz.zoltowski', 'PL'],
  ['山田', '花子', 'hanako.yamada', 'JP'],
];

const guests: readonly Name[] = [
  ['Søren', 'Kjær', 'soren.kjaer', 'DE'],
  ['Beatrix', 'Hollis', 'Beatrix.Hollis', 'GB'],
  ['Tom', 'Ash', 'tom.ash', 'GB'],
  ['Cleo', 'Barnes', 'cleo.barnes', 'US'],
  ['Walter', 'Finch', 'Walter.Finch', 'US'],
  ['Amélie', 'Roux', 'amelie.roux', 'FR'],
  ['Benoît', 'Chêne', 'benoit.chene', 'FR'],
  ['Nuria', 'Ibáñez', 'nuria.ibanez', 'ES'],
  ['Agnieszka', 'Wójcik', 'a.wojcik', 'PL'],
  ['健', '佐藤', 'ken.sato', 'JP'],
];

const snapshotOf = ([firstName, lastName, mailbox]: Name, suffix: string, random: Random): CustomerSnapshot =>
  customerSnapshot.parse({
    ...{ firstName, lastName },
    email: `${mailbox}${suffix}@example.com`,
    telephone: random.chance(0.8)
      ? `+${random.int(1, 49)} ${random.int(100, 999)} ${random.int(100_000, 999_999)}`
      : '',
    languageCode: 'en-gb',
  });

/** Customers with an account and one to three addresses; more than there are names for have a number in it. */
export function customers(seed: number, suffix: string, count = registered.length): StoreCustomer[] {
  let addressId = 0;
  return Array.from({ length: count }, (_, index) => {
    const name = numbered(registered[index % registered.length] as Name, Math.floor(index / registered.length));
    const random = new Random(seed, 'customer', index);
    const snapshot = snapshotOf(name, suffix, random);
    const addresses = Array.from({ length: random.int(1, 3) }, () => {
      addressId += 1;
      return { addressId: String(addressId), ...addressIn(name[3], snapshot, random) };
    });
    return { customerId: String(index + 1), snapshot: { ...snapshot, addresses } };
  });
}

const numbered = ([firstName, lastName, mailbox, country]: Name, round: number): Name =>
  round === 0
    ? [firstName, lastName, mailbox, country]
    : [firstName, `${lastName} ${round + 1}`, `${mailbox}.${round + 1}`, country];

export function guestsOf(seed: number, suffix: string): Guest[] {
  return guests.map((name, index) => {
    const random = new Random(seed, 'guest', index);
    const snapshot = snapshotOf(name, suffix, random);
    return { snapshot, address: addressIn(name[3], snapshot, random) };
  });
}

/** The same e-mail address as somebody types it another time. */
export function inOtherCase(email: string, random: Random): string {
  return random.chance(0.5) ? email.toUpperCase() : `${email.charAt(0).toUpperCase()}${email.slice(1).toLowerCase()}`;
}
