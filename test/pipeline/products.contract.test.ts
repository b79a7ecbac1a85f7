/** What a product has beside its price: barcode, image, taxes, fields that are Odoo's. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { syncTogether } from '../support/direct.ts';
import { openRig, rig, sku } from '../support/pipeline.ts';
import { anEvent, aProduct, vat20 } from '../support/snapshots.ts';

beforeAll(openRig);
afterAll(() => rig?.stop());
beforeEach(() => rig.configure({}));

async function product(name: string, ...fields: string[]) {
  const found = await rig.odoo.searchRead('product.product', [['default_code', '=', sku(name)]], ['name', ...fields], {
    archived: true,
  });
  expect(found).toHaveLength(1);
  return found[0] as Record<string, unknown> & { id: number };
}

/** Once each: what is parked may be tried again meanwhile. */
const failures = async (recordId: string) => {
  const { logs } = await rig.logs({ entity: 'product', record: recordId, level: 'error' });
  return [...new Set(logs.map(({ code }) => code))];
};

/** A valid EAN that no other run uses. */
function ean(): string {
  const digits = `20${String(Date.now()).slice(-6)}${String(Math.floor(Math.random() * 10_000)).padStart(4, '0')}`;
  const sum = [...digits].reduce((total, digit, index) => total + Number(digit) * (index % 2 === 0 ? 1 : 3), 0);
  return `${digits}${(10 - (sum % 10)) % 10}`;
}

describe('a barcode', () => {
  test('is the first valid one of EAN, UPC, JAN and ISBN; an invalid one is none', async () => {
    const valid = ean();
    await rig.sync([
      anEvent('product', 'b1', aProduct({ model: sku('upc'), ean: '1234567890123', jan: valid })),
      anEvent('product', 'b2', aProduct({ model: sku('none'), ean: '4006381333930', upc: 'n/a' })),
    ]);
    expect(await product('upc', 'barcode')).toMatchObject({ barcode: valid });
    expect(await product('none', 'barcode')).toMatchObject({ barcode: false });
  });

  test('that another product has already holds up neither the product nor its neighbours', async () => {
    const shared = ean();
    await rig.sync([anEvent('product', 'b3', aProduct({ model: sku('first'), ean: shared }))]);
    await rig.sync([
      anEvent('product', 'b4', aProduct({ model: sku('second'), ean: shared })),
      anEvent('product', 'b5', aProduct({ model: sku('neighbour') })),
    ]);
    expect(await product('second', 'barcode')).toMatchObject({ barcode: false });
    await product('neighbour');
    expect(await failures('b4')).toEqual(['ODOO_REFUSED']);
    // Mended in the store, it arrives.
    const own = ean();
    await rig.sync([anEvent('product', 'b4', aProduct({ model: sku('second'), ean: own }))]);
    expect(await product('second', 'barcode')).toMatchObject({ barcode: own });
  });
});

