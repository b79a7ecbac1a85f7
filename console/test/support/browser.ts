import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { expect } from 'vitest';
import type { Role } from '../../../lib/access/token.ts';
import type { World } from './world.ts';

const places = [
  ...['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/usr/bin/google-chrome-stable'],
  ...['/snap/bin/chromium', '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'],
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** @throws Error with what to do where there is no browser */
export function openBrowser(): Promise<Browser> {
  const { CHROMIUM } = process.env;
  const executablePath = CHROMIUM ?? places.find((place) => existsSync(place));
  if (executablePath === undefined || !existsSync(executablePath)) {
    throw new Error(
      `There is no Chromium${CHROMIUM === undefined ? '' : ` at CHROMIUM=${CHROMIUM}`}: install it ` +
        '(e.g. apt-get install chromium), or set CHROMIUM to where it is.',
    );
  }
  return chromium.launch({ executablePath, args: ['--no-sandbox'] });
}

export interface Visit {
  page: Page;
  /** What the browser complained of: errors of scripts, and what the Content-Security-Policy forbade. */
  complaints: string[];
  close(): Promise<void>;
}

/** Somebody at the console, signed in by a link as the connector's command line prints it. */
export async function visit(
  browser: Browser,
  world: World,
  role: Role,
  path = '/',
  options: BrowserContextOptions = {},
): Promise<Visit> {
  const context = await browser.newContext({
    ...{ locale: 'en-GB', reducedMotion: 'reduce', viewport: { width: 1280, height: 900 } },
    ...options,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(120_000);
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    // That something is not there is for the page to say.
    if (message.type() === 'error' && !message.text().includes('Failed to load resource')) {
      complaints.push(message.text());
    }
  });
  await page.goto(`${world.url}${path}#token=${await world.token(role)}`);
  return { page, complaints, close: () => context.close() };
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe finds on a page, by rule, with where it is. */
export async function axeFindings(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  return page.evaluate(
    `axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) =>
      violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => id + ' ' + target + ' ' + failureSummary)))`,
  );
}

/** Waits until a question is answered as expected. */
export const eventually = (ask: () => unknown, timeout = 30_000) => expect.poll(ask, { timeout, interval: 200 });
