/** Exchange rates, as foreign money for one unit of the company's. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTarget, type Target } from '../support/odoo-target.ts';
import { faultOf, type Wire } from '../support/odoo-wire.ts';

const RATE = 'res.currency.rate';
const COLUMNS = ['id', 'currency_id/.id', 'name', 'company_rate'];

let t: Target;
/** One that nobody trades in: rates stay with the database until they are deleted. */
let currency: number;
const rates = () => t.odoo.call<number[]>(RATE, 'search', [[['currency_id', '=', currency]]]);
beforeAll(async () => {
  t = await openTarget();
  const domain = [
    ['name', '=', 'ISK'],
    ['active', 'in', [true, false]],
  ];
  [currency = 0] = await t.odoo.call<number[]>('res.currency', 'search', [domain]);
  await t.odoo.call(RATE, 'unlink', [await rates()]);
});
afterAll(async () => {
  await t.odoo.call(RATE, 'unlink', [await rates()]);
  await t.close();
});

const load = (name: string, date: string, rate: Wire, column = 'company_rate') =>
  t.odoo.load(RATE, [...COLUMNS.slice(0, 3), column], [[t.xid(name), currency, date, rate]]);

describe('a rate', () => {
  it('is loaded for a day, repeatably, and read back either way', async () => {
    const { ids } = await load('new_year', '2026-01-01', 1.25);
    expect((await load('new_year', '2026-01-01', '160')).ids).toEqual(ids);
    const [id = 0] = ids || [];
    const fields = [
      'name',
      'rate',
      'company_rate',
      'inverse_company_rate',
      'currency_id',
      'company_id',
      'display_name',
    ];
    expect(await t.odoo.one(RATE, id, fields)).toEqual({
      ...{
        id,
        name: '2026-01-01',
        rate: 160,
        company_rate: 160,
        inverse_company_rate: 0.00625,
        display_name: '2026-01-01',
      },
      ...{ currency_id: [currency, 'ISK'], company_id: [1, expect.any(String)] },
    });
  });

  it('may be told as a technical or an inverse rate', async () => {
    const [plain = 0] = (await load('plain', '2026-02-01', 150, 'rate')).ids || [];
    const [inverse = 0] = (await load('inverse', '2026-03-01', 0.008, 'inverse_company_rate')).ids || [];
    expect(
      await t.odoo.call(RATE, 'read', [
        [plain, inverse],
        ['rate', 'company_rate'],
      ]),
    ).toEqual([
      { id: plain, rate: 150, company_rate: 150 },
      { id: inverse, rate: 125, company_rate: 125 },
    ]);
  });

  it('counts from its day on', async () => {
    await load('april', '2026-04-01', 140);
    await load('may', '2026-05-01', 130);
    const on = async (date: string) =>
      (await t.odoo.call<Wire[]>('res.currency', 'read', [[currency], ['rate']], { context: { date } }))[0];
    expect(await on('2026-04-30')).toEqual({ id: currency, rate: 140 });
    expect(await on('2026-05-01')).toEqual({ id: currency, rate: 130 });
  });

  it('is there once a day, and positive', async () => {
    await load('june', '2026-06-01', 120);
    const text = 'Only one currency rate per day allowed!';
    expect((await load('june_again', '2026-06-01', 121)).messages).toMatchObject([{ type: 'error', message: text }]);
    const fault = await faultOf(t.odoo.create(RATE, { currency_id: currency, name: '2026-06-01', rate: 2 }));
    expect([fault.code, fault.message]).toEqual([2, `The operation cannot be completed: ${text}`]);
    for (const rate of [0, -1]) {
      expect((await load('july', '2026-07-01', rate)).messages).toMatchObject([
        { type: 'error', field: 'rate', message: 'The currency rate must be strictly positive.' },
      ]);
    }
  });

  it('needs a currency and a date that is one', async () => {
    const answer = await t.odoo.load(RATE, ['id', 'name', 'company_rate'], [[t.xid('none'), '2026-08-01', 1]]);
    expect(answer.messages).toMatchObject([{ type: 'error', field: 'currency_id' }]);
    expect(answer.messages[0]?.message).toContain(
      "field 'Currency' (currency_id).\nModel: 'Currency Rate' (res.currency.rate)",
    );
    expect((await load('us', '05/03/2026', 1)).messages[0]).toMatchObject({
      ...{ field: 'name', message: "'05/03/2026' does not seem to be a valid date for field 'Date'" },
    });
  });
});
