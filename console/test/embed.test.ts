/** The console in a frame of the store's admin. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser } from './support/browser.ts';
import { startWorld, type World } from './support/world.ts';

let world: World;
let browser: Browser;
let shop: Server;
let stranger: Server;
const originOf = (server: Server) => `http://localhost:${(server.address() as AddressInfo).port}`;

/** A page of a store's admin, as its extension makes it: it hands over a token when it is asked for one. */
const adminPage = (console: string, token: string) => `<!doctype html><html lang="en"><title>Admin</title>
<iframe title="Console" src="${console}/records/customer?embed=1" width="1200" height="800"></iframe>
<script>
  const messages = [];
  const frame = document.querySelector('iframe');
  addEventListener('message', ({ origin, source, data }) => {
    if (origin !== '${console}' || source !== frame.contentWindow) return;
    messages.push(data);
    if (data.type !== 'opencart-odoo:ready' && data.type !== 'opencart-odoo:token-needed') return;
    const expiresAt = new Date(Date.now() + 300000).toISOString();
    source.postMessage({ type: 'opencart-odoo:token', token: '${token}', expiresAt, locale: 'de-de', scheme: 'dark' }, origin);
  });
</script>`;

beforeAll(async () => {
  browser = await openBrowser();
  const serve = () =>
    new Promise<Server>((resolve) => {
      const server = createServer(async (_, response) => {
        response.setHeader('content-type', 'text/html');
        response.end(adminPage(world.url, await world.token('viewer', 300)));
      });
      server.listen(0, () => resolve(server));
    });
  shop = await serve();
  stranger = await serve();
  world = await startWorld([originOf(shop)]);
  await world.setUp();
});
afterAll(async () => {
  await browser?.close();
  shop?.close();
  stranger?.close();
  await world?.stop();
});

test('takes its token, language and colours from the store, and tells where it is', async () => {
  const page = await browser.newPage({ locale: 'en-GB' });
  await page.goto(originOf(shop));
  const frame = page.frameLocator('iframe');
  await frame.getByRole('heading', { name: 'Kunden' }).waitFor();
  expect(await frame.locator('html').getAttribute('data-mantine-color-scheme')).toBe('dark');
  await frame.getByRole('button', { name: 'Menü öffnen' }).click();
  await frame.getByRole('dialog').getByRole('link', { name: 'Protokoll' }).click();
  await frame.getByRole('heading', { name: 'Protokoll' }).waitFor();
  await page.waitForFunction("messages.at(-1)?.path === '/logs'");
  const messages = (await page.evaluate('messages')) as { type: string; path?: string; version?: number }[];
  expect(messages[0]).toEqual({ type: 'opencart-odoo:ready', version: 1 });
  expect(messages.at(-1)).toEqual({ type: 'opencart-odoo:navigated', path: '/logs' });
  const kept = await frame
    .locator('html')
    .evaluate('() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }])');
  expect(String(kept)).not.toContain('eyJ');
  await page.close();
});

test('is held in no frame of anybody else', async () => {
  const page = await browser.newPage();
  await page.goto(originOf(stranger));
  await page.waitForLoadState('networkidle');
  expect(await page.evaluate('messages')).toEqual([]);
  expect(await page.frameLocator('iframe').getByRole('heading').count()).toBe(0);
  await page.close();
});
