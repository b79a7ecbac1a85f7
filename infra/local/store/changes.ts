/** What the store's owner and its customers change after the fact. */

import Big from 'big.js';
import type { OrderSnapshot } from '../../../lib/opencart/snapshots.ts';
import type { StoreProduct } from './catalogue.ts';
import { type StatusId, statuses } from './orders.ts';
import type { StoreCustomer } from './people.ts';
import { addressIn, type CountryCode } from './places.ts';
import type { Random } from './random.ts';

/** A new name or a new price. */
export function editedProduct(product: StoreProduct, random: Random): StoreProduct {
  const { names, price } = product.snapshot;
  if (random.chance(0.5)) {
    const [first, ...others] = names;
    if (first === undefined) return product;
    const edition = `${first.name.replace(/, edition \d+$/, '')}, edition ${random.int(2, 99)}`;
    return { ...product, snapshot: { ...product.snapshot, names: [{ ...first, name: edition }, ...others] } };
  }
  const changed = new Big(price).times(random.int(80, 130)).div(100).plus('0.0050');
  return { ...product, snapshot: { ...product.snapshot, price: changed.toFixed(4, Big.roundHalfUp) } };
}

/** As `editedCustomer` counts what it does. */
export const NEW_TELEPHONE = 1;

/** Another telephone, another surname, one more address, or one that is corrected. */
export function editedCustomer(
  customer: StoreCustomer,
  addressId: string,
  random: Random,
  change = random.int(1, 4),
): StoreCustomer {
  const { snapshot } = customer;
  const { addresses } = snapshot;
  const country = (addresses[0]?.countryCode ?? 'GB') as CountryCode;
  const edited =
    change === NEW_TELEPHONE
      ? { telephone: `+${random.int(1, 49)} ${random.int(1_000_000, 9_999_999)}` }
      : change === 2
        ? { lastName: `${snapshot.lastName.replace(/-Núñez.*$/, '')}-Núñez` }
        : change === 3
          ? { addresses: [...addresses, { addressId, ...addressIn(country, snapshot, random) }] }
          : {
              addresses: addresses.map((one, index) =>
                index === 0 ? { ...one, address2: `Floor ${addressId}` } : one,
              ),
            };
  return { ...customer, snapshot: { ...snapshot, ...edited } };
}

const following: Partial<Record<string, StatusId>> = { '1': '2', '2': '5' };

/** The order's next status, or undefined if it is where it stays. */
export function advanced(order: OrderSnapshot): OrderSnapshot | undefined {
  const statusId = following[order.statusId];
  return statusId === undefined ? undefined : { ...order, statusId, statusName: statuses[statusId] };
}
