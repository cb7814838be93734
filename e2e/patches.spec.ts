import { gzipSync } from 'node:zlib';

import { obstacles } from './axe.ts';
import { expect, test } from './fixtures.ts';
import {
  avicDiff,
  gifDiff,
  mail,
  mbox,
  seriesMbox,
  subjects,
  tripleFaultDiff,
} from '#source/patch/mails.testing.ts';
import { PatchSheet } from './pages/patchSheet.ts';

test.beforeEach(async ({ page, svmscope }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await svmscope.open();
});

test('a mailbox is recognised, and its hunk marks rows and lights up what it changes', async ({
  svmscope,
  page,
}) => {
  const patches = new PatchSheet(page);
  await svmscope.press('ArrowRight');
  const story = await svmscope.story.textContent();
  await patches.drop('v2.mbox.gz', gzipSync(seriesMbox()));
  await expect(patches.letters).toHaveCount(4);
  await expect(patches.current).toContainText(subjects.tripleFault);
  await expect(patches.current).toBeFocused();
  await expect(patches.sheet).toContainText('Recognised as v2 by its message id and by what it changes');
  await expect(patches.hunks).toHaveText(['@@ -210,5 +210,9 @@ties to 6 nodes in svm_set_efer()']);
  expect(await svmscope.story.textContent(), 'the run is left alone').toBe(story);

  const marked = svmscope.code.rows.and(page.locator('[data-hunk]'));
  await expect(marked.filter({ hasText: '!(efer & EFER_SVME)' })).toHaveAccessibleName(/in the hunk:/);
  await expect(marked.filter({ hasText: 'svm_leave_nested()' })).toBeInViewport();
  await expect(svmscope.code.row('!npt_enabled').first()).not.toHaveAttribute('data-hunk');

  await patches.explored();
  await expect(patches.behaviour).toContainText(/^7\.0\+v2 differs from 7\.0 in/);
  await expect(patches.lit).toHaveCount(1);
  await expect(patches.lit).toContainText('the kernels part at this hunk');
  expect(await obstacles(page)).toEqual([]);
  await patches.lit.getByRole('button', { name: /^Open at step/ }).click();
  await expect(svmscope.code.tree.getByRole('columnheader', { name: /7\.0.*v2/ })).toBeVisible();
  await expect(marked.filter({ hasText: 'is_guest_mode(vcpu)' })).toBeInViewport();
  await expect(patches.sheet).toBeVisible();
});

test('another hunk lights up other behaviours, by keyboard, and a row of the code leads back', async ({
  svmscope,
  page,
}) => {
  const patches = new PatchSheet(page);
  await svmscope.press('ArrowRight');
  await patches.drop('gif.mbox', mbox(mail({ subject: `[PATCH v3 1/2] ${subjects.gif}`, diff: gifDiff })));
  await expect(patches.sheet).toContainText('v3: 2 of 2 is missing');
  await expect(patches.hunks).toHaveCount(2);
  await patches.explored();
  await expect(patches.behaviour).toContainText('hang on nested.c @@ -90,4 +90,5 @@');
  await expect(patches.lit.first()).toContainText('svm_leave_nested(): svm_set_gif()');
  await patches.hunks.first().focus();
  await svmscope.press('ArrowDown', 'Enter');
  await expect(patches.hunks.nth(1)).toHaveAttribute('aria-pressed', 'true');
  await expect(patches.behaviour).toContainText('svm.c @@ -212,5 +212,4 @@');
  await expect(patches.lit.first()).toContainText('svm_set_efer(): svm_set_gif()');

  await svmscope.press('Escape');
  await expect(patches.sheet).toBeHidden();
  await expect(patches.hidden).toContainText('gif.mbox');
  await svmscope.code.row('nested_svm_uninit_mmu_context(vcpu)').getByRole('rowheader').click();
  await svmscope.code.detail('Hunk').getByRole('button', { name: 'nested.c @@ -90,4 +90,5 @@' }).click();
  await expect(patches.sheet).toBeVisible();
  await expect(patches.hunks.first()).toHaveAttribute('aria-pressed', 'true');
  await patches.sheet.getByRole('button', { name: 'Close the patches' }).click();
  await expect(patches.hidden).toBeHidden();
  await expect(page.locator('[data-hunk]')).toHaveCount(0);
});

test('a patch that the model has not says so, and what it does not cover', async ({ page }) => {
  const patches = new PatchSheet(page);
  const hostile = '<img src=x onerror="document.title=1"> & <script>';
  const diff = tripleFaultDiff('is_guest_mode(vcpu) && made_up(vcpu)') + avicDiff;
  await patches.drop('own.patch', mail({ subject: `[PATCH] ${hostile}`, diff }));
  await expect(patches.sheet.getByRole('heading', { name: hostile })).toBeVisible();
  await expect(patches.sheet.locator('img')).toHaveCount(0);
  await expect(patches.sheet).toContainText('Not recognised. The model has no version with this patch');
  await expect(patches.behaviour).toBeHidden();
  await expect(patches.hunks.nth(1)).toContainText('not covered by the model: arch/x86/kvm/svm/avic.c');
});

test('what cannot be read says why, and leaves what was open', async ({ svmscope, page }) => {
  const patches = new PatchSheet(page);
  await svmscope.press('ArrowRight');
  const diff = tripleFaultDiff('is_guest_mode(vcpu)');
  await patches.drop('whole.diff', diff);
  await expect(patches.sheet).toContainText('Recognised as v2 by what it changes; it has no subject');
  const bomb = gzipSync(Buffer.alloc(20_000_000, 'From \n'));
  for (const [name, content, told] of [
    ['cut.diff', diff.slice(0, -60), 'cut.diff: line 5: the hunk promises 5 old and 9 new lines'],
    ['cut.mbox.gz', gzipSync(seriesMbox()).subarray(0, 300), 'packed by gzip, and cut off or damaged'],
    ['bomb.mbox.gz', bomb, 'bomb.mbox.gz: unpacks to more than 16.0 MB'],
  ] as const) {
    await patches.drop(name, content);
    await expect(svmscope.notice.filter({ hasText: told })).toContainText('Nothing was replaced.');
  }
  await expect(patches.sheet).toContainText('whole.diff');
  await expect(svmscope.story).toContainText('Step 2');
});

test('on a phone the sheet takes the whole page', async ({ svmscope, page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  const patches = new PatchSheet(page);
  await patches.drop('v2.mbox', seriesMbox());
  await patches.explored();
  await expect(patches.lit).toHaveCount(1);
  expect(await svmscope.overflow()).toBe(0);
  expect(await obstacles(page)).toEqual([]);
  await patches.lit.getByRole('button', { name: /^Open at step/ }).click();
  await expect(patches.hidden).toBeVisible();
});
