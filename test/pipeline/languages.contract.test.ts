/** Names and descriptions in every language that the store and Odoo share. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { email, openRig, partners, rig, sku } from '../support/pipeline.ts';
import { aCustomer, anEvent, aProduct } from '../support/snapshots.ts';

beforeAll(openRig);
afterAll(() => rig?.stop());

async function inLanguage(lang: string, model: string, domain: readonly [string, string, string], ...fields: string[]) {
  const [found] = await rig.odoo.searchRead(model, [domain], fields, { context: { lang } });
  return found;
}
const product = (name: string, lang: string) =>
  inLanguage(lang, 'product.template', ['default_code', '=', sku(name)], 'name', 'description_sale');
const named = (english: string, german: string) => [
  { languageCode: 'de-de', name: german, description: `<p>${german}, gut</p>` },
  { languageCode: 'en-gb', name: english, description: `<p>${english}, fine</p>` },
  { languageCode: 'xx-xx', name: 'Not spoken in Odoo', description: '' },
];

test('a product has its name and description in each of them', async () => {
  await rig.sync([anEvent('product', '1', aProduct({ model: sku('kettle'), names: named('Kettle', 'Kessel') }))]);
  expect(await product('kettle', 'en_US')).toMatchObject({ name: 'Kettle', description_sale: 'Kettle, fine' });
  expect(await product('kettle', 'de_DE')).toMatchObject({ name: 'Kessel', description_sale: 'Kessel, gut' });
});

test('each of them is kept up to date, at the price of one call for a language', async () => {
  await rig.sync([anEvent('product', '2', aProduct({ model: sku('cup'), names: named('Cup', 'Becher') }))]);
  const calls = await rig.sync([
    anEvent('product', '2', aProduct({ model: sku('cup'), names: named('Cup', 'Große Tasse') })),
  ]);
  expect(calls.filter((call) => call === 'product.template.load')).toHaveLength(2);
  expect(await product('cup', 'en_US')).toMatchObject({ name: 'Cup' });
  expect(await product('cup', 'de_DE')).toMatchObject({ name: 'Große Tasse' });
});

test('a text that is missing in one of them is the source’s there, and empties no other', async () => {
  const described = (german: string) => [
    { languageCode: 'en-gb', name: 'Bowl', description: 'Deep' },
    { languageCode: 'de-de', name: 'Schale', description: german },
  ];
  await rig.sync([anEvent('product', '4', aProduct({ model: sku('bowl'), names: described('Tief') }))]);
  await rig.sync([anEvent('product', '4', aProduct({ model: sku('bowl'), names: described('') }))]);
  expect(await product('bowl', 'en_US')).toMatchObject({ name: 'Bowl', description_sale: 'Deep' });
  expect(await product('bowl', 'de_DE')).toMatchObject({ name: 'Schale', description_sale: 'Deep' });
});

test('a store that speaks one language gives Odoo that one', async () => {
  const names = [{ languageCode: 'de-at', name: 'Kaffeehäferl' }];
  await rig.sync([anEvent('product', '3', aProduct({ model: sku('mug'), names }))]);
  for (const language of ['en_US', 'de_DE']) {
    expect(await product('mug', language)).toMatchObject({ name: 'Kaffeehäferl' });
  }
});

test('options and their values are translated too', async () => {
  const labels = (english: string, german: string) => [
    { languageCode: 'en-gb', name: `${english} ${rig.tag}` },
    { languageCode: 'de-de', name: `${german} ${rig.tag}` },
  ];
  const values = [{ optionValueId: 'red', names: labels('Red', 'Rot') }];
  await rig.sync([anEvent('option', 'hue', { names: labels('Hue', 'Farbton'), type: 'select', values })]);
  const domain = (name: string) => ['name', '=', `${name} ${rig.tag}`] as const;
  expect(await inLanguage('de_DE', 'product.attribute', domain('Farbton'), 'name')).toBeDefined();
  expect(await inLanguage('de_DE', 'product.attribute.value', domain('Rot'), 'name')).toBeDefined();
  expect(await inLanguage('en_US', 'product.attribute.value', domain('Red'), 'name')).toBeDefined();
});

test('a customer is written to in the language that the store knows of them, if Odoo speaks it', async () => {
  await rig.sync([
    anEvent('customer', '1', aCustomer({ email: email('german'), languageCode: 'de-de' })),
    anEvent('customer', '2', aCustomer({ email: email('welsh'), languageCode: 'cy-gb' })),
  ]);
  const language = async (name: string) => {
    const [found] = await partners(email(name));
    return (await rig.odoo.read('res.partner', [found?.id as number], ['lang']))[0]?.lang;
  };
  expect(await language('german')).toBe('de_DE');
  expect(await language('welsh')).not.toBe('de_DE');
});
