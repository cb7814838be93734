/**
 * Find a Chromium that works, or get one. A file of the right name proves nothing: stubs that only advertise an
 * installer exist. So a candidate counts when it shows a page.
 */
import { accessSync, constants } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';

import { chromium } from '@playwright/test';

import { run } from './run.mjs';

/** Silence everything that Chromium does on its own account, and let it start as root and without a GPU. */
const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Stands for the build that Playwright has installed for itself. */
const playwrightsOwn = 'playwright';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];

/**
 * Give the launch options for a browser that findBrowser() has found.
 * @param {string} browser
 */
export function launchOptions(browser) {
  return { args: flags, ...(browser === playwrightsOwn ? {} : { executablePath: browser }) };
}

/**
 * Find a working browser, installing one where none is: its path, or `playwrightsOwn`.
 * @returns {Promise<string>}
 */
export async function findBrowser() {
  for (const candidate of [...named(), ...onPath(), playwrightsOwn])
    if (await renders(candidate)) return candidate;
  console.error('no Chromium found: trying to install one, which can take some minutes');
  await installPlaywrights();
  if (await renders(playwrightsOwn)) return playwrightsOwn;
  await installDebians();
  for (const candidate of onPath()) if (await renders(candidate)) return candidate;
  throw new Error(
    'The end-to-end tests need Chromium: install it, or name one in E2E_CHROMIUM=/path/to/chromium.',
  );
}

/** @returns {readonly string[]} */
function named() {
  return [process.env['E2E_CHROMIUM'] ?? '', process.env['CHROME_PATH'] ?? ''].filter((path) => path !== '');
}

/** @returns {readonly string[]} */
function onPath() {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).filter(isExecutable);
}

/** @param {string} path */
function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** @param {string} candidate */
async function renders(candidate) {
  try {
    const browser = await chromium.launch({ ...launchOptions(candidate), timeout: 20_000 });
    try {
      const page = await browser.newPage();
      await page.goto('data:text/html,<h1>shown</h1>', { timeout: 10_000 });
      return (await page.getByRole('heading').boundingBox({ timeout: 10_000 })) !== null;
    } finally {
      await browser.close();
    }
  } catch {
    return false;
  }
}

async function installPlaywrights() {
  const cli = join(
    dirname(createRequire(import.meta.url).resolve('@playwright/test/package.json')),
    'cli.js',
  );
  await run(process.execPath, [cli, 'install', '--only-shell', 'chromium'], { seconds: 180, quiet: true });
}

async function installDebians() {
  const asRoot = process.getuid?.() === 0 ? [] : ['sudo', '-n'];
  for (const step of [['update'], ['install', '-y', '--no-install-recommends', 'chromium']]) {
    const [command = '', ...args] = [...asRoot, 'apt-get', ...step];
    await run(command, args, { seconds: 600, quiet: true });
  }
}
