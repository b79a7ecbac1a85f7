import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { OdooRecord } from '../../lib/odoo/client.ts';
import { idOf } from '../../lib/odoo/ids.ts';
import { type Rig, startRig } from '../support/rig.ts';
import { aCustomer, anEvent, anOrder, aProduct, type OrderInput } from '../support/snapshots.ts';

/** Store statuses, one per state in Odoo. */
const statusMapping = { c: 'CONFIRM', p: 'PAID', d: 'DELIVERED', z: 'DONE', x: 'CANCEL' } as const;
type Status = keyof typeof statusMapping;

let rig: Rig;
beforeAll(async () => {
  rig = await startRig({ windowSeconds: 1 });
  await rig.configure({ statusMapping });
});
afterAll(() => rig?.stop());

const paymentMethod = { code: 'cod.cod', name: 'Cash On Delivery' };

function order(orderId: string, statusId: Status) {
  const base = anOrder({
    orderId,
    statusId,
    paymentMethod,
    customer: aCustomer({ email: `life.${rig.tag}@example.com` }),
  });
  return anEvent('order', orderId, { ...base, products: { '28': aProduct({ model: `life-${rig.tag}` }) } });
}

async function held(orderId: string) {
  const origin = `OpenCart ${rig.connection} #${orderId}`;
  const fields = ['state', 'locked', 'invoice_ids', 'picking_ids', 'date_order', 'amount_total'];
  const found = await rig.odoo.searchRead('sale.order', [['origin', '=', origin]], fields);
  expect(found).toHaveLength(1);
  const one = found[0] as OdooRecord;
  const invoices = await rig.odoo.read('account.move', one.invoice_ids as number[], [
    'state',
    'payment_state',
    'amount_total',
    'move_type',
  ]);
  const pickings = await rig.odoo.read('stock.picking', one.picking_ids as number[], ['state']);
  return { ...one, invoices, pickings };
}

async function mergesInvoices(): Promise<boolean> {
  const model = 'sale.advance.payment.inv';
  return !('consolidated_billing' in ((await rig.odoo.call(model, 'fields_get', [[], ['type']])) as object));
}

/** 16 leaves it to people to set a credit note off against what is left to pay. */
async function keepsCreditsApart(): Promise<boolean> {
  return 'refund_method' in ((await rig.odoo.call('account.move.reversal', 'fields_get', [[], ['type']])) as object);
}

const noErrors = async (orderId: string) =>
  expect((await rig.logs({ entity: 'order', record: orderId, level: 'error' })).logs).toEqual([]);

const paid = [
  {
    state: 'posted',
    payment_state: expect.stringMatching(/^(paid|in_payment)$/),
    amount_total: 102,
    move_type: 'out_invoice',
  },
];

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

describe('a cancelled order', () => {
  test.each([
    ['that was new', '10', []],
    ['that was confirmed', '11', ['c']],
    ['that was paid', '12', ['p']],
    ['that was delivered', '13', ['d']],
    ['that was done', '14', ['z']],
  ] as const)('%s ends cancelled, with nothing owed', async (_, orderId, before) => {
    for (const status of before) await rig.sync([order(orderId, status)]);
    await rig.sync([order(orderId, 'x')]);
    await noErrors(orderId);
    const found = await held(orderId);
    expect(found).toMatchObject({ state: 'cancel' });
    const open = found.invoices.filter((move) => move.state === 'posted' && move.payment_state === 'not_paid');
    expect(open).toEqual([]);
    expect(found.pickings.filter((picking) => picking.state !== 'done' && picking.state !== 'cancel')).toEqual([]);
    const money = found.invoices.filter((move) => move.state === 'posted');
    const sum = money.reduce(
      (total, move) => total + Number(move.amount_total) * (move.move_type === 'out_refund' ? -1 : 1),
      0,
    );
    expect(sum).toBe(0);
  });

  test('that the store takes back is confirmed again', async () => {
    await rig.sync([order('15', 'c')]);
    await rig.sync([order('15', 'x')]);
    await rig.sync([order('15', 'c')]);
    expect(await held('15')).toMatchObject({ state: 'sale', amount_total: 102 });
    await noErrors('15');
  });

  test.each(['p', 'z'] as const)('that was paid and is taken back (%s) is invoiced and paid again', async (status) => {
    const id = `16${status}`;
    for (const next of ['p', 'x', status] as const) await rig.sync([order(id, next)]);
    await noErrors(id);
    const { invoices, ...found } = await held(id);
    expect(found).toMatchObject({ state: 'sale', locked: status === 'z', amount_total: 102 });
    const signed = invoices.map(
      ({ move_type, amount_total }) => Number(amount_total) * (move_type === 'out_refund' ? -1 : 1),
    );
    expect(signed.sort((one, other) => one - other)).toEqual([-102, 102, 102]);
    for (const move of invoices) expect(move).toMatchObject({ state: 'posted', payment_state: paid[0]?.payment_state });
  });
});

