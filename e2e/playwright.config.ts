import { join } from 'node:path';

import { defineConfig, devices } from '@playwright/test';

import { findBrowser, launchOptions } from './tools/browser.mjs';
import { freePort } from './tools/freePort.mjs';

// Every worker reads this file again: settle browser and port once, in the first process, and hand them down.
const browser = (process.env['E2E_BROWSER'] ??= await findBrowser());
const port = (process.env['E2E_PORT'] ??= await freePort());
const address = `http://127.0.0.1:${port}/`;

export default defineConfig({
  fullyParallel: true,
  forbidOnly: process.env['CI'] !== undefined,
  retries: 0,
  // axe reads every colour of a full page: seconds on a free machine, most of a minute on a busy one.
  timeout: 120_000,
  workers: 2,
  use: {
    ...devices['Desktop Chrome'],
    // Spread in with the device, it would win over executablePath.
    channel: undefined,
    baseURL: address,
    // Keeping the page offline loads all of it once more: only offline.spec.ts waits for that.
    serviceWorkers: 'block',
    launchOptions: launchOptions(browser),
    trace: 'retain-on-failure',
  },
  webServer: {
    command: `"${process.execPath}" "${join(import.meta.dirname, '../src/cli/serve.mjs')}" --built`,
    env: { PORT: port },
    url: address,
    reuseExistingServer: false,
  },
});
