import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { obstacles } from './axe.ts';
import { expect, test as base } from './fixtures.ts';
import { RecordingView, shipped } from './pages/recording.ts';
import { settle } from './pages/settled.ts';
import { PresenterWindow, Stage } from './pages/stage.ts';
import { simpleDialogs } from './pages/svmscopePage.ts';

const built = join(import.meta.dirname, '../dist-file/svmscope.html');

/** The one file, alone in a folder: nothing beside it can help it. */
const test = base.extend({
  // oxlint-disable-next-line eslint/no-empty-pattern -- Playwright reads there what a fixture needs.
  baseURL: async ({}, provide) => {
    const folder = await mkdtemp(join(tmpdir(), 'svmscope-file-'));
    const file = join(folder, 'svmscope.html');
    await copyFile(built, file);
    await provide(pathToFileURL(file).href);
    await rm(folder, { recursive: true });
  },
});

/** Addresses that were asked for, but for what the page holds in itself. */
let requests: string[] = [];

test.beforeEach(async ({ page, svmscope, baseURL }) => {
  requests = [];
  page.on('request', (request) => requests.push(request.url()));
  await page.setViewportSize({ width: 1440, height: 900 });
  await svmscope.open(baseURL);
});

test.afterEach(({ baseURL }) => {
  const outside = requests.filter((address) => !/^(data|blob):/.test(address));
  expect(new Set(outside), 'nothing but the file was read').toEqual(new Set([baseURL]));
});

test('the page opens from disk, and keeps the run', async ({ svmscope, page }) => {
  expect(await obstacles(page)).toEqual([]);
  await svmscope.press('ArrowRight');
  await expect(svmscope.story).toContainText('The kernels part in svm_set_efer()');
  await svmscope.reload();
  await expect(svmscope.story).toContainText('The kernels part in svm_set_efer()');
});

test('every dialog opens from disk', async ({ svmscope }) => {
  for (const [key, name] of simpleDialogs) {
    const dialog = await svmscope.openDialog(key, name);
    await svmscope.press('Escape');
    await expect(dialog).toBeHidden();
  }
});

test('kernels are explored from disk: the workers are inside the file', async ({ svmscope }) => {
  const { compare } = svmscope;
  await svmscope.press('c');
  await compare.explored();
  await expect(compare.dialog).toContainText(/7\.1 differs from 7\.0 in [\d,]+ of [\d,]+ transitions/);
  await compare.show('Invariants');
  await expect(compare.verdict('I6', '7.0')).toBeVisible();
});

test('the recordings are inside the file', async ({ svmscope }) => {
  await svmscope.evidence.openCases();
  await svmscope.evidence.runDone();
  await expect(svmscope.evidence.verdict).toHaveText(/^Conformance: (\d+) of \1 cases agree$/);
});

test('a recording is opened from disk, and held against a kernel', async ({ page }) => {
  const recording = new RecordingView(page);
  await recording.open(shipped('events/6.12+v2/S07-l2-clear-svme-no-msrprot'));
  await expect(recording.file).toHaveText('S07-l2-clear-svme-no-msrprot.txt.gz');
  await recording.hold('6.12');
  await expect(recording.mismatches).toContainText('KVM_EXIT_SHUTDOWN', { timeout: 60_000 });
});

test('a program is edited from disk', async ({ svmscope }) => {
  const { editor } = svmscope;
  await editor.open();
  await editor.field('L2').fill('CPUID # exits');
  await editor.title.fill('L2 asks who it is');
  await editor.apply.click();
  await expect(svmscope.program.code('L2')).toContainText('CPUID');
  await expect(svmscope.story).toContainText('L2 asks who it is');
});

test('a browser that keeps nothing for files shows the page all the same', async ({ svmscope, page }) => {
  await page.addInitScript(() => {
    for (const storage of ['localStorage', 'sessionStorage'])
      Object.defineProperty(window, storage, {
        get: () => {
          throw new DOMException('denied', 'SecurityError');
        },
      });
  });
  await svmscope.reload();
  await svmscope.press('ArrowRight', 't');
  await expect(svmscope.story).toContainText('Step 2');
  await svmscope.reload();
  await expect(svmscope.story).toContainText('Step 1');
});

test('the browser keeps the file from asking anybody', async ({ browser, baseURL }) => {
  // A window of its own: what is tried here is an error on any page.
  const page = await browser.newPage();
  await page.goto(String(baseURL));
  const refused = page.evaluate(
    () =>
      new Promise<string>((resolve) => {
        addEventListener('securitypolicyviolation', ({ effectiveDirective }) => resolve(effectiveDirective));
        fetch('https://example.org/').catch(() => undefined);
      }),
  );
  expect(await refused).toBe('connect-src');
  await page.close();
});

test('a talk is given from disk, in two windows, over a reload of either', async ({ page }) => {
  const presenter = await PresenterWindow.openedBy(page);
  const stage = new Stage(page);
  await presenter.page.keyboard.press('PageDown');
  await expect(stage.outcome).toContainText('KVM_EXIT_SHUTDOWN');
  await presenter.page.getByRole('switch', { name: 'NRIPS' }).click();
  await expect(stage.outcome).toContainText('without NRIPS the skip decodes');
  await page.reload();
  await settle(page);
  await presenter.page.keyboard.press('PageUp');
  await expect(stage.told).toContainText('3 / 4');
  await presenter.page.reload();
  await settle(presenter.page);
  await presenter.page.keyboard.press('PageDown');
  await expect(stage.told).toContainText('4 / 4');
});

test('pictures are drawn and a link is made from disk', async ({ svmscope, page }) => {
  await svmscope.press('ArrowRight', 'x');
  await page.getByRole('radio', { name: 'Chart' }).click();
  await expect(page.getByRole('img', { name: /chart/i })).toBeVisible();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Save as PNG' }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/\.png$/);
  await page.getByRole('radio', { name: 'Link' }).click();
  await expect(page.getByRole('region', { name: 'Preview' })).toContainText(/^file:.*#v\d+\./);
});
