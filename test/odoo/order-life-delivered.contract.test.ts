/** From a confirmed order to a done delivery, and back by a return. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { faultOf, type Struct, type Wire } from '../support/odoo-wire.ts';
import { call, chair, confirmed, ids, lamp, openShop, order, outcome, shipping, t } from '../support/order-life.ts';

beforeAll(openShop);
afterAll(() => t.close());

const ZERO_QUANTITY =
  "Transfer trouble alert! Validating a zero quantity transfer? You're not moving invisible goods around are you?\n" +
  "Set some quantities and let's get moving!";
const SILENT = { skip_backorder: true, skip_sms: true };

interface Move {
  id: number;
  product_uom_qty: number;
  quantity: number;
  picked: boolean;
  state: string;
}

const chairs = (product_uom_qty = 2) => confirmed([{ product_id: chair, product_uom_qty, price_unit: 10 }]);
const pickings = async (orders: number[]) => (await Promise.all(orders.map((id) => ids(id, 'picking_ids')))).flat();
const picking = (id: number, ...fields: string[]) => t.odoo.one('stock.picking', id, fields);
const movesOf = (transfers: number[]) =>
  t.odoo.call<Move[]>('stock.move', 'search_read', [
    [['picking_id', 'in', transfers]],
    ['product_uom_qty', 'quantity', 'picked', 'state'],
  ]);
const validate = (transfers: number[], context: Struct = SILENT) =>
  call<Wire>('stock.picking', 'button_validate', transfers, context);

/** Writes what was shipped: everything, or the same quantity of each. */
async function ship(transfers: number[], quantity?: number): Promise<void> {
  const moves = await movesOf(transfers);
  await t.odoo.write('stock.picking', transfers, {
    move_ids: moves.map((move) => [1, move.id, { quantity: quantity ?? move.product_uom_qty, picked: true }]),
  });
}

async function delivered(): Promise<{ id: number; transfer: number }> {
  const id = await chairs();
  const [transfer = 0] = await pickings([id]);
  await ship([transfer]);
  await validate([transfer]);
  return { id, transfer };
}

describe('a confirmed order', () => {
  it('has a delivery with a move per line of goods, whether they are counted or not', async () => {
    const id = await confirmed([
      { product_id: lamp, product_uom_qty: 2 },
      { product_id: chair, product_uom_qty: 3 },
      { product_id: shipping },
      { product_id: lamp, product_uom_qty: 0 },
      { display_type: 'line_note', name: 'By hand' },
    ]);
    const { name } = await order(id, 'name');
    expect(await order(id, 'delivery_status', 'delivery_count')).toMatchObject({
      ...{ delivery_status: 'pending', delivery_count: 1 },
    });
    const [transfer = 0] = await pickings([id]);
    expect(await picking(transfer, 'name', 'state', 'origin', 'picking_type_code', 'sale_id')).toMatchObject({
      ...{ name: expect.stringMatching(/^WH\/OUT\/\d{5}$/), state: 'assigned', origin: name },
      ...{ picking_type_code: 'outgoing', sale_id: [id, name] },
    });
    expect((await movesOf([transfer])).map(({ id: _, ...move }) => move)).toEqual([
      { product_uom_qty: 2, quantity: 2, picked: false, state: 'assigned' },
      { product_uom_qty: 3, quantity: 0, picked: false, state: 'confirmed' },
    ]);
    const lines = await t.odoo.call<Struct[]>('sale.order.line', 'search_read', [
      [['order_id', '=', id]],
      ['qty_delivered', 'qty_to_deliver', 'qty_delivered_method'],
    ]);
    expect(lines.map((line) => line.qty_delivered)).toEqual([0, 0, 0, 0, 0]);
    expect(lines.map((line) => line.qty_delivered_method)).toEqual([
      ...['stock_move', 'stock_move', 'manual', 'stock_move', 'manual'],
    ]);
  });

  it('of services has none', async () => {
    const id = await confirmed([{ product_id: shipping }]);
    expect(await order(id, 'picking_ids', 'delivery_status')).toMatchObject({
      picking_ids: [],
      delivery_status: false,
    });
  });

  it('delivers what its lines are changed to', async () => {
    const id = await chairs();
    const [line = 0] = await ids(id, 'order_line');
    const transfers = await pickings([id]);
    for (const product_uom_qty of [5, 1]) {
      await t.odoo.write('sale.order.line', [line], { product_uom_qty, price_unit: 10 });
      expect(await movesOf(transfers)).toMatchObject([{ product_uom_qty, state: 'confirmed' }]);
    }
    await t.odoo.create('sale.order.line', { order_id: id, product_id: lamp, product_uom_qty: 1 });
    expect(await pickings([id])).toEqual(transfers);
    expect(await movesOf(transfers)).toHaveLength(2);
    await t.odoo.write('sale.order.line', [line], { product_uom_qty: 0, price_unit: 10 });
    expect((await movesOf(transfers)).map(({ state }) => state)).toEqual(['cancel', 'assigned']);
  });
});

