import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Page } from '@playwright/test';

import { expect, test } from './fixtures.ts';
import { SvmscopePage } from './pages/svmscopePage.ts';

const fixture = (name: string): string =>
  `#${readFileSync(join(import.meta.dirname, `../src/share/fixtures/${name}.txt`), 'utf8').trim()}`;

/** Another tab of the same browser. */
async function anotherTab(page: Page, link: string): Promise<SvmscopePage> {
  const tab = new SvmscopePage(await page.context().newPage());
  await tab.open(new URL(link).hash);
  return tab;
}

test('a link copied with one key opens the same run, as it was shown', async ({ svmscope, page }) => {
  await svmscope.open();
  await svmscope.header.removeKernel('7.0').click();
  await svmscope.press('ArrowRight', 'ArrowLeft');
  await svmscope.operations.choice('Guest', 'CPUID').click();
  await svmscope.press('Shift+ArrowLeft');
  await svmscope.code.show('Functions only');
  const story = await svmscope.story.textContent();
  const link = await svmscope.links.copy();
  expect(link.length).toBeLessThan(300);
  expect(link, 'the address bar has it too').toBe(page.url());
  await expect(svmscope.announcement).toContainText('Link copied');
  const other = await anotherTab(page, link);
  await expect(other.header.kernel('7.1')).toBeVisible();
  await expect(other.header.kernel('7.0')).toBeHidden();
  await expect(other.story).toHaveText(String(story));
  await expect(other.code.panel.getByRole('combobox', { name: 'Show' })).toHaveValue('functions');
  await other.press('b');
  await expect(other.story).toContainText('Step 2');
});

