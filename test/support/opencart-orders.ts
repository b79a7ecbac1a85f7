/** Orders as OpenCart can make them, with all that its own order-total extensions compute. */
import fc from 'fast-check';
import {
  type Checkout,
  type Fee,
  orderTotals,
  type Release,
  type SoldLine,
  stored,
  type TotalCode,
  totalCodes,
} from '../../infra/local/store/totals.ts';
import type { TaxRate } from '../../lib/opencart/snapshots.ts';
import { type Decimal, decimal } from '../../lib/order/money.ts';
import { anOrder, type OrderInput } from './snapshots.ts';

const percent = (taxRateId: string, name: string, rate: string): TaxRate => ({ taxRateId, name, type: 'P', rate });
const fixed = (taxRateId: string, name: string, rate: string): TaxRate => ({ taxRateId, name, type: 'F', rate });

/** Rates of one store. Several share a name, as `MwSt.` does in many. */
const namesake = percent('106', 'MwSt.', '7.0000');
const rates: readonly TaxRate[] = [
  percent('101', 'VAT (20%)', '20.0000'),
  percent('102', 'Reduced VAT', '5.5000'),
  percent('103', 'State tax', '7.2500'),
  percent('104', 'City tax', '1.8750'),
  percent('105', 'MwSt.', '19.0000'),
  namesake,
  percent('107', 'Zero rated', '0.0000'),
  fixed('111', 'Eco tax', '2.0000'),
  fixed('112', 'Battery fee', '0.3725'),
  fixed('113', 'City tax', '0.5000'),
];

/** Units of it for one of the default currency, and the decimals the store shows. */
const currencies = [
  ['EUR', '1.00000000', 2],
  ['USD', '1.08450000', 2],
  ['GBP', '0.78460002', 2],
  ['JPY', '163.25000000', 0],
  ['KWD', '0.33333333', 3],
  ['JPY', '1.00000000', 0],
  ['KWD', '1.00000000', 3],
  // A store that shows no cents.
  ['EUR', '1.00000000', 0],
] as const;

const amount = (most: number): fc.Arbitrary<string> =>
  fc.oneof(
    fc.integer({ min: 0, max: most * 10_000 }).map((value) => stored(decimal(value).div(10_000))),
    fc.integer({ min: 0, max: most * 100 }).map((value) => stored(decimal(value).div(100))),
  );

const someOf = <T>(list: readonly T[], maxLength = list.length) => fc.subarray([...list], { maxLength });
const maybe = <T>(arbitrary: fc.Arbitrary<T>, freq = 2) => fc.option(arbitrary, { nil: undefined, freq });

/** A product as it stands in the cart; 4.1 has discounts of so many percent, of which no place is cut off. */
const line = (classes: readonly TaxRate[][], release: Release) =>
  fc
    .record({
      price: fc.oneof({ weight: 20, arbitrary: amount(300) }, { weight: 1, arbitrary: fc.constant('0.0000') }),
      discount: maybe(fc.integer({ min: 1, max: 9_999 }), 3),
      quantity: fc.oneof(
        { weight: 4, arbitrary: fc.integer({ min: 1, max: 5 }) },
        { weight: 1, arbitrary: fc.integer({ min: 6, max: 999 }) },
      ),
      taxes: fc.constantFrom(...classes),
      points: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 500 })),
    })
    .map(({ price, discount, ...rest }) => {
      const left =
        discount !== undefined && release.startsWith('4.1') ? decimal(10_000 - discount).div(10_000) : decimal(1);
      return { ...rest, price: decimal(price).times(left) };
    });

const coupon = fc.record({
  code: fc.constant('SAVE'),
  type: fc.constantFrom('P' as const, 'F' as const),
  discount: fc.oneof({ weight: 6, arbitrary: amount(100) }, { weight: 1, arbitrary: fc.constant('100.0000') }),
  forSome: maybe(fc.array(fc.boolean(), { minLength: 20, maxLength: 20 })),
  freeShipping: fc.boolean(),
});

/** Ten thousandths of all points. */
const reward = fc.integer({ min: 1, max: 10_000 });
/** A cart from which things were taken after the points were chosen. */
const tooManyPoints = fc.constant(15_000);

interface Reductions {
  coupon: fc.Arbitrary<CartInput['coupon']>;
  reward: fc.Arbitrary<number | undefined>;
  choice: fc.Arbitrary<'coupon' | 'reward' | 'both'>;
}

const reductions: Record<'by either' | 'by both', Reductions> = {
  'by either': { coupon: maybe(coupon, 5), reward: maybe(reward, 5), choice: fc.constantFrom('coupon', 'reward') },
  'by both': {
    coupon: maybe(coupon, 5),
    reward: maybe(fc.oneof({ weight: 9, arbitrary: reward }, { weight: 1, arbitrary: tooManyPoints }), 5),
    choice: fc.constant('both'),
  },
};

