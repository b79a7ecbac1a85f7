/** What a merchant does, from the first click on. */
import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually, openBrowser, visit } from './support/browser.ts';
import { startWorld, type World } from './support/world.ts';

let world: World;
let browser: Browser;
let page: Page;
let complaints: string[];
beforeAll(async () => {
  browser = await openBrowser();
  world = await startWorld();
  ({ page, complaints } = await visit(browser, world, 'manager'));
});
afterAll(async () => {
  await browser?.close();
  await world?.stop();
});

const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true });
const open = (path: string) => page.goto(`${world.url}${path}`);
const said = (text: string | RegExp) => page.getByText(text).first().waitFor();
/** Every step has such a button, and its heading is always there: only the open one tells where one is. */
const goOnTo = async (step: string) => {
  await button('Save and go on').click();
  await page.locator('section[data-current]').getByRole('heading', { name: step }).waitFor();
};
/** Of those that do something; -1: there are none yet. */
const runsGoingOn = async () => {
  const headers = { authorization: `Bearer ${await world.token('viewer')}` };
  const answer = await fetch(`${world.url}/v1/runs?limit=200`, { headers });
  const { runs } = (await answer.json()) as { runs: { state: string; preview?: object }[] };
  const doing = runs.filter(({ preview }) => preview === undefined);
  return doing.length === 0 ? -1 : doing.filter(({ state }) => /queued|running|waiting/.test(state)).length;
};
const ordersInOdoo = () => world.odoo.searchRead('sale.order', [], ['name', 'state', 'client_order_ref']);

test('sets up everything, from nothing to the first order in Odoo', { timeout: 900_000 }, async () => {
  await said('Not set up yet');
  await page.getByRole('link', { name: 'Begin the setup' }).click();

  await page.getByLabel('Address').fill(world.sandbox.url);
  await page.getByLabel('Database').fill(world.sandbox.database);
  await page.getByLabel('User').fill(world.sandbox.login);
  await page.getByLabel('API key or password').fill('wrong');
  await button('Test the connection').click();
  await said('Something is missing');
  await page.getByLabel('API key or password').fill(world.sandbox.password);
  await button('Test the connection').click();
  await said('All works');
  await goOnTo('Pair the store');

  await button('Show the code').click();
  await said(/^oco1\./);
  await page.getByLabel('Export address of the store').fill(world.exportUrl);
  await goOnTo('Choose how');
  await button('Open: Pair the store').click();
  await button('Ask the store').click();
  await said('The store answers.');
  await goOnTo('Choose how');
  await goOnTo('Match what exists');

  await button('Look at everything').click();
  await button(/Accept all and go on|Save and go on/).click({ timeout: 240_000 });
  await button('Do it now').click();
  await page.getByRole('heading', { name: 'Runs' }).waitFor();
  await eventually(runsGoingOn, 240_000).toBe(0);

  world.deliver();
  await world.store.placeOrders(1);
  await eventually(ordersInOdoo, 240_000).toMatchObject([{ state: 'sale' }]);
  await open('/records/order');
  await page.getByRole('link', { name: '#1001' }).click();
  await said('Equal to the cent');
  await open('/setup');
  await said('You are live');
});

test('maps a product by hand, and unmaps it', async () => {
  const other = await world.odoo.call('product.template', 'create', [{ name: 'Handmade in Odoo' }]);
  await open('/records/product');
  const first = await page.getByRole('row').nth(1).getByRole('link').first().textContent();
  const row = page.getByRole('row').filter({ hasText: first ?? '' });
  await row.getByRole('button', { name: /^Actions for/ }).click();
  await page.getByRole('menuitem', { name: 'Map to another record' }).click();
  await page.getByRole('combobox', { name: 'Record in Odoo' }).fill('Handmade');
  await page.getByRole('option', { name: /Handmade in Odoo/ }).click();
  await button('Map').click();
  await said(/is mapped/);
  await row.getByText('Mapped by hand').waitFor();
  expect(await row.getByRole('link', { name: /Handmade in Odoo/ }).getAttribute('href')).toContain(`id=${other}`);
  await row.getByRole('button', { name: /^Actions for/ }).click();
  await page.getByRole('menuitem', { name: 'Unmap' }).click();
  await button('Unmap').click();
  await said(/is unmapped/);
  await eventually(() => row.filter({ hasText: 'Mapped by hand' }).count()).toBe(0);
});

test('runs with a preview first, and does what was shown', async () => {
  await open('/records/customer');
  await button('Synchronize').click();
  await page.getByRole('radio', { name: 'Everything' }).check();
  await button('Preview').click();
  await page.getByRole('heading', { name: 'Preview: Customers' }).waitFor();
  await said('Completed');
  await button('Do what is shown').click();
  await page.getByRole('heading', { name: 'Run: Customers' }).waitFor();
  await said('Completed');
});