test('on a phone the tab comes along, and the button copies', async ({ svmscope, page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await svmscope.open();
  await svmscope.showTab('Lanes');
  await svmscope.links.button.click();
  await expect(svmscope.links.copied).toBeVisible();
  const link = page.url();
  await page.goto('about:blank');
  await svmscope.open(new URL(link).hash);
  await expect(page.getByRole('tab', { name: 'Lanes' })).toHaveAttribute('aria-selected', 'true');
});

test('where copying is not allowed the link is shown to be copied by hand', async ({ svmscope, page }) => {
  await svmscope.open();
  await svmscope.links.forbidCopying();
  await svmscope.press('l');
  await expect(svmscope.links.field).toBeFocused();
  await expect(svmscope.links.field).toHaveValue(page.url());
  expect(await page.evaluate(() => String(getSelection()))).toBe(page.url());
  await svmscope.press('Escape');
  await expect(svmscope.links.dialog).toBeHidden();
  await expect(svmscope.links.copied).toBeHidden();
});

test('a link that was given out long ago opens', async ({ svmscope }) => {
  await svmscope.open(fixture('v1-branches'));
  await expect(svmscope.header.nrips).toHaveAttribute('aria-checked', 'false');
  await expect(svmscope.notice).toBeHidden();
});

test('the run that a link replaces is the way back, in a later visit too', async ({ svmscope, page }) => {
  await svmscope.open();
  await svmscope.press('ArrowRight', 'ArrowRight');
  const own = String(await svmscope.story.textContent());
  const other = await anotherTab(page, `http://x/${fixture('v2-opening')}`);
  await expect(other.notice).toContainText('This run came with the link.');
  await expect(other.story).not.toHaveText(own);
  const given = other.links.fragment();
  await other.press('ArrowRight');
  await expect(other.story).toContainText('Step 2');
  // The address follows once the run is kept; a browser may lose what was stored in its last milliseconds.
  await expect.poll(() => other.links.fragment()).not.toBe(given);
  await other.reload();
  await expect(other.story, 'a reload shows what was shown').toContainText('Step 2');
  const dialog = await other.openDialog('s', 'Scenarios');
  await dialog.getByRole('button', { name: 'Back to the run that you left' }).click();
  await expect(other.story).toHaveText(own);
  await expect(svmscope.story, 'the first tab has its own').toHaveText(own);
});

test('the notice of a link leads back at once, and Back to the link', async ({ svmscope, page }) => {
  await svmscope.open();
  await svmscope.press('ArrowRight');
  await svmscope.reload();
  await page.goto('about:blank');
  await svmscope.open(fixture('v2-branches'));
  await expect(svmscope.header.kernel('7.0+v2')).toBeVisible();
  await svmscope.links.back.click();
  await expect(svmscope.header.kernel('7.0+v2')).toBeHidden();
  await expect(svmscope.story).toContainText('Step 2');
  expect(svmscope.links.fragment()).toBe('');
  await page.goBack();
  await expect(svmscope.header.kernel('7.0+v2')).toBeVisible();
});

for (const [what, damage, message] of [
  ['cut off', (link: string) => link.slice(0, -20), /link: damaged, cut off or mistyped/],
  ['no link at all', () => '#usage', /link: not one of svmscope's/],
] as const) {
  test(`a link that is ${what} is told in one line, and the run stays`, async ({ svmscope }) => {
    const bad = damage(fixture('v2-opening'));
    await svmscope.open();
    await svmscope.press('ArrowRight', 'ArrowRight');
    const own = String(await svmscope.story.textContent());
    await svmscope.links.typeFragment(bad);
    await expect(svmscope.notice).toContainText(message);
    await expect(svmscope.story).toHaveText(own);
    expect(svmscope.links.fragment()).toBe('');
    await svmscope.reload();
    await expect(svmscope.story).toHaveText(own);
    await svmscope.open(bad);
    await expect(svmscope.notice).toContainText(message);
    await expect(svmscope.story).toHaveText(own);
  });
}

test('a link from a newer build says what to do', async ({ svmscope }) => {
  // Version 9 with three bytes and their checksum.
  await svmscope.open('#v9.AQIDSpnJ-w');
  await expect(svmscope.notice).toContainText('link: made by a newer svmscope (version 9)');
  await expect(svmscope.story).toContainText('to execute the next operation');
});

test('steps make no history; Back from another scenario returns to the run as it was left', async ({
  svmscope,
  page,
}) => {
  await svmscope.open();
  await svmscope.press('ArrowRight', 'ArrowLeft', 'ArrowRight');
  await svmscope.code.show('All nodes');
  const entries = await page.evaluate(() => history.length);
  const own = String(await svmscope.story.textContent());
  const dialog = await svmscope.openDialog('s', 'Scenarios');
  await dialog.getByRole('button', { name: /^L2 clears EFER\.SVME, intercepted/ }).click();
  await expect(svmscope.story).not.toHaveText(own);
  await svmscope.press('ArrowRight');
  const scenario = String(await svmscope.story.textContent());
  expect(await page.evaluate(() => history.length)).toBe(entries + 1);
  await svmscope.code.show('Functions only');
  const show = svmscope.code.panel.getByRole('combobox', { name: 'Show' });
  await page.goBack();
  await expect(svmscope.story).toHaveText(own);
  await expect(show).toHaveValue('all');
  await page.goForward();
  await expect(svmscope.story).toHaveText(scenario);
  await expect(show).toHaveValue('functions');
  await page.goBack();
  await expect(svmscope.story).toHaveText(own);
  await svmscope.reload();
  await expect(svmscope.story).toHaveText(own);
  await page.goForward();
  await expect(svmscope.story, 'a reload loses nothing ahead either').toHaveText(scenario);
});

test('a link typed into the address bar of the open page opens, and Back returns', async ({
  svmscope,
  page,
}) => {
  await svmscope.open();
  await svmscope.press('ArrowRight');
  const own = String(await svmscope.story.textContent());
  await svmscope.links.typeFragment(fixture('v2-branches'));
  await expect(svmscope.header.kernel('7.0+v2')).toBeVisible();
  await expect(svmscope.links.back).toBeVisible();
  await page.goBack();
  await expect(svmscope.story).toHaveText(own);
  await page.goForward();
  await expect(svmscope.header.kernel('7.0+v2')).toBeVisible();
});

test('an address that is a link follows the run; another one stays without', async ({ svmscope }) => {
  await svmscope.open();
  await svmscope.press('ArrowRight');
  await svmscope.reload();
  expect(svmscope.links.fragment()).toBe('');
  await svmscope.links.copy();
  const before = svmscope.links.fragment();
  await svmscope.press('ArrowLeft');
  await expect.poll(() => svmscope.links.fragment()).not.toBe(before);
  await svmscope.press('ArrowRight');
  await expect.poll(() => svmscope.links.fragment()).toBe(before);
});