const fee = (title: string, classes: readonly TaxRate[][], most: number): fc.Arbitrary<Fee> =>
  fc.record({ title: fc.constant(title), cost: amount(most), taxes: fc.constantFrom(...classes) });

const after = (later: readonly TotalCode[], code: TotalCode): TotalCode[] => {
  const rest = totalCodes.filter((each) => !later.includes(each));
  return rest.flatMap((each) => (each === code ? [each, ...later] : [each]));
};

/** As installed, and as admins sort them. */
const sorting = fc.oneof(
  { weight: 6, arbitrary: fc.constant(undefined) },
  fc.constantFrom<TotalCode[]>(
    after(['reward', 'coupon'], 'tax'),
    after(['coupon'], 'tax'),
    after(['shipping'], 'coupon'),
    after(['handling', 'low_order_fee'], 'tax'),
    ['handling', ...totalCodes.filter((each) => each !== 'handling')],
  ),
);

/**
 * A checkout, with prices as the cart has them. Where coupon and points can together take more off than
 * there is, no rates share a name: a tax that was left out could not be told from its namesake.
 */
const checkout = fc
  .record({
    release: fc.constantFrom<Release>('3.0', '4.0', '4.1.0.3', '4.1.0.4'),
    classes: fc.array(someOf(rates, 3), { minLength: 1, maxLength: 4 }),
    reduced: fc.constantFrom('by either' as const, 'by both' as const),
  })
  .chain(({ release, classes: taxed, reduced }) => {
    const unlike = taxed.map((each) => each.filter(({ taxRateId }) => taxRateId !== namesake.taxRateId));
    const classes = [...(reduced === 'by both' ? unlike : taxed), []];
    const old = release === '3.0' || release === '4.0';
    return fc
      .record({
        lines: fc.array(line(classes, release), { minLength: 1, maxLength: 20, size: '+1' }),
        shipping: maybe(fee('Flat Shipping Rate', classes, 50), 4),
        handling: maybe(fee('Handling Fee', classes, 10)),
        lowOrderFee: maybe(fee('Low Order Fee', classes, 5)),
        ...reductions[reduced],
        voucher: old ? maybe(amount(500), 1) : fc.constant(undefined),
        credit: maybe(amount(500), 1),
        soldVouchers: old ? fc.oneof(fc.constant([]), fc.array(amount(100), { maxLength: 2 })) : fc.constant([]),
        sorted: sorting,
        release: fc.constant(release),
      })
      .map(({ choice, coupon, reward, ...cart }) =>
        cartOf({
          ...cart,
          coupon: choice === 'reward' ? undefined : coupon,
          reward: choice === 'coupon' ? undefined : reward,
        }),
      );
  });

interface CartInput extends Omit<Checkout, 'lines' | 'coupon' | 'reward'> {
  lines: readonly (Omit<SoldLine, 'price'> & { price: Decimal })[];
  coupon:
    | { code: string; type: 'P' | 'F'; discount: string; forSome: boolean[] | undefined; freeShipping: boolean }
    | undefined;
  reward: number | undefined;
}

function cartOf({ lines, coupon, reward, ...rest }: CartInput): Checkout {
  const sold = lines.map((each, index) => ({ ...each, productId: `g${index + 1}`, price: each.price.toFixed() }));
  const { forSome, ...discount } = coupon ?? { forSome: undefined };
  const productIds = forSome && sold.filter((_, index) => forSome[index]).map(({ productId }) => productId);
  const points = lines.reduce((total, each) => total + (each.points ?? 0), 0);
  const used = reward === undefined ? 0 : Math.ceil((points * reward) / 10_000);
  return {
    ...rest,
    lines: sold,
    // OpenCart refuses a coupon for products of which none is in the cart.
    ...(coupon &&
      productIds?.length !== 0 && {
        coupon: { ...(discount as Omit<typeof coupon, 'forSome'>), ...(productIds && { productIds }) },
      }),
    ...(used > 0 && { reward: used }),
  };
}

/** The order's snapshot as the store sends it: prices with the four places that its table keeps. */
export const openCartOrder: fc.Arbitrary<OrderInput> = fc
  .record({ checkout, currency: fc.constantFrom(...currencies) })
  .map(({ checkout, currency: [currencyCode, currencyValue, currencyDecimals] }) =>
    anOrder({
      ...{ currencyCode, currencyValue, currencyDecimals },
      lines: checkout.lines.map(({ productId = '', price, quantity, taxes }, index) => ({
        ...{ orderProductId: String(index + 1), productId, name: `Thing ${index + 1}`, model: productId },
        ...{ quantity, price: stored(decimal(price)), taxes: [...taxes] },
      })),
      vouchers: (checkout.soldVouchers ?? []).map((bought, index) => ({
        ...{ orderVoucherId: String(index + 1), name: `${bought} Gift Certificate for Sam`, amount: bought },
      })),
      products: {},
      totals: orderTotals(checkout),
    }),
  );
