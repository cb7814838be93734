/**
 * Scrubbing through a recording of a million events on the page: `node bench/trace/scrub.mjs [MB]`, after a build.
 *
 * A synthetic recording is opened by the file dialog, and its slider is dragged to 200 places, one in each frame. For
 * each move stands what the page's main thread worked for it, as the browser counts it, and how long the frame took.
 * Beside it the same for a pointer that moves over nothing: what the browser itself needs.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

import { chromium } from '@playwright/test';

import { findBrowser, launchOptions } from '../../e2e/tools/browser.mjs';
import { syntheticText } from './texts.mjs';

/** @import { CDPSession, Page } from '@playwright/test' */

const moves = 200;
const root = join(import.meta.dirname, '../..');
const megabytes = Number(process.argv[2] ?? 130);

/** Start the server: its address and how to stop it. @returns {Promise<{ address: string, stop: () => void }>} */
async function serve() {
  const server = spawn(process.execPath, ['src/cli/serve.mjs', '--built'], {
    cwd: root,
    env: { ...process.env, PORT: '4701' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for await (const line of createInterface({ input: server.stdout })) {
    const address = /https?:\S+/.exec(line)?.[0];
    if (address !== undefined) return { address, stop: () => server.kill() };
  }
  throw new Error('the server did not start');
}

/** What the main thread worked so far, in milliseconds. @param {CDPSession} session */
async function worked(session) {
  const { metrics } = await session.send('Performance.getMetrics');
  return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0) * 1000;
}

/** @param {Page} page */
const frame = (page) =>
  page.evaluate(
    () =>
      new Promise((resolve) => {
        const begun = performance.now();
        requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - begun)));
      }),
  );

/**
 * Move the pointer along a line, and note the work and the frame of each move.
 * @param {Page} page
 * @param {CDPSession} session
 * @param {{ x: number, y: number, width: number }} line
 */
async function measure(page, session, { x, y, width }) {
  const work = [];
  const frames = [];
  for (let move = 0; move < moves; move += 1) {
    // Places that follow each other lie far apart: nothing of one serves the next.
    const share = ((move * 79) % moves) / moves;
    const before = await worked(session);
    await page.mouse.move(x + share * width, y);
    frames.push(Number(await frame(page)));
    work.push((await worked(session)) - before);
  }
  return { work, frames };
}

/** @param {readonly number[]} times */
function summary(times) {
  const sorted = times.toSorted((left, right) => left - right);
  const at = (/** @type {number} */ part) => (sorted[Math.floor(sorted.length * part)] ?? 0).toFixed(1);
  return `median ${at(0.5)}, p95 ${at(0.95)}, worst ${at(0.999)}`;
}

/** @param {string} what @param {{ work: readonly number[], frames: readonly number[] }} measured */
const tell = (what, { work, frames }) =>
  console.log(`${what}: main thread ${summary(work)} ms a move; to the frame ${summary(frames)} ms`);

const folder = mkdtempSync(join(tmpdir(), 'svmscope-bench-scrub-'));
const path = syntheticText(folder, megabytes);
const { address, stop } = await serve();
const browser = await chromium.launch(launchOptions(await findBrowser()));
try {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, serviceWorkers: 'block' });
  const session = await page.context().newCDPSession(page);
  // The thread's own time: what others do on the machine does not count.
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  await page.goto(address);
  await page.locator('html[data-settled="true"]').waitFor({ state: 'attached' });
  await page.keyboard.press('u');
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Choose files' }).click();
  await (await chooser).setFiles(path);
  const slider = page.getByRole('slider', { name: 'Position in the recording' });
  await slider.locator('svg path').first().waitFor({ state: 'attached', timeout: 300_000 });
  // What is looked for in the whole recording is over by then: scrubbing is measured, not that.
  await page
    .getByText(/known by its traces|The SVME bug/)
    .first()
    .waitFor({ timeout: 300_000 });
  console.log(`${await slider.getAttribute('aria-valuemax')} events, ${moves} moves`);
  const box = await slider.boundingBox();
  if (!box) throw new Error('the slider is not shown');
  const y = box.y + box.height / 2;
  tell('a pointer over nothing', await measure(page, session, { x: box.x, y: 20, width: 100 }));
  await page.mouse.move(box.x + 1, y);
  await page.mouse.down();
  tell('scrubbing', await measure(page, session, { x: box.x, y, width: box.width - 1 }));
  await page.mouse.up();
} finally {
  await browser.close();
  stop();
  rmSync(folder, { recursive: true });
}
