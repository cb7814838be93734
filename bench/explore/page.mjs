/**
 * How long the page's explorer takes, as a visitor meets it: `npm run build && node bench/explore/page.mjs`.
 *
 * Each figure is what the dialog itself says, in a new page: a check of ten kernels, then the differences of five pairs.
 */
import { spawn } from 'node:child_process';
import process from 'node:process';

import { chromium } from '@playwright/test';

import { findBrowser, launchOptions } from '../../e2e/tools/browser.mjs';

const server = spawn(process.execPath, ['src/cli/serve.mjs'], { stdio: ['ignore', 'pipe', 'inherit'] });
const url = await new Promise((resolve) => {
  server.stdout.on('data', (chunk) => {
    const found = /http:\/\/\S+/.exec(String(chunk));
    if (found) resolve(found[0]);
  });
});

/** @type {readonly (readonly [string, string])[]} */
const pairs = [
  ['7.0', '7.1'],
  ['7.0', '7.0+v1'],
  ['7.0+v1', '7.0+v2'],
  ['6.12', '6.12+gif'],
  ['6.12', '7.1'],
];

const browser = await chromium.launch(launchOptions(await findBrowser()));

/** @param {import('@playwright/test').Page} page */
async function took(page) {
  const status = page.getByRole('dialog').getByRole('status').first();
  await status.filter({ hasText: /\([\d.]+ s\)$/ }).waitFor();
  return (await status.textContent())?.replace(/.*\(([\d.]+ s)\)$/, '$1');
}

async function opened() {
  const page = await browser.newPage();
  await page.goto(url);
  await page.waitForSelector('html[data-settled]');
  // The workers rehearse while nobody waits.
  await page.waitForTimeout(2000);
  await page.keyboard.press('c');
  return page;
}

const first = await opened();
console.log(`differences of 7.0 and 7.1, the first job: ${await took(first)}`);
await first.close();
const page = await opened();
await page.getByRole('tab', { name: 'Invariants' }).click();
console.log(`every invariant on ten kernels: ${await took(page)}`);
await page.getByRole('tab', { name: 'Differences' }).click();
for (const [left, right] of pairs) {
  await page.getByLabel('What does').selectOption(right);
  await page.getByLabel('change against').selectOption(left);
  console.log(`differences of ${left} and ${right}, after it: ${await took(page).catch(() => 'known')}`);
}
await browser.close();
server.kill();
