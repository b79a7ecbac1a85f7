import { seeded } from '../support/seeded.ts';

/** Rates in percent; a line lists its taxes by index. */
export const RATES = [20, 10, 5.5, 7.25, 0] as const;

export interface CaseLine {
  quantity: number;
  price: number;
  taxes: number[];
  discount?: number;
}

export interface OrderCase {
  name: string;
  /** Decides the decimals: 2, 0 or 3. */
  currency?: 'EUR' | 'JPY' | 'KWD';
  lines: CaseLine[];
}

const line = (quantity: number, price: number, taxes: number[] = [0], discount = 0): CaseLine => ({
  ...{ quantity, price, taxes, discount },
});

/** Orders on which rounding methods disagree. */
export const HAND_PICKED: OrderCase[] = [
  { name: 'one plain line', lines: [line(1, 10)] },
  { name: 'no lines', lines: [] },
  { name: 'no taxes', lines: [line(3, 10.005, []), line(2, 1.2345, [])] },
  {
    name: 'three lines, shipping, discount',
    lines: [line(1, 33.33), line(1, 0.99), line(3, 10.005), line(1, 5), line(1, -4.77)],
  },
  { name: 'a discount larger than the goods', lines: [line(1, 5.55), line(1, -9.99)] },
  {
    name: 'mixed rates',
    lines: [line(3, 7.3333, [0]), line(7, 1.1111, [1]), line(2, 4.4449, [2]), line(5, 0.005, [3])],
  },
  { name: 'two taxes on a line', lines: [line(3, 9.9999, [0, 2]), line(1, 1.005, [1, 3])] },
  { name: 'percent discounts', lines: [line(3, 19.99, [0], 10), line(7, 3.3333, [1], 33.33), line(1, 0.05, [2], 50)] },
  {
    name: 'discount split by rate',
    lines: [line(2, 12.345, [0]), line(3, 8.885, [1]), line(1, -2.469, [0]), line(1, -2.6655, [1])],
  },
  { name: 'half cents', lines: [line(1, 0.005, []), line(1, 0.015, []), line(1, 0.025, [0]), line(1, 2.675, [0])] },
  { name: 'halves that cancel out', lines: [line(1, 0.005, []), line(1, 0.005, []), line(1, -0.01, [])] },
  { name: 'zero rate beside twenty', lines: [line(9, 1.0049, [4]), line(9, 1.0049, [0])] },
  { name: 'fractional quantity', lines: [line(1.25, 3.3333), line(0.333, 9.99, [1])] },
  { name: 'yen', currency: 'JPY', lines: [line(3, 333.5), line(1, 99.4999, [1]), line(7, 14.2857, [2])] },
  { name: 'dinar', currency: 'KWD', lines: [line(3, 3.33335), line(1, 0.99949, [1]), line(7, 1.42857, [2])] },
];

/** Random orders: 1 to 8 lines, prices with 4 decimals, 0 to 2 taxes a line, sometimes a negative discount line. */
export function randomOrders(count: number, seed: number): OrderCase[] {
  const random = seeded(seed);
  const below = (limit: number) => Math.floor(random() * limit);
  const price = (limit: number) => Math.round(random() * limit * 10_000) / 10_000;
  return Array.from({ length: count }, (_, index) => {
    const lines = Array.from({ length: 1 + below(8) }, () => {
      const taxes = [...new Set(Array.from({ length: below(3) }, () => below(4)))].sort();
      return line(1 + below(50), price(120), taxes);
    });
    if (random() < 0.5) lines.push(line(1, -price(20), [below(4)]));
    return { name: `random ${index + 1}`, lines };
  });
}
