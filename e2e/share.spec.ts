import { readFileSync } from 'node:fs';

import { obstacles } from './axe.ts';
import { expect, test } from './fixtures.ts';

const golden = readFileSync('src/export/golden/l2-clears-svme.txt', 'utf8');

/** A mail from the page ends with the link to the run, whose address is that of the server. */
const withLink = (mail: string): RegExp =>
  new RegExp(
    String.raw`^${mail.trim().replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)}\s+Link:\s+\* this run, as it is shown\s+http://\S+#v\d+\.\S+\s*$`,
  );

test.beforeEach(async ({ page, svmscope }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await svmscope.open();
  await svmscope.press('ArrowRight');
});

test('the mail about the first scenario is one key away, and goes to the clipboard', async ({
  svmscope,
  context,
  page,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const { share } = svmscope;
  await svmscope.press('x');
  await expect(share.preview).toContainText('Link:');
  expect(await share.preview.innerText()).toMatch(withLink(golden));
  await share.copy.click();
  await expect(share.status).toHaveText('Copied.');
  expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(withLink(golden));
});

test('where the browser refuses the clipboard the text is selected', async ({ svmscope, page }) => {
  await page.evaluate(() => {
    navigator.clipboard.writeText = () => Promise.reject(new Error('refused'));
  });
  const { share } = svmscope;
  await share.opener.click();
  await expect(share.preview).toContainText('They part in svm_set_efer()');
  await share.copy.click();
  await expect(share.status).toContainText('The text is selected: copy it with Ctrl+C.');
  expect(await page.evaluate(() => String(getSelection()))).toMatch(withLink(golden));
});

for (const [title, name, begins] of [
  ['Copy as reply', 'l2-clears-efer-svme-l1-does-not-intercept.txt', 'L2 clears EFER.SVME, L1'],
  ['Markdown', 'l2-clears-efer-svme-l1-does-not-intercept.md', '## L2 clears EFER.SVME'],
  [
    'JSON report',
    'l2-clears-efer-svme-l1-does-not-intercept.report.json',
    '[\n  {\n    "format": "svmscope/report@1"',
  ],
  ['Program', 'l2-clears-efer-svme-l1-does-not-intercept.json', '{\n  "format": "svmscope/program@1"'],
] as const)
  test(`${title} is saved as a file, as it is shown`, async ({ svmscope, page }) => {
    const { share } = svmscope;
    await svmscope.press('x');
    await share.choose(title);
    await expect(share.preview).toContainText(begins);
    const saving = page.waitForEvent('download');
    await share.save.click();
    const saved = await saving;
    expect(saved.suggestedFilename()).toBe(name);
    const text = readFileSync(await saved.path(), 'utf8');
    expect(text.startsWith(begins)).toBe(true);
    expect(await share.preview.textContent()).toBe(text);
    await expect(share.status).toHaveText(`Saved as ${name}.`);
  });

test('the keyboard does it all, and the focus goes back to where it was', async ({ svmscope, page }) => {
  const { share } = svmscope;
  await page.setViewportSize({ width: 1440, height: 600 });
  await share.opener.focus();
  await svmscope.press('Enter');
  await expect(share.dialog.getByRole('radio', { name: 'Copy as reply' })).toBeFocused();
  await svmscope.press('ArrowDown');
  await expect(share.preview).toContainText('### What came of it');
  await svmscope.press('Tab', 'Tab', 'Tab');
  await expect(share.choice('Call path')).toBeFocused();
  await svmscope.press('Tab', 'Tab');
  await expect(share.preview).toBeFocused();
  await svmscope.press('PageDown');
  await expect.poll(() => share.preview.evaluate((element) => element.scrollTop)).toBeGreaterThan(0);
  await svmscope.press('Shift+Tab', 'Shift+Tab', 'Space');
  await expect(share.preview).not.toContainText('### Call path');
  await svmscope.press('Tab', 'Space');
  await expect(share.choice('Whole run')).not.toBeChecked();
  await expect(share.preview).toContainText('### The operation');
  await svmscope.press('Escape');
  await expect(share.dialog).toBeHidden();
  await expect(share.opener).toBeFocused();
  expect(page.url()).not.toContain('#');
});

test('what cannot be made says why in its place', async ({ svmscope }) => {
  const { share } = svmscope;
  await svmscope.press('Home', 'x');
  await share.choose('JSON report');
  await expect(share.refusal).toContainText('Nothing has run yet');
  await expect(share.save).toHaveAttribute('aria-disabled', 'true');
  await share.choose('Program');
  await expect(share.preview).toContainText('svmscope/program@1');
  await expect(share.refusal).toHaveCount(0);
});

for (const colorScheme of ['light', 'dark'] as const)
  test(`sharing stands in nobody's way, ${colorScheme}`, async ({ svmscope, page }) => {
    await page.emulateMedia({ colorScheme });
    await svmscope.press('x');
    await expect(svmscope.share.preview).toContainText('Patches:');
    expect(await obstacles(page)).toEqual([]);
  });

test('on a phone long lines scroll in the preview, and nothing sticks out', async ({ svmscope, page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  const { share } = svmscope;
  await share.opener.click();
  await expect(share.preview).toContainText('Patches:');
  expect(await svmscope.overflow()).toBe(0);
  expect(await share.dialog.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)).toBe(0);
  expect(
    await share.preview.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth),
  ).toBeGreaterThan(0);
  expect(await obstacles(page)).toEqual([]);
});