describe('an image', () => {
  /** One pixel. */
  const png = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  );
  let server: Server;
  let asked: string[] = [];
  const at = (path: string) => `http://127.0.0.1:${(server.address() as AddressInfo).port}/${path}`;
  const pictured = (name: string, path: string, over: object = {}) =>
    aProduct({ model: sku(name), image: { url: at(path), version: '1' }, ...over });

  beforeAll(async () => {
    server = createServer((request, response) => {
      const path = String(request.url).slice(1);
      asked.push(path);
      if (path.startsWith('heavy')) {
        response.writeHead(200, { 'content-type': 'image/png' }).end(Buffer.concat([png, Buffer.alloc(2_000_000)]));
      } else if (path === 'large.png') {
        response.writeHead(200, { 'content-type': 'image/png' }).end(Buffer.alloc(6_000_000));
      } else if (path.endsWith('.png')) response.writeHead(200, { 'content-type': 'image/png' }).end(png);
      else response.writeHead(404, { 'content-type': 'text/html' }).end('<h1>No such page</h1>');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterAll(() => server.close());
  beforeEach(() => {
    asked = [];
  });

  test('is fetched once, and again when it is another one', async () => {
    await rig.sync([anEvent('product', 'i1', pictured('image', 'lamp.png'))]);
    expect((await product('image', 'image_1920')).image_1920).not.toBe(false);
    await rig.sync([anEvent('product', 'i1', pictured('image', 'lamp.png', { price: '41.0000' }))]);
    expect(asked).toEqual(['lamp.png']);
    const image = { url: at('lamp.png'), version: '2' };
    await rig.sync([anEvent('product', 'i1', pictured('image', 'lamp.png', { price: '41.0000', image }))]);
    expect(asked).toEqual(['lamp.png', 'lamp.png']);
  });

  test('that is missing or too large is told, and the product is in Odoo all the same', async () => {
    await rig.sync([
      anEvent('product', 'i2', pictured('missing', 'missing.jpg')),
      anEvent('product', 'i3', pictured('large', 'large.png')),
      anEvent('product', 'i4', pictured('fine', 'fine.png')),
    ]);
    expect(await product('missing', 'image_1920')).toMatchObject({ image_1920: false });
    await product('large');
    expect((await product('fine', 'image_1920')).image_1920).not.toBe(false);
    expect([...(await failures('i2')), ...(await failures('i3')), ...(await failures('i4'))]).toEqual([
      ...['FILE_UNAVAILABLE', 'FILE_TOO_LARGE'],
    ]);
  });

  test('is given to Odoo before too many others are fetched', async () => {
    const ids = Array.from({ length: 17 }, (_, index) => `heavy-${index}.png`);
    const fetched: number[] = [];
    await syncTogether(
      ids.map((id) => anEvent('product', id, pictured(id, id))),
      (call) => {
        // Those that are parked by now are tried again meanwhile.
        const heavy = asked.filter((path) => path.startsWith('heavy'));
        if (call === 'product.template.load' && heavy.length > 0) fetched.push(heavy.length);
      },
    );
    expect((await product('heavy-16.png', 'image_1920')).image_1920).not.toBe(false);
    expect(fetched[0]).toBe(8);
    expect(fetched.at(-1)).toBe(17);
  });

  test('with a login in its URL is left out, and neither that nor its query is told', async () => {
    const image = { url: at('own.jpg?key=Schibboleth').replace('//', '//shop:Schibboleth@'), version: '1' };
    await rig.sync([anEvent('product', 'i8', pictured('closed', '', { image }))]);
    expect(await product('closed', 'image_1920')).toMatchObject({ image_1920: false });
    // It may have been tried again by now, as those of the tests before.
    expect(new Set(await failures('i8'))).toEqual(new Set(['FILE_UNAVAILABLE']));
    expect(asked.filter((path) => path.startsWith('own'))).toEqual([]);
    expect(rig.printed.join()).not.toContain('Schibboleth');
    expect(JSON.stringify(await rig.logs({ record: 'i8' }))).not.toContain('Schibboleth');
  });

  test('has any name that a file can have', async () => {
    await rig.sync([anEvent('product', 'i5', pictured('percent', '50%25 off.png'))]);
    await rig.sync([anEvent('product', 'i6', pictured('percents', '50%off.png'))]);
    await rig.sync([anEvent('product', 'i7', pictured('absent', '50%off.jpg'))]);
    expect((await product('percents', 'image_1920')).image_1920).not.toBe(false);
    expect(await failures('i7')).toEqual(['FILE_UNAVAILABLE']);
  });
});

test('has the taxes of its tax class', async () => {
  await rig.sync([anEvent('product', 't1', aProduct({ model: sku('taxed'), taxes: [vat20] }))]);
  const { taxes_id } = await product('taxed', 'taxes_id');
  const taxes = await rig.odoo.read('account.tax', taxes_id as number[], ['amount', 'amount_type']);
  expect(taxes).toMatchObject([{ amount: 20, amount_type: 'percent' }]);
  await rig.sync([anEvent('product', 't1', aProduct({ model: sku('taxed'), taxes: [] }))]);
  expect(await product('taxed', 'taxes_id')).toMatchObject({ taxes_id: [] });
});

test('that is not shipped is a service', async () => {
  await rig.sync([anEvent('product', 't2', aProduct({ model: sku('download'), shippable: false }))]);
  expect(await product('download', 'type')).toMatchObject({ type: 'service' });
});

test('a field that is Odoo’s is written when the product is made, and never again', async () => {
  await rig.configure({ fieldsOfOdoo: { product: ['name', 'list_price'] } });
  const named = (name: string, price: string, weightKg: string) =>
    aProduct({ model: sku('owned'), price, weightKg, names: [{ languageCode: 'en-gb', name }] });
  await rig.sync([anEvent('product', 'f1', named('From the store', '40.0000', '1.0000'))]);
  const { id } = await product('owned');
  await rig.odoo.call('product.product', 'write', [[id], { name: 'Better words' }]);
  await rig.sync([anEvent('product', 'f1', named('Changed in the store', '50.0000', '2.0000'))]);
  expect(await product('owned', 'name', 'list_price', 'weight')).toMatchObject({
    ...{ name: 'Better words', list_price: 40, weight: 2 },
  });
});

describe('what Odoo has already', () => {
  const present = async (name: string) =>
    [
      await rig.odoo.call('product.product', 'create', [{ name: `Present ${name}`, default_code: sku(name) }]),
    ].flat()[0] as number;
  const all = (name: string) =>
    rig.odoo.searchRead('product.product', [['default_code', '=', sku(name)]], ['name'], { order: 'id' });

  test('is only reported, if the settings say so, until a person has decided', async () => {
    await rig.configure({ matchPolicies: { product: 'report' } });
    await present('report');
    await rig.sync([anEvent('product', 'm1', aProduct({ model: sku('report') }))]);
    expect(await all('report')).toMatchObject([{ name: 'Present report' }]);
    const { logs } = await rig.logs({ entity: 'product', record: 'm1', level: 'error' });
    expect(logs[0]).toMatchObject({ code: 'MATCH_REPORTED' });
    expect(logs[0]?.message).toContain('Present report');
    await rig.configure({});
    await expect.poll(async () => (await all('report'))[0]?.name, { timeout: 60_000 }).toBe('Kettle');
    expect(await all('report')).toHaveLength(1);
  });

  test('is not reported if it is what an attempt made that came to no end', async () => {
    await rig.configure({ matchPolicies: { product: 'report' } });
    const event = anEvent('product', 'm3', aProduct({ model: sku('ours') }));
    await syncTogether([event], (call) => {
      if (call === 'product.template.load') throw new Error('The function was killed.');
    });
    const { id } = await product('ours');
    await rig.sync([event]);
    expect(await failures('m3')).toEqual([]);
    await rig.sync([anEvent('product', 'm3', aProduct({ model: sku('ours'), price: '44.0000' }))]);
    expect(await product('ours', 'list_price')).toMatchObject({ id, list_price: 44 });
  });

  test('is not looked for, if the settings say so', async () => {
    await rig.configure({ matchPolicies: { product: 'off' } });
    await present('off');
    await rig.sync([anEvent('product', 'm2', aProduct({ model: sku('off') }))]);
    expect((await all('off')).map((one) => one.name)).toEqual(['Present off', 'Kettle']);
  });
});