describe('delivering', () => {
  it('works without stock on hand', async () => {
    const id = await chairs();
    const [transfer = 0] = await pickings([id]);
    expect(await picking(transfer, 'state')).toMatchObject({ state: 'confirmed' });
    await ship([transfer]);
    expect(await picking(transfer, 'state', 'date_done')).toMatchObject({ state: 'assigned', date_done: false });
    expect(await validate([transfer])).toBe(true);
    const { date_done } = await picking(transfer, 'date_done');
    expect(await picking(transfer, 'state', 'backorder_ids')).toMatchObject({ state: 'done', backorder_ids: [] });
    expect(await movesOf([transfer])).toMatchObject([{ quantity: 2, picked: true, state: 'done' }]);
    expect(await order(id, 'delivery_status', 'effective_date')).toMatchObject({
      ...{ delivery_status: 'full', effective_date: date_done },
    });
    const [line = 0] = await ids(id, 'order_line');
    expect(await t.odoo.one('sale.order.line', line, ['qty_delivered', 'qty_to_deliver'])).toMatchObject({
      ...{ qty_delivered: 2, qty_to_deliver: 0 },
    });
  });

  it('says so again and changes nothing', async () => {
    const { id, transfer } = await delivered();
    await ship([transfer]);
    expect(await validate([transfer])).toBe(true);
    expect(await pickings([id])).toEqual([transfer]);
    expect(await movesOf([transfer])).toMatchObject([{ quantity: 2, state: 'done' }]);
  });

  it('needs quantities, which goods that are not counted have from the start', async () => {
    expect(await outcome(validate(await pickings([await chairs()])))).toEqual([2, ZERO_QUANTITY]);
    expect(await validate(await pickings([await confirmed()]))).toBe(true);
  });

  it('leaves the rest to a backorder, or to nobody when told', async () => {
    const id = await chairs();
    const [transfer = 0] = await pickings([id]);
    await ship([transfer], 1);
    expect(await movesOf([transfer])).toMatchObject([{ state: 'partially_available', quantity: 1 }]);
    expect(await validate([transfer], { skip_sms: true })).toMatchObject({ res_model: 'stock.backorder.confirmation' });
    expect(await validate([transfer])).toBe(true);
    const { backorder_ids: later } = await picking(transfer, 'backorder_ids');
    expect(await movesOf([transfer, ...(later as number[])])).toMatchObject([
      { product_uom_qty: 1, quantity: 1, state: 'done' },
      { product_uom_qty: 1, quantity: 0, state: 'confirmed' },
    ]);
    expect(await order(id, 'delivery_status')).toMatchObject({ delivery_status: 'partial' });
    const other = await chairs();
    const [short = 0] = await pickings([other]);
    await ship([short], 1);
    expect(await validate([short], { ...SILENT, picking_ids_not_to_backorder: [short] })).toBe(true);
    expect(await pickings([other])).toEqual([short]);
    expect(await order(other, 'delivery_status')).toMatchObject({ delivery_status: 'full' });
  });

  it('moves only what is picked once anything is', async () => {
    const id = await confirmed([{ product_id: lamp }, { product_id: lamp, product_uom_qty: 3 }]);
    const [transfer = 0] = await pickings([id]);
    const [first] = await movesOf([transfer]);
    await t.odoo.write('stock.picking', [transfer], { move_ids: [[1, first?.id ?? 0, { quantity: 1, picked: true }]] });
    await validate([transfer]);
    expect(await pickings([id])).toHaveLength(2);
    expect(await movesOf([transfer])).toMatchObject([{ state: 'done' }]);
  });

  it('may be more than was ordered, and then the order cannot be less', async () => {
    const id = await confirmed([{ product_id: chair, product_uom_qty: 2 }]);
    const [transfer = 0] = await pickings([id]);
    await ship([transfer], 5);
    expect(await validate([transfer])).toBe(true);
    const [line = 0] = await ids(id, 'order_line');
    expect(await t.odoo.one('sale.order.line', line, ['qty_delivered'])).toMatchObject({ qty_delivered: 5 });
    expect(await outcome(t.odoo.write('sale.order.line', [line], { product_uom_qty: 1, price_unit: 1 }))).toEqual([
      2,
      'The ordered quantity of a sale order line cannot be decreased below the amount already delivered. ' +
        'Instead, create a return in your inventory.',
    ]);
  });

  it('works on a locked order', async () => {
    const id = await confirmed();
    await faultOf(call('sale.order', 'action_lock', [id]));
    expect(await validate(await pickings([id]))).toBe(true);
    expect(await order(id, 'delivery_status', 'locked')).toMatchObject({ delivery_status: 'full', locked: true });
  });
});

