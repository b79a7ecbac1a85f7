/** An order that is cancelled, wherever it had got to, and taken back. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { OdooRecord } from '../../lib/odoo/client.ts';
import { idOf } from '../../lib/odoo/ids.ts';
import { held, noErrors, openLifeRig, order, paid, rig } from '../support/life.ts';
import type { OrderInput } from '../support/snapshots.ts';

beforeAll(openLifeRig);
afterAll(() => rig?.stop());

/** 16 leaves it to people to set a credit note off against what is left to pay. */
async function keepsCreditsApart(): Promise<boolean> {
  return 'refund_method' in ((await rig.odoo.call('account.move.reversal', 'fields_get', [[], ['type']])) as object);
}

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
