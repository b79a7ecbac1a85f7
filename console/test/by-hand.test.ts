/** What a merchant does with single records: accepts what Odoo has, looks at new ones, maps what was never seen. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser, visit } from './support/browser.ts';
import { startWorld, type World } from './support/world.ts';

let world: World;
let browser: Browser;
let page: Page;
let complaints: string[];
beforeAll(async () => {
  browser = await openBrowser();
  world = await startWorld();
  await world.setUp();
  const vat = { name: 'Domestic 20', amount: 20, amount_type: 'percent', type_tax_use: 'sale' };
  await world.odoo.call('account.tax', 'create', [vat]);
  ({ page, complaints } = await visit(browser, world, 'manager', '/setup?step=match'));
});
afterAll(async () => {
  await browser?.close();
  await world?.stop();
});

const button = (name: string) => page.getByRole('button', { name, exact: true });
const open = (path: string) => page.goto(`${world.url}${path}`);
const said = (text: string | RegExp) => page.getByText(text).first().waitFor();

test('accepts a currency that Odoo has; a tax only with all others, as what it is is not known', async () => {
  await button('Look at everything').click();
  const table = (name: string) => page.getByRole('table', { name, exact: true });
  await table('Taxes').waitFor();
  expect(await table('Taxes').getByRole('button', { name: 'Accept', exact: true }).count()).toBe(0);
  expect(await table('Taxes').getByRole('button', { name: 'Another one …' }).count()).toBeGreaterThan(0);
  const row = table('Currencies').getByRole('row').nth(1);
  await row.getByRole('button', { name: 'Accept', exact: true }).click();
  await row.getByText('Accepted').waitFor();
});

test('synchronizes a record that the connector has never seen from its page', async () => {
  const [customer] = world.store.customers;
  await open(`/records/customer/${customer?.customerId}`);
  await said('The connector does not know this record yet');
  await button('Synchronize now').click();
  await said('Made by the connector');

  await open('/records/customer/987654');
  await button('Synchronize now').click();
  await page.getByRole('link', { name: 'Look at the run' }).click();
  await page.getByRole('heading', { name: 'Run: Customers' }).waitFor();
  await said('Not in the store');
});

test('maps an address by hand that was never seen, and says what it is', async () => {
  const [company] = [await world.odoo.call('res.partner', 'create', [{ name: 'Garden Ltd', is_company: true }])].flat();
  await world.odoo.call('res.partner', 'create', [{ name: 'Back door', type: 'delivery', parent_id: Number(company) }]);
  await open('/records/address');
  await button('Map by hand').click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText(/address_id/).waitFor();
  await dialog.getByLabel('Number in the store').fill('9001');
  await dialog.getByRole('combobox', { name: 'Record in Odoo' }).fill('Back door');
  await page.getByRole('option', { name: /Back door/ }).click();
  await dialog.getByRole('button', { name: 'Map', exact: true }).click();
  const told = {
    ...{ 'Number of the customer': '12', 'E-mail address of the customer': 'zoe@example.com' },
    ...{ 'First name': 'Zoë', 'Last name': 'Müller', Street: '1 Market St', City: 'Berlin' },
  };
  for (const [name, text] of Object.entries(told)) {
    await dialog.getByRole('textbox', { name, exact: true }).fill(text);
  }
  await dialog.getByRole('button', { name: 'Map', exact: true }).click();
  await said('9001 is mapped.');
});

test('finds addresses where they are, with nothing to synchronize: they come with their customers', async () => {
  const row = page.getByRole('row', { name: /1 Market St/ });
  await row.getByText('Mapped by hand').waitFor();
  await said('Addresses are synchronized with their customers.');
  expect(await page.getByRole('checkbox').count()).toBe(0);
  await row.getByRole('button', { name: /^Actions for/ }).click();
  await page.getByRole('menuitem', { name: 'Map to another record' }).waitFor();
  expect(await page.getByRole('menuitem', { name: 'Synchronize now' }).count()).toBe(0);
  await open('/records/address/9001');
  await button('Unmap').waitFor();
  expect(await button('Synchronize now').count()).toBe(0);
});

test('is told that a currency is known by its code', async () => {
  await open('/records/currency');
  await button('Map by hand').click();
  await page.getByLabel('Code in the store').waitFor();
  await said('The ISO code of the currency, e.g. EUR.');
});

test('waits for its turn while others talk to Odoo, until it is cancelled', async () => {
  // Read only now, as the world's own parts are.
  const { Lane } = await import('../../lib/store/lanes.ts');
  const lane = await Lane.take('main', 0, 10_000);
  const dialog = page.getByRole('dialog');
  const waiting = page.getByText('It waits until others are done with Odoo.');
  const unmap = async () => {
    await button('Unmap').click();
    await dialog.getByRole('button', { name: 'Unmap' }).click();
    await waiting.waitFor();
  };
  await open('/records/address/9001');
  await unmap();
  // What is under way already when it is cancelled must not have the turn that the next one waits for.
  const last = page.waitForResponse((response) => response.request().method() === 'DELETE');
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await waiting.waitFor({ state: 'detached' });
  await last;
  await unmap();
  await lane.giveBack();
  await said(/is unmapped\./);
  await waiting.waitFor({ state: 'detached' });
});

test('and nothing of all that offended the policy of the page', () => {
  expect(complaints).toEqual([]);
});
