/** An order on its way to DONE, state by state or at once. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { held, noErrors, openLifeRig, order, paid, rig, type Status } from '../support/life.ts';
import { anEvent, aProduct, type OrderInput } from '../support/snapshots.ts';

beforeAll(openLifeRig);
afterAll(() => rig?.stop());

async function mergesInvoices(): Promise<boolean> {
  const model = 'sale.advance.payment.inv';
  return !('consolidated_billing' in ((await rig.odoo.call(model, 'fields_get', [[], ['type']])) as object));
}

describe('an order', () => {
  test('goes through its states one by one', async () => {
    await rig.sync([order('1', 'c')]);
    expect(await held('1')).toMatchObject({ state: 'sale', locked: false, invoices: [] });
    await rig.sync([order('1', 'p')]);
    expect(await held('1')).toMatchObject({ state: 'sale', invoices: paid });
    await rig.sync([order('1', 'd')]);
    expect(await held('1')).toMatchObject({ state: 'sale', invoices: paid, pickings: [{ state: 'done' }] });
    await rig.sync([order('1', 'z')]);
    expect(await held('1')).toMatchObject({
      state: 'sale',
      locked: true,
      invoices: paid,
      pickings: [{ state: 'done' }],
    });
    await noErrors('1');
  });

  test('reaches DONE in one event, and a repetition changes nothing', async () => {
    await rig.sync([order('2', 'z')]);
    const done = {
      state: 'sale',
      locked: true,
      invoices: paid,
      pickings: [{ state: 'done' }],
      date_order: '2026-11-20 18:45:10',
    };
    expect(await held('2')).toMatchObject(done);
    expect(await rig.sync([order('2', 'z')])).toEqual([]);
    expect(await held('2')).toMatchObject(done);
    await noErrors('2');
  });

  test('fifty of them reach DONE together, in few calls', async () => {
    await rig.sync([order('100', 'c')]);
    const events = Array.from({ length: 50 }, (_, index) => order(String(101 + index), 'z'));
    const start = Date.now();
    const linesBefore = rig.lines.length;
    const calls = await rig.sync(events);
    const seconds = ((Date.now() - start) / 1000).toFixed(1);
    console.info(`50 orders from new to DONE: ${calls.length} calls, ${seconds} s: ${calls.join(', ')}`);
    // 16 would make one invoice of all the orders of a customer: it is asked for each by itself.
    const wizards = calls.filter((call) => call.startsWith('sale.advance.payment.inv.'));
    // They may come in more than one batch where the machine is slow to send them.
    const made = rig.lines.slice(linesBefore).filter(({ message }) => message === 'odoo call');
    const batches = new Set(made.map((line) => line.function_request_id)).size;
    expect(batches).toBeLessThanOrEqual(3);
    expect(wizards).toHaveLength((await mergesInvoices()) ? 2 * events.length : 2 * batches);
    expect(calls.length - wizards.length).toBeLessThanOrEqual(23 * batches);
    for (const id of ['101', '125', '150']) {
      expect(await held(id)).toMatchObject({ locked: true, invoices: paid, pickings: [{ state: 'done' }] });
    }
  });
});

describe('an order of goods that Odoo invoices once they are delivered', () => {
  const reduced = (orderId: string, status: Status) => {
    const event = order(orderId, status);
    const { lines, totals, ...rest } = event.data as OrderInput;
    const coupon = { code: 'coupon', title: 'Coupon (TEN)', value: '-10.0000' };
    const amounts = totals.map((row) => ({
      ...row,
      value: { tax: '15.0000', total: '90.0000' }[row.code] ?? row.value,
    }));
    const products = { later: aProduct({ model: `later-${rig.tag}` }) };
    const data = {
      ...{ ...rest, products, lines: lines.map((line) => ({ ...line, productId: 'later' })) },
      totals: [...amounts.slice(0, 2), coupon, ...amounts.slice(2)],
    };
    return { ...event, data };
  };

  test('is invoiced whole after its delivery, not in parts', async () => {
    await rig.sync([anEvent('product', 'later', aProduct({ model: `later-${rig.tag}` }))]);
    const [product] = await rig.odoo.searchRead('product.product', [['default_code', '=', `later-${rig.tag}`]], ['id']);
    await rig.odoo.call('product.product', 'write', [[product?.id as number], { invoice_policy: 'delivery' }]);
    await rig.sync([reduced('20', 'p')]);
    const code = (await rig.logs({ entity: 'order', record: '20', level: 'error' })).logs[0]?.code;
    expect(code).toBe('ORDER_NOT_INVOICEABLE');
    expect(await held('20')).toMatchObject({ state: 'sale', invoices: [] });
    await rig.sync([reduced('20', 'z')]);
    const whole = [{ ...paid[0], amount_total: 90 }];
    expect(await held('20')).toMatchObject({ locked: true, invoices: whole, pickings: [{ state: 'done' }] });
    await rig.sync([reduced('21', 'z')]);
    expect(await held('21')).toMatchObject({ locked: true, invoices: whole, pickings: [{ state: 'done' }] });
    await noErrors('21');
  });
});
