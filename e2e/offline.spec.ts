import type { Page } from '@playwright/test';

import { obstacles } from './axe.ts';
import { expect, test as base } from './fixtures.ts';
import { simpleDialogs, SvmscopePage } from './pages/svmscopePage.ts';
import { PresenterWindow, Stage } from './pages/stage.ts';
import { publishPage, type PublishedPage } from './tools/published.ts';

/** The page on a server of its own for each test. */
const test = base.extend<{ readonly published: PublishedPage }>({
  // oxlint-disable-next-line eslint/no-empty-pattern -- Playwright reads there what a fixture needs.
  published: async ({}, provide) => {
    const published = await publishPage();
    await provide(published);
    await published.stop();
  },
  baseURL: async ({ published }, provide) => provide(published.address),
});

test.beforeEach(async ({ page, svmscope }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await svmscope.open();
});

test.use({ serviceWorkers: 'allow' });

// A build within a test, and the page loaded up to five times: minutes on a busy machine.
test.describe.configure({ timeout: 300_000 });

/** Wait until a newer version is kept whole: how long that takes is the browser's and the machine's affair. */
const told = async ({ notice }: SvmscopePage): Promise<void> =>
  expect(notice).toContainText('A new version is ready', { timeout: 60_000 });

/** Wait until the second version has been loaded. */
const renewed = (page: Page): Promise<void> =>
  page.locator('html[data-build="second"][data-settled="true"]').waitFor({ state: 'attached' });

/** Which of the published versions a page is of; null for the first. */
const buildOf = (page: Page): Promise<string | null> => page.locator('html').getAttribute('data-build');

test('after the first load the whole page works without its server', async ({ svmscope, published }) => {
  await svmscope.press('ArrowRight');
  await published.stop();
  await svmscope.reload();
  await expect(svmscope.story).toContainText('Step 2');
  for (const [key, name] of simpleDialogs) {
    const dialog = await svmscope.openDialog(key, name);
    await svmscope.press('Escape');
    await expect(dialog).toBeHidden();
  }
  await svmscope.press('c');
  await svmscope.compare.explored();
  await expect(svmscope.compare.dialog).toContainText(/7\.1 differs from 7\.0 in [\d,]+ of/);
  await svmscope.press('Escape');
  await svmscope.evidence.openCases();
  await svmscope.evidence.runDone();
  await expect(svmscope.evidence.verdict).toHaveText(/^Conformance: (\d+) of \1 cases agree$/);
  await svmscope.press('Escape');
  await svmscope.editor.open();
  await expect(svmscope.editor.field('L1')).toBeFocused();
});

test('a newer version waits for the visitor, and the run stays where it is', async ({
  svmscope,
  page,
  published,
}) => {
  await svmscope.press('ArrowRight');
  await svmscope.header.nrips.click();
  await published.publish('second');
  await svmscope.reload();
  await told(svmscope);
  expect(await buildOf(page)).toBeNull();
  await svmscope.reload();
  expect(await buildOf(page)).toBeNull();
  await svmscope.press('ArrowRight');
  const story = await svmscope.story.textContent();
  expect(story).toContain('VMMCALL by L2');
  await svmscope.notice.getByRole('button', { name: 'Reload' }).click();
  await renewed(page);
  await expect(svmscope.story).toHaveText(String(story));
  await expect(svmscope.header.nrips).toHaveAttribute('aria-checked', 'false');
  await expect(svmscope.notice).toBeHidden();
  await published.stop();
  await svmscope.reload();
  expect(await buildOf(page)).toBe('second');
});

test('another tab keeps working when one takes the newer version', async ({
  svmscope,
  page: taker,
  context,
  published,
}) => {
  const page = await context.newPage();
  const other = new SvmscopePage(page);
  await other.open();
  await published.publish('second');
  await svmscope.reload();
  await told(svmscope);
  await svmscope.notice.getByRole('button', { name: 'Reload' }).click();
  await renewed(taker);
  await published.stop();
  expect(await buildOf(page)).toBeNull();
  await other.press('c');
  await other.compare.explored();
  await expect(other.compare.dialog).toContainText(/7\.1 differs from 7\.0 in [\d,]+ of/);
  await other.press('Escape');
  await told(other);
  await other.notice.getByRole('button', { name: 'Reload' }).click();
  await renewed(page);
});

test('what an open page of the version before is made of can still be had', async ({
  svmscope,
  page: taker,
  context,
  published,
}) => {
  const page = await context.newPage();
  await page.goto('./');
  const script = page.locator('script[type="module"]');
  await published.publish('second');
  await svmscope.reload();
  await told(svmscope);
  await svmscope.notice.getByRole('button', { name: 'Reload' }).click();
  await renewed(taker);
  const status = await script.evaluate(async ({ src }: HTMLScriptElement) => (await fetch(src)).status);
  expect(status).toBe(200);
  // A server without the file says so.
  expect((await context.request.get(String(await script.getAttribute('src')))).status()).toBe(404);
});

test('a newer version that is put off stays away, and from the open editor', async ({
  svmscope,
  page,
  published,
}) => {
  await published.publish('second');
  await svmscope.reload();
  await told(svmscope);
  expect(await obstacles(page)).toEqual([]);
  await svmscope.editor.open();
  await expect(svmscope.notice).toBeHidden();
  await svmscope.editor.cancel.click();
  await svmscope.notice.getByRole('button', { name: 'Dismiss' }).click();
  await expect(svmscope.notice).toBeHidden();
  await svmscope.reload();
  await told(svmscope);
});

test('the browser finds nothing that keeps it from installing the page', async ({ context }) => {
  // A tab of its own: to answer, the browser asks for the manifest anew.
  const page = await context.newPage();
  await page.goto('./');
  const browser = await context.newCDPSession(page);
  const { errors, data } = await browser.send('Page.getAppManifest');
  expect(errors).toEqual([]);
  const { theme_color: theme } = JSON.parse(data ?? '') as { readonly theme_color: string };
  await expect(page.locator('meta[name="theme-color"][media*="dark"]')).toHaveAttribute('content', theme);
  const { installabilityErrors } = await browser.send('Page.getInstallabilityErrors');
  // Tests run in a window that leaves nothing behind.
  expect(installabilityErrors.filter(({ errorId }) => errorId !== 'in-incognito')).toEqual([]);
});

test('a talk is given without the server, in two windows', async ({ page, published }) => {
  await published.stop();
  const presenter = await PresenterWindow.openedBy(page);
  const stage = new Stage(page);
  await presenter.page.keyboard.press('PageDown');
  await expect(stage.outcome).toContainText('KVM_EXIT_SHUTDOWN');
  await page.reload();
  await expect(stage.outcome).toContainText('KVM_EXIT_SHUTDOWN');
  await presenter.page.keyboard.press('PageDown');
  await expect(stage.told).toContainText('4 / 4');
});
