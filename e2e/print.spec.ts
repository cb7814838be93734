import { expect, test } from './fixtures.ts';

/** A4 between its margins, in pixels. */
const paper = 182 * (96 / 25.4);

test.beforeEach(async ({ page, svmscope }) => {
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.setViewportSize({ width: 1440, height: 900 });
  await svmscope.open();
  await svmscope.press('ArrowRight');
});

test('printing gives a handout, whichever way it is asked for', async ({ page, svmscope }) => {
  const pages = ((await page.pdf({ format: 'A4' })).toString('latin1').match(/\/Type\s*\/Page\b/g) ?? [])
    .length;
  expect(pages).toBeGreaterThan(2);
  await expect(svmscope.handout.article).toHaveCount(0);
  await page.evaluate(() => {
    Object.assign(globalThis, { print: () => document.documentElement.setAttribute('data-printed', '') });
  });
  await svmscope.press('x');
  await svmscope.share.choose('Handout');
  await svmscope.share.dialog.getByRole('button', { name: 'Print' }).click();
  await expect(page.locator('html[data-printed]')).toHaveCount(1);
});

test('the handout has all of it, in light colours, and nothing to press', async ({ page, svmscope }) => {
  const { handout } = svmscope;
  await page.setViewportSize({ width: Math.floor(paper), height: 1000 });
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  await handout.begin();
  await expect(handout.article).toBeVisible();
  await expect(page.getByRole('banner')).toBeHidden();
  await expect(handout.article.getByRole('heading', { level: 1 })).toHaveText(
    'L2 clears EFER.SVME, L1 does not intercept',
  );
  for (const part of ['WRMSR EFER SVME=0 by L2', /^Program/, 'Chart', 'Lanes', 'Notes'])
    await expect(handout.article.getByRole('heading', { level: 2, name: part })).toBeVisible();
  await expect(handout.article).toContainText('They part in svm_set_efer()');
  await expect(handout.article).toContainText('KVM_EXIT_SHUTDOWN');
  await expect(handout.article.getByText('they part here')).toBeVisible();
  await expect(handout.article).toContainText(page.url());
  await expect(handout.article.locator('button, input, select, textarea')).toHaveCount(0);
  await expect(handout.article).toHaveCSS('background-color', 'rgb(255, 255, 255)');
  expect(await handout.cutOff()).toEqual([]);
  await handout.end();
  await expect(handout.article).toHaveCount(0);
});
