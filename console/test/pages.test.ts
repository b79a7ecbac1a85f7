/** Every page, for everybody: without findings of axe, without complaints of the browser, as wide as the screen. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { mintToken } from '../../lib/access/token.ts';
import { newWebhookSecret } from '../../lib/opencart/signature.ts';
import { axeFindings, openBrowser, visit } from './support/browser.ts';
import { startWorld, type World } from './support/world.ts';

let world: World;
let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
  world = await startWorld();
  await world.setUp();
  world.deliver();
  await world.store.importAll();
  await world.store.placeOrders(2);
  const arrived = async () => expect(await world.odoo.searchRead('sale.order', [], ['id'])).toHaveLength(2);
  await vi.waitFor(arrived, { timeout: 240_000, interval: 200 });
});
afterAll(async () => {
  await browser?.close();
  await world?.stop();
});

const entities = [
  ...['customer', 'address', 'category', 'option', 'option-value', 'product'],
  ...['tax', 'currency', 'carrier', 'payment-method', 'order'],
];
const pages = [
  ...['/', '/setup', '/setup?step=odoo', '/setup?step=store', '/setup?step=choices', '/setup?step=live'],
  ...entities.map((entity) => `/records/${entity}`),
  ...['/orders/1001', '/records/product/nothing', '/order-status', '/runs', '/failures', '/logs'],
  ...['odoo', 'records', 'rules', 'timing', 'history', 'reset'].map((tab) => `/settings?tab=${tab}`),
  '/no/such/page',
];

const screens = {
  'a light desktop': { colorScheme: 'light' },
  'a dark desktop': { colorScheme: 'dark' },
  'a phone': { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true },
  'a German desktop': { locale: 'de-DE' },
} as const;

describe.each(Object.entries(screens))('on %s', (_, options) => {
  test('every page is accessible, fits, and offends no policy', { timeout: 600_000 }, async () => {
    const { page, complaints, close } = await visit(browser, world, 'manager', '/', options);
    const findings: string[] = [];
    for (const path of pages) {
      await page.goto(`${world.url}${path}`);
      await page.locator('h1').first().waitFor();
      await page.locator('[role=status][aria-label]').first().waitFor({ state: 'detached' });
      findings.push(...(await axeFindings(page)).map((finding) => `${path}: ${finding}`));
      const excess = await page.evaluate('document.documentElement.scrollWidth - innerWidth');
      if (Number(excess) > 1) findings.push(`${path}: is ${excess} px wider than the screen`);
    }
    expect(findings).toEqual([]);
    expect(complaints).toEqual([]);
    await close();
  });
});

test('the way to the overview has a name as long as nobody knows how it goes', async () => {
  const { page, close } = await visit(browser, world, 'viewer', '/logs');
  await page.route('**/v1/health', () => {});
  await page.goto(`${world.url}/logs`);
  await page.getByRole('heading', { name: 'Log' }).waitFor();
  expect(await axeFindings(page)).toEqual([]);
  await close();
});

test('a viewer may look but not touch', async () => {
  const { page, close } = await visit(browser, world, 'viewer', '/records/order');
  await page.getByRole('row', { name: /#1001/ }).waitFor();
  expect(await page.getByText('View only').isVisible()).toBe(true);
  for (const name of ['Synchronize', 'Map by hand']) expect(await page.getByRole('button', { name }).count()).toBe(0);
  await page.goto(`${world.url}/settings`);
  expect(await page.getByLabel('Address').isDisabled()).toBe(true);
  await page.goto(`${world.url}/settings?tab=reset`);
  await page.getByText('Only managers can do this').waitFor();
  await page.goto(`${world.url}/setup`);
  await page.getByText('Only managers can do this').waitFor();
  await page.goto(`${world.url}/logs`);
  await page
    .getByRole('row', { name: /Order 1001/ })
    .first()
    .waitFor();
  expect(await page.getByRole('button', { name: 'Clear' }).count()).toBe(0);
  await close();
});

test('the token is out of the address at once, and in no storage that outlives the tab', async () => {
  const { page, close } = await visit(browser, world, 'manager', '/logs');
  await page.getByRole('heading', { name: 'Log' }).waitFor();
  expect(page.url()).toBe(`${world.url}/logs`);
  expect(String(await page.evaluate('JSON.stringify({ ...localStorage })'))).not.toContain('eyJ');
  await page.reload();
  await page.getByRole('heading', { name: 'Log' }).waitFor();
  await close();
});

test('a link to another connection ends no session unasked', async () => {
  const { page, complaints, close } = await visit(browser, world, 'manager', '/logs');
  await page.getByRole('heading', { name: 'Log' }).waitFor();
  const of = { connection: 'other', secret: newWebhookSecret(), subject: 'mallory', role: 'manager' } as const;
  const link = `#token=${await mintToken({ ...of, lifetimeSeconds: 600 })}`;

  await page.goto(`${world.url}/runs${link}`);
  await page.getByRole('heading', { name: 'Another connection' }).waitFor();
  await page.getByText('as mallory').waitFor();
  expect(page.url()).toBe(`${world.url}/runs`);
  expect(await axeFindings(page)).toEqual([]);
  await page.getByRole('button', { name: 'Stay with main' }).click();
  const runs = page.getByRole('heading', { name: 'Runs', level: 1 });
  await runs.waitFor();
  await page.reload();
  await runs.waitFor();

  // The API knows no such connection.
  await page.goto(`${world.url}/logs${link}`);
  await page.getByRole('button', { name: 'Change to other' }).click();
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  expect(complaints).toEqual([]);
  await close();
});

test('without a token one is asked for, and what is none is refused', async () => {
  const page = await browser.newPage();
  await page.goto(`${world.url}/logs`);
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  await page.getByLabel('Token').fill('nonsense');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByText('This is no token').waitFor();
  expect(await axeFindings(page)).toEqual([]);
  await page.getByLabel('Token').fill(await world.token('viewer'));
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('heading', { name: 'Log' }).waitFor();
  await page.close();
});

test('says so when it is offline, and keeps showing what there was', async () => {
  const { page, close } = await visit(browser, world, 'manager', '/records/order');
  await page.getByRole('row', { name: /#1001/ }).waitFor();
  await page.context().setOffline(true);
  await page.getByText('You are offline').waitFor();
  expect(await page.getByRole('row', { name: /#1001/ }).isVisible()).toBe(true);
  await page.context().setOffline(false);
  await page.getByText('You are offline').waitFor({ state: 'detached' });
  await close();
});