describe('three orders at once', () => {
  it('are delivered in one write and one call, again and again', async () => {
    const orders = [await chairs(), await confirmed(), await chairs(4)];
    const transfers = await pickings(orders);
    await ship(transfers);
    for (let each = 0; each < 2; each++) expect(await validate(transfers)).toBe(true);
    for (const id of orders) expect(await order(id, 'delivery_status')).toMatchObject({ delivery_status: 'full' });
    expect(await pickings(orders)).toEqual(transfers);
  });

  it('pass over those without quantities, and stop at one that is gone', async () => {
    const [empty, ready] = [await chairs(), await confirmed()];
    const transfers = await pickings([empty, ready]);
    expect(await outcome(validate([...transfers, 2_000_000_000]))).toEqual([
      ...[
        2,
        expect.stringMatching(/^Record does not exist or has been deleted\.\n\(Record: stock\.picking\(2000000000,/),
      ],
    ]);
    expect(await order(ready, 'delivery_status')).toMatchObject({ delivery_status: 'pending' });
    expect(await validate(transfers)).toBe(true);
    expect(await order(ready, 'delivery_status')).toMatchObject({ delivery_status: 'full' });
    expect(await order(empty, 'delivery_status')).toMatchObject({ delivery_status: 'pending' });
  });
});

describe('a return', () => {
  const giveBack = async (transfer: number, quantity: number) => {
    const [move] = await movesOf([transfer]);
    const line = { product_id: chair, quantity, move_id: move?.id ?? 0 };
    const vals = { picking_id: transfer, product_return_moves: [[0, 0, line]] };
    return call<Struct>('stock.return.picking', 'action_create_returns', [
      await t.odoo.create('stock.return.picking', vals),
    ]);
  };

  it('is a receipt of what was delivered, ready to validate', async () => {
    const { id, transfer } = await delivered();
    const { name } = await picking(transfer, 'name');
    const action = await giveBack(transfer, 2);
    expect(action).toMatchObject({ res_model: 'stock.picking', res_id: expect.any(Number) });
    const back = Number(action.res_id);
    expect(await picking(back, 'name', 'state', 'origin', 'picking_type_code', 'return_id')).toMatchObject({
      ...{ name: expect.stringMatching(/^WH\/IN\/\d{5}$/), state: 'assigned', origin: `Return of ${name}` },
      ...{ picking_type_code: 'incoming', return_id: [transfer, name] },
    });
    expect(await movesOf([back])).toMatchObject([{ product_uom_qty: 2, quantity: 2, picked: false }]);
    expect((await pickings([id])).sort()).toEqual([transfer, back].sort());
    expect(await order(id, 'delivery_status')).toMatchObject({ delivery_status: 'partial' });
    await ship([back]);
    for (let each = 0; each < 2; each++) expect(await validate([back])).toBe(true);
    const [line = 0] = await ids(id, 'order_line');
    expect(await t.odoo.one('sale.order.line', line, ['qty_delivered'])).toMatchObject({ qty_delivered: 0 });
    expect(await order(id, 'delivery_status')).toMatchObject({ delivery_status: 'full' });
  });

  it('needs a quantity, and can be made twice', async () => {
    const { id, transfer } = await delivered();
    const bare = await t.odoo.create('stock.return.picking', { picking_id: transfer });
    const { product_return_moves: lines } = await t.odoo.one('stock.return.picking', bare, ['product_return_moves']);
    expect(lines).toHaveLength(1);
    expect(await outcome(call('stock.return.picking', 'action_create_returns', [bare]))).toEqual([
      ...[2, 'Please specify at least one non-zero quantity.'],
    ]);
    await giveBack(transfer, 1);
    await giveBack(transfer, 2);
    expect(await pickings([id])).toHaveLength(3);
  });
});
