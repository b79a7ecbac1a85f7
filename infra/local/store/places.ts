/** Places that people of the demo store live at, some with their zone by OpenCart's own code: `BA` is Barcelona. */
import type { AddressSnapshot } from '../../../lib/opencart/snapshots.ts';
import type { Random } from './random.ts';

type Place = Pick<AddressSnapshot, 'city' | 'postcode' | 'zoneCode' | 'zoneName'>;

interface Country {
  name: string;
  places: readonly Place[];
  streets: readonly string[];
  /** Where the house number stands. */
  numberFirst: boolean;
}

const place = (postcode: string, city: string, zoneCode = '', zoneName = ''): Place => ({
  ...{ city, postcode, zoneCode, zoneName },
});

const countries = {
  US: {
    name: 'United States',
    places: [
      place('94110', 'San Francisco', 'CA', 'California'),
      place('11215', 'Brooklyn', 'NY', 'New York'),
      place('78704', 'Austin', 'TX', 'Texas'),
      place('97214', 'Portland', 'OR', 'Oregon'),
    ],
    streets: ['Valencia Street', 'Juniper Avenue', 'Old Mill Road', 'South 5th Street'],
    numberFirst: true,
  },
  GB: {
    name: 'United Kingdom',
    places: [
      place('SE15 4QN', 'London', 'GTLON', 'Greater London'),
      place('EH6 6RT', 'Edinburgh'),
      place('BS3 1QZ', 'Bristol', 'BSTL', 'Bristol'),
    ],
    streets: ['High Street', "St Mary's Road", 'Orchard Lane', 'Quay Walk'],
    numberFirst: true,
  },
  DE: {
    name: 'Germany',
    places: [
      place('10999', 'Berlin', 'BER', 'Berlin'),
      place('50674', 'Köln', 'NRW', 'Nordrhein-Westfalen'),
      place('80469', 'München', 'BAY', 'Bayern'),
    ],
    streets: ['Görlitzer Straße', 'Am Bürgerpark', 'Lange Gasse', 'Mühlenweg'],
    numberFirst: false,
  },
  FR: {
    name: 'France',
    places: [place('75011', 'Paris'), place('69004', 'Lyon'), place('29200', 'Brest')],
    streets: ['rue de la Forge', 'avenue du Général Leclerc', 'place de l’Église', 'chemin des Prés'],
    numberFirst: true,
  },
  ES: {
    name: 'Spain',
    places: [place('08012', 'Barcelona', 'BA', 'Barcelona'), place('28013', 'Madrid', 'MD', 'Madrid')],
    streets: ['Calle de la Peña', 'Carrer de Verdi', 'Plaza Mayor'],
    numberFirst: false,
  },
  PL: {
    name: 'Poland',
    places: [place('90-113', 'Łódź'), place('31-010', 'Kraków')],
    streets: ['ulica Piotrkowska', 'Rynek Główny', 'aleja Wąwozowa'],
    numberFirst: false,
  },
  JP: {
    name: 'Japan',
    places: [place('150-0001', '渋谷区', 'TK', 'Tokyo'), place('604-8005', '京都市')],
    streets: ['神宮前', '三条通'],
    numberFirst: false,
  },
} as const satisfies Record<string, Country>;

export type CountryCode = keyof typeof countries;

/** An address in a country, for somebody of that name. */
export function addressIn(
  code: CountryCode,
  { firstName, lastName }: Pick<AddressSnapshot, 'firstName' | 'lastName'>,
  random: Random,
): AddressSnapshot {
  const country: Country = countries[code];
  const street = random.pick(country.streets);
  const number = random.int(1, 180);
  return {
    ...{ firstName, lastName },
    company: random.chance(0.15) ? random.pick(['Atelier Nord', 'Bright & Sons Ltd', 'Côté Jardin SARL']) : '',
    address1: country.numberFirst ? `${number} ${street}` : `${street} ${number}`,
    address2: random.chance(0.2) ? random.pick(['Flat 3', 'c/o Reception', '2nd floor']) : '',
    ...random.pick(country.places),
    ...{ countryCode: code, countryName: country.name },
  };
}

/** The same address as a hurried person types it the second time. */
export const writtenAgain = (address: AddressSnapshot): AddressSnapshot => ({
  ...address,
  address1: ` ${address.address1.toLowerCase()}`,
  city: `${address.city.toLowerCase()} `,
});
