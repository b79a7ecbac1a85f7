import { describe, expect, it } from 'vitest';
import { ratesOf } from '../../infra/local/store/taxes.ts';
import { orderTotals, paidTotal } from '../../infra/local/store/totals.ts';
import type { OrderTotal, TaxRate } from '../../lib/opencart/snapshots.ts';

const vat: TaxRate = { taxRateId: '86', name: 'VAT (20%)', type: 'P', rate: '20.0000' };
const eco: TaxRate = { taxRateId: '87', name: 'Eco Tax (-2.00)', type: 'F', rate: '2.0000' };
const shipping = { title: 'Flat Shipping Rate', cost: '5.0000', taxes: [eco, vat] };

const values = (rows: readonly OrderTotal[]) => rows.map(({ code, title, value }) => [code, title, value]);

describe("OpenCart's totals", () => {
  it('of a real order: an iPhone with VAT and a fixed eco tax, both on the shipping too', () => {
    const rows = orderTotals({ lines: [{ price: '101.0000', quantity: 1, taxes: [eco, vat] }], shipping });

    expect(values(rows)).toEqual([
      ['sub_total', 'Sub-Total', '101.0000'],
      ['shipping', 'Flat Shipping Rate', '5.0000'],
      ['tax', 'Eco Tax (-2.00)', '4.0000'],
      ['tax', 'VAT (20%)', '21.2000'],
      ['total', 'Total', '131.2000'],
    ]);
  });

  it('of a real order in another currency: a coupon of 10 % lowers the VAT, but not the eco tax', () => {
    const lines = [
      { price: '101.0000', quantity: 1, taxes: [eco, vat] },
      { price: '246.0000', quantity: 1, taxes: [eco, vat] },
    ];

    const rows = orderTotals({ lines, shipping, coupon: { code: '2222', type: 'P', discount: '10.0000' } });

    expect(values(rows)).toEqual([
      ['sub_total', 'Sub-Total', '347.0000'],
      ['shipping', 'Flat Shipping Rate', '5.0000'],
      ['coupon', 'Coupon (2222)', '-34.7000'],
      ['tax', 'Eco Tax (-2.00)', '6.0000'],
      ['tax', 'VAT (20%)', '63.4600'],
      ['total', 'Total', '386.7600'],
    ]);
    expect(paidTotal(rows, '0.78460002', 2)).toBe('303.45');
  });

  it('has a row for each rate, unrounded but by four places', () => {
    const lines = [
      { price: '3.3333', quantity: 7, taxes: ratesOf('local') },
      { price: '5.6872', quantity: 1, taxes: ratesOf('reduced') },
      { price: '1.0000', quantity: 2, taxes: ratesOf('none') },
    ];

    expect(values(orderTotals({ lines }))).toEqual([
      ['sub_total', 'Sub-Total', '31.0203'],
      // 23.3331 x 7.25 % = 1.69164975, x 2 % = 0.466662; 5.6872 x 5.5 % = 0.312796
      ['tax', 'State tax', '1.6916'],
      ['tax', 'City tax', '0.4667'],
      ['tax', 'Reduced VAT (5.5%)', '0.3128'],
      // 31.0203 + 2.47110775
      ['total', 'Total', '33.4914'],
    ]);
  });

  it('spreads a fixed coupon over taxed and untaxed goods', () => {
    const lines = [
      { price: '30.0000', quantity: 1, taxes: [vat] },
      { price: '10.0000', quantity: 1, taxes: [] },
    ];

    const rows = orderTotals({ lines, coupon: { code: 'TENNER', type: 'F', discount: '10.0000' } });

    // Three quarters of the coupon are on the taxed line: 20 % of 22.50.
    expect(values(rows).slice(1)).toEqual([
      ['coupon', 'Coupon (TENNER)', '-10.0000'],
      ['tax', 'VAT (20%)', '4.5000'],
      ['total', 'Total', '34.5000'],
    ]);
  });

  it('takes no more off than the goods cost', () => {
    const rows = orderTotals({
      lines: [{ price: '4.0000', quantity: 2, taxes: [vat] }],
      coupon: { code: 'TENNER', type: 'F', discount: '10.0000' },
    });

    expect(values(rows).slice(1)).toEqual([
      ['coupon', 'Coupon (TENNER)', '-8.0000'],
      ['total', 'Total', '0.0000'],
    ]);
  });

  it('counts a fixed tax per piece, but per line in 4.1.0.4', () => {
    const lines = [{ price: '10.0000', quantity: 3, taxes: [eco] }];

    expect(values(orderTotals({ lines }))[1]).toEqual(['tax', 'Eco Tax (-2.00)', '6.0000']);
    expect(values(orderTotals({ lines, release: '4.1.0.4' }))[1]).toEqual(['tax', 'Eco Tax (-2.00)', '2.0000']);
  });

  it('owes the fixed taxes of shipping that costs nothing', () => {
    const rows = orderTotals({ lines: [], shipping: { ...shipping, cost: '0.0000' } });

    expect(values(rows).slice(2)).toEqual([
      ['tax', 'Eco Tax (-2.00)', '2.0000'],
      ['total', 'Total', '2.0000'],
    ]);
  });

  it('lowers the tax by all of a coupon that is clipped to what is left', () => {
    const rows = orderTotals({
      lines: [{ price: '100.0000', quantity: 1, taxes: [vat], points: 10 }],
      reward: 6,
      coupon: { code: 'HALF', type: 'P', discount: '50.0000' },
    });

    expect(values(rows).slice(1)).toEqual([
      ['reward', 'Reward Points (6)', '-60.0000'],
      ['coupon', 'Coupon (HALF)', '-40.0000'],
      ['total', 'Total', '0.0000'],
    ]);
  });

  it('is never below zero in 3.x, and may be in 4.x', () => {
    const lines = [{ price: '10.0000', quantity: 1, taxes: [], points: 10 }];
    const last = (release: '3.0' | '4.0') => values(orderTotals({ lines, reward: 15, release })).at(-1);

    expect([last('3.0'), last('4.0')]).toEqual([
      ['total', 'Total', '0.0000'],
      ['total', 'Total', '-5.0000'],
    ]);
  });

  it('rounds what was paid half up', () => {
    const total = (value: string): OrderTotal[] => [{ code: 'total', title: 'Total', value, taxes: [] }];

    expect(paidTotal(total('10.0050'), '1.00000000', 2)).toBe('10.01');
    expect(paidTotal(total('10.0049'), '1.00000000', 2)).toBe('10.00');
    expect(paidTotal(total('99.9900'), '1.08450000', 2)).toBe('108.44');
  });
});
