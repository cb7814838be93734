/**
 * Key press to painted step, with four kernels shown: `node bench/step-paint.mjs`.
 *
 * Drives the production build in Chromium. The clock starts in the page, when the key arrives, and stops in the first
 * task after the frame that shows the step. Beside it stands the same measure of a key that changes nothing, which is
 * what the browser itself needs for a frame.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { join } from 'node:path';

import { chromium } from '@playwright/test';

import { findBrowser, launchOptions } from '../e2e/tools/browser.mjs';

const rounds = 200;
const root = join(import.meta.dirname, '..');

/** Start the server on a free port: its address and how to stop it. */
async function serve() {
  const server = spawn(process.execPath, ['src/cli/serve.mjs'], {
    cwd: root,
    env: { ...process.env, PORT: '4700' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for await (const line of createInterface({ input: server.stdout })) {
    const address = /https?:\S+/.exec(line)?.[0];
    if (address !== undefined) return { address, stop: () => server.kill() };
  }
  await once(server, 'exit');
  throw new Error('the server did not start');
}

/**
 * Note in the page how long each key press takes to be painted.
 * @param {import('@playwright/test').Page} page
 */
async function watchKeys(page) {
  await page.evaluate(() => {
    const times = /** @type {number[]} */ ([]);
    Object.assign(window, { keyTimes: times });
    const channel = new MessageChannel();
    let begun = 0;
    channel.port1.addEventListener('message', () => times.push(performance.now() - begun));
    channel.port1.start();
    window.addEventListener(
      'keydown',
      () => {
        begun = performance.now();
        requestAnimationFrame(() => channel.port2.postMessage(undefined));
      },
      { capture: true },
    );
  });
}

/**
 * Press keys in turn and read the times.
 * @param {import('@playwright/test').Page} page
 * @param {readonly string[]} keys
 * @returns {Promise<number[]>}
 */
async function measure(page, keys) {
  await page.evaluate(() => Reflect.get(window, 'keyTimes').splice(0));
  for (let round = 0; round < rounds; round += 1) {
    await page.keyboard.press(keys[round % keys.length] ?? 'F2');
    await page.waitForFunction((count) => Reflect.get(window, 'keyTimes').length >= count, round + 1);
  }
  return page.evaluate(() => [...Reflect.get(window, 'keyTimes')]);
}

/** @param {number[]} times */
function summary(times) {
  const sorted = times.toSorted((left, right) => left - right);
  const at = (/** @type {number} */ part) => (sorted[Math.floor(sorted.length * part)] ?? 0).toFixed(1);
  return `median ${at(0.5)} ms, p95 ${at(0.95)} ms, worst ${at(0.999)} ms`;
}

const { address, stop } = await serve();
const browser = await chromium.launch(launchOptions(await findBrowser()));
try {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.goto(address);
  await page.locator('html[data-settled="true"]').waitFor({ state: 'attached' });
  await page.keyboard.press('k');
  await page.getByRole('button', { name: 'What was posted' }).click();
  await page.keyboard.press('Escape');
  await watchKeys(page);
  const idle = await measure(page, ['F2']);
  const step = await measure(page, ['ArrowRight', 'ArrowLeft']);
  console.log(`a key that changes nothing: ${summary(idle)}`);
  console.log(
    `a step, ${await page.getByRole('columnheader').count()} column headers shown: ${summary(step)}`,
  );
} finally {
  await browser.close();
  stop();
}
