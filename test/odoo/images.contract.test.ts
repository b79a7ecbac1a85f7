/** The image of a product. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTarget, type Target } from '../support/odoo-target.ts';
import type { Struct, Wire } from '../support/odoo-wire.ts';

let t: Target;
beforeAll(async () => {
  t = await openTarget();
});
afterAll(() => t.close());

/** One pixel. */
const PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

const load = (xid: string, image: Wire) =>
  t.odoo.load('product.template', ['id', 'name', 'image_1920'], [[xid, 'Pictured', image]]);

describe('an image', () => {
  it('is loaded in base64 and read back, in smaller sizes too', async () => {
    const { ids } = await load(t.xid('image'), PNG);
    const [id = 0] = ids || [];
    expect(await t.odoo.one('product.template', id, ['image_1920', 'image_128'])).toEqual({
      ...{ id, image_1920: PNG, image_128: PNG },
    });
    const variant = [[['product_tmpl_id', '=', id]], ['image_1920']];
    expect(await t.odoo.call<Struct[]>('product.product', 'search_read', variant)).toMatchObject([{ image_1920: PNG }]);
  });

  it('tells its size alone to those who ask for no more', async () => {
    const { ids } = await load(t.xid('size'), PNG);
    const answer = await t.odoo.call('product.template', 'read', [ids, ['image_1920']], {
      context: { bin_size: true },
    });
    expect(answer).toEqual([{ id: (ids || [])[0], image_1920: '70.00 bytes' }]);
  });

  it('goes with an empty cell', async () => {
    const xid = t.xid('gone');
    await load(xid, PNG);
    const { ids } = await load(xid, '');
    expect(await t.odoo.one('product.template', (ids || [])[0] ?? 0, ['image_1920'])).toMatchObject({
      image_1920: false,
    });
  });

  it.each([
    ['AAAA', 'This file could not be decoded as an image file.'],
    ['not base64!', 'Image is not encoded in base64.'],
    ['https://example.com/x.png', 'Image is not encoded in base64.'],
  ])('is refused when it is none: %s', async (image, message) => {
    const answer = await load(t.xid('bad'), image);
    expect(answer.ids).toBe(false);
    expect(answer.messages).toMatchObject([{ type: 'error', record: 0, message }]);
  });
});