test('watches a run, and cancels it', async () => {
  // In many pages, the first of which, with the product that is unmapped, is slow enough to be caught at it.
  await open('/settings?tab=timing');
  await page.getByLabel('Records at a time').fill('1');
  await open('/settings?tab=odoo');
  await page.getByLabel('Least time between two calls').fill('3000');
  await button('Save').click();
  await said('The settings are saved.');
  await open('/records/product');
  await button('Synchronize').click();
  await page.getByRole('radio', { name: 'Everything' }).check();
  await page.getByRole('dialog').getByRole('button', { name: 'Synchronize' }).click();
  await button('Cancel the run').click();
  await page.getByText('Cancelled', { exact: true }).waitFor();
  await open('/settings?tab=timing');
  await page.getByLabel('Records at a time').fill('100');
  await open('/settings?tab=odoo');
  await page.getByLabel('Least time between two calls').fill('');
  await button('Save').click();
  await said('The settings are saved.');
});

test('mends a tax that keeps an order from Odoo, right where it is told of', { timeout: 900_000 }, async () => {
  await open('/settings?tab=rules');
  await page.getByRole('combobox', { name: 'If Odoo has it already: Taxes' }).click();
  await page.getByRole('option', { name: 'Ask' }).click();
  await button('Save').click();
  await said('The settings are saved.');
  await open('/settings?tab=reset');
  await page.getByRole('combobox', { name: 'Of what' }).click();
  await page.getByRole('option', { name: 'Taxes' }).click();
  await button('See what would be forgotten').click();
  const label = await page.getByText(/^Type \d+ to confirm$/).textContent();
  await page.getByLabel(/to confirm/).fill(label?.match(/\d+/)?.[0] ?? '');
  await button('Forget them').click();
  // Not "See what would be forgotten": leaving the page before the answer is there would end the reset.
  await said(/(was|were) forgotten\./);

  const orders = (await ordersInOdoo()).length + 4;
  await world.store.placeOrders(4);
  await open('/failures');
  const card = page
    .getByRole('article')
    .filter({ has: button('Map: Tax') })
    .first();
  const isArrived = async () => (await ordersInOdoo()).length === orders;
  // As many taxes as the orders have.
  let mended = 0;
  for (;;) {
    await eventually(async () => (await card.isVisible()) || (await isArrived()), 240_000).toBe(true);
    if (!(await card.isVisible())) break;
    const message = await card.getByText(/^Tax /).textContent();
    await card.getByRole('button', { name: 'Map: Tax' }).click();
    await page.getByRole('combobox', { name: 'Record in Odoo' }).click();
    await page.getByRole('option').first().click();
    await button('Map').last().click();
    await page.getByText(message ?? '', { exact: true }).waitFor({ state: 'detached' });
    mended += 1;
  }
  expect(mended).toBeGreaterThan(0);
  await eventually(isArrived, 240_000).toBe(true);
});

test('undoes a reset', async () => {
  await open('/settings?tab=reset');
  await button('Undo').first().click();
  await said(/Undone\./);
});

test('finds in the log what it looks for by a link, and takes it away as a file', async () => {
  await open('/logs?entity=order&record=1001');
  await page
    .getByRole('row', { name: /Order 1001/ })
    .first()
    .waitFor();
  expect(await page.getByLabel('Record').inputValue()).toBe('1001');
  await page.getByLabel('Search the messages').fill('no such thing');
  await said('Nothing matches');
  expect(page.url()).toContain('q=no+such+thing');
  await page.getByLabel('Search the messages').fill('created');
  await page
    .getByRole('row', { name: /created in Odoo/ })
    .first()
    .waitFor();
  await button('Download').click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('menuitem', { name: /CSV/ }).click(),
  ]);
  const text = await readFile(await download.path(), 'utf8');
  expect(text.split('\r\n')[0]).toContain('time');
  expect(text).toContain('1001');
});

test('keeps changes of the settings that are not saved, and says at the field what is wrong', async () => {
  await open('/settings?tab=timing');
  await page.getByLabel('Export address of the store').fill('not an address');
  await open('/logs');
  await open('/settings?tab=timing');
  const address = () => page.getByLabel('Export address of the store').inputValue();
  await eventually(address).toBe('not an address');
  await button('Save').click();
  await page.locator('[id$=-error]').first().waitFor();
  await button('Discard').click();
  await eventually(address).toBe(world.exportUrl);
});

test('and nothing of all that offended the policy of the page', () => {
  expect(complaints).toEqual([]);
});