describe('an order that is cancelled', () => {
  const commented = (event: ReturnType<typeof order>, comment: string) => ({
    ...event,
    data: { ...(event.data as OrderInput), comment },
  });
  /** What is still owed to somebody, or by somebody. */
  const owed = (moves: readonly OdooRecord[]) =>
    moves.filter((move) => move.state === 'posted' && ['not_paid', 'partial'].includes(String(move.payment_state)));

  test('gets back what was delivered, also where it was edited since', async () => {
    await rig.sync([order('30', 'd')]);
    await rig.sync([commented(order('30', 'c'), 'Ring twice')]);
    await rig.sync([commented(order('30', 'x'), 'Ring twice')]);
    await noErrors('30');
    expect(await held('30')).toMatchObject({ state: 'cancel', pickings: [{ state: 'done' }, { state: 'done' }] });
  });

  test('before Odoo had seen it otherwise, and is then taken back, is confirmed', async () => {
    await rig.sync([order('31', 'x')]);
    const before = rig.lines.length;
    await rig.sync([order('31', 'c')]);
    expect(rig.lines.slice(before).filter(({ level }) => level === 'ERROR')).toEqual([]);
    expect(await held('31')).toMatchObject({ state: 'sale', amount_total: 102 });
    await noErrors('31');
  });

  test('and was paid in part gets back that part', async () => {
    // Makes the journal that the money goes back by.
    await rig.sync([order('32', 'p')]);
    const [bank] = await rig.odoo.searchRead('account.journal', [['type', '=', 'bank']], ['id']);
    await rig.sync([order('33', 'c')]);
    const { id } = await held('33');
    const context = { active_model: 'sale.order', active_ids: [id], active_id: id };
    const wizard = await rig.odoo.call(
      'sale.advance.payment.inv',
      'create',
      [{ advance_payment_method: 'delivered', sale_order_ids: [[6, 0, [id]]] }],
      { context },
    );
    await rig.odoo.call('sale.advance.payment.inv', 'create_invoices', [[wizard as number]], { context });
    const [invoice] = (await held('33')).invoices;
    await rig.odoo.call('account.move', 'action_post', [[invoice?.id as number]]);
    const over = { active_model: 'account.move', active_ids: [invoice?.id as number] };
    const payment = await rig.odoo.call(
      'account.payment.register',
      'create',
      [{ amount: 20, journal_id: bank?.id as number }],
      { context: over },
    );
    await rig.odoo.call('account.payment.register', 'action_create_payments', [[payment as number]], { context: over });
    expect((await held('33')).invoices).toMatchObject([{ state: 'posted', payment_state: 'partial' }]);
    const [sold] = await rig.odoo.read('account.move', [invoice?.id as number], ['journal_id']);
    const journal = idOf(sold?.journal_id) as number;

    await rig.sync([order('33', 'x')]);
    if (await keepsCreditsApart()) {
      const { logs } = await rig.logs({ entity: 'order', record: '33', level: 'error' });
      expect(logs[0]?.code).toBe('INVOICE_PARTLY_SETTLED');
      expect(await held('33')).toMatchObject({ state: 'sale' });
      // Nor when somebody has credited it, as long as that is not set off against what nobody has paid.
      const reversal = await rig.odoo.call('account.move.reversal', 'create', [{ journal_id: journal }], {
        context: over,
      });
      await rig.odoo.call('account.move.reversal', 'refund_moves', [[reversal as number]], { context: over });
      await rig.sync([order('33', 'x')]);
      const [credit] = await rig.odoo.searchRead(
        'account.move',
        [['reversed_entry_id', '=', invoice?.id as number]],
        ['state', 'payment_state'],
      );
      expect(credit).toMatchObject({ state: 'draft', payment_state: 'not_paid' });
      expect(await held('33')).toMatchObject({ state: 'sale' });
      return;
    }
    await noErrors('33');
    const found = await held('33');
    expect(found).toMatchObject({ state: 'cancel' });
    const credits = await rig.odoo.searchRead(
      'account.move',
      [['reversed_entry_id', '=', invoice?.id as number]],
      ['state', 'payment_state', 'amount_total'],
    );
    expect(credits).toMatchObject([{ state: 'posted', amount_total: 102 }]);
    expect(owed([...found.invoices, ...credits])).toEqual([]);
  });

  test('after part of its invoice was credited by hand is parked, and paid back no more than was paid', async () => {
    await rig.sync([order('34', 'p')]);
    const [invoice] = (await held('34')).invoices;
    const [move] = await rig.odoo.read('account.move', [invoice?.id as number], ['partner_id', 'currency_id']);
    const [partner, currency] = [move?.partner_id, move?.currency_id].map((one) => (one as [number, string])[0]);
    const sold = { name: 'Goodwill', display_type: 'product', quantity: 1, price_unit: 20, tax_ids: [[6, 0, []]] };
    const line = [0, 0, { ...sold, currency_id: currency as number }];
    const credit = await rig.odoo.call('account.move', 'create', [
      {
        ...{
          move_type: 'out_refund',
          partner_id: partner as number,
          currency_id: currency as number,
          reversed_entry_id: invoice?.id as number,
        },
        ...{ invoice_date: '2026-11-20', invoice_line_ids: [line] },
      },
    ]);
    await rig.odoo.call('account.move', 'action_post', [[credit as number]]);
    await rig.sync([order('34', 'x')]);
    const { logs } = await rig.logs({ entity: 'order', record: '34', level: 'error' });
    expect(logs[0]?.code).toBe('INVOICE_PARTLY_SETTLED');
    expect(await held('34')).toMatchObject({ state: 'sale' });
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
