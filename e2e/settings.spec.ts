import { expect, test } from './fixtures.ts';

test('the theme goes round by key, is chosen by mouse, and is kept', async ({ svmscope, page }) => {
  await page.emulateMedia({ colorScheme: 'dark' });
  await svmscope.open();
  expect(await svmscope.theme()).toBe('dark');
  await svmscope.press('t');
  expect(await svmscope.theme()).toBe('light');
  await svmscope.header.settings.click();
  await svmscope.settings.theme('Projector').check();
  expect(await svmscope.theme()).toBe('projector');
  await svmscope.reload();
  expect(await svmscope.theme()).toBe('projector');
  await svmscope.openDialog('o', 'Settings');
  await expect(svmscope.settings.theme('Projector')).toBeChecked();
  await svmscope.press('ArrowUp');
  await expect(svmscope.settings.theme('High contrast')).toBeChecked();
  expect(await svmscope.theme()).toBe('contrast');
});

test('what was kept and is no setting is left out', async ({ svmscope, page }) => {
  await page.addInitScript(() => {
    localStorage.setItem('svmscope.theme', 'sepia');
    localStorage.setItem('svmscope.keys', '{}');
  });
  await svmscope.open();
  expect(await svmscope.theme()).toBe('light');
  await svmscope.press('ArrowRight');
  await expect(svmscope.story).toContainText('Step 2');
});

test('the page follows the system while it is open', async ({ svmscope, page }) => {
  await svmscope.open();
  await page.emulateMedia({ colorScheme: 'dark' });
  await expect.poll(() => svmscope.theme()).toBe('dark');
  await page.emulateMedia({ contrast: 'more' });
  await expect.poll(() => svmscope.theme()).toBe('contrast');
});

test.describe('before any script has run', () => {
  test.use({ javaScriptEnabled: false, colorScheme: 'dark' });

  test('the page is dark where the system is', async ({ page }) => {
    await page.goto('./');
    await expect(page.locator('body')).toHaveCSS('background-color', 'rgb(15, 18, 22)');
  });
});

test('larger type makes the drawings larger, too', async ({ svmscope, page }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await svmscope.open();
  const column = svmscope.lanes.operations.first();
  const words = svmscope.lanes.panel.getByText('VMRUN', { exact: true });
  const before = { column: await column.boundingBox(), words: await words.boundingBox() };
  await svmscope.openDialog('o', 'Settings');
  await svmscope.settings.text('30 % larger').check();
  await svmscope.press('Escape');
  await expect
    .poll(async () => (await words.boundingBox())?.height)
    .toBeGreaterThan(before.words!.height * 1.2);
  expect((await column.boundingBox())!.height).toBeGreaterThan(before.column!.height * 1.2);
  expect(await svmscope.overflow()).toBe(0);
});

test('single keys can be switched off: none works, none is named, the mouse and Tab still do', async ({
  svmscope,
  page,
}) => {
  await svmscope.open();
  await svmscope.openDialog('o', 'Settings');
  await expect(svmscope.settings.singleKeys).toHaveAccessibleDescription(/a letter, a digit or an arrow/);
  await svmscope.settings.singleKeys.click();
  await svmscope.press('Escape');
  await svmscope.press('s', 't', '?', '2', 'ArrowRight', 'b');
  await expect(page.getByRole('dialog')).toBeHidden();
  await expect(svmscope.header.kernel('7.0')).toHaveAttribute('aria-pressed', 'true');
  await expect(svmscope.story).toContainText('Press Step to execute');
  await expect(page.locator('[aria-keyshortcuts]:not([aria-keyshortcuts*="Shift+"])')).toHaveCount(0);
  await svmscope.press('Shift+ArrowRight');
  await expect(svmscope.announcement).toContainText('node 1 of');
  await svmscope.header.step.click();
  await page.getByRole('button', { name: 'All keys' }).click();
  await expect(page.getByRole('dialog', { name: 'Keys' })).toContainText('Single keys are switched off');
  await svmscope.press('Escape');
  await svmscope.header.settings.focus();
  await svmscope.press('Enter');
  await svmscope.settings.singleKeys.click();
  await svmscope.press('Escape', 's');
  await expect(page.getByRole('dialog', { name: 'Scenarios' })).toBeVisible();
});

test('less motion is the system’s wish or the visitor’s', async ({ svmscope, page }) => {
  await svmscope.open();
  const html = page.locator('html');
  await expect(html).toHaveAttribute('data-motion', 'system');
  await svmscope.openDialog('o', 'Settings');
  await svmscope.settings.lessMotion.click();
  await expect(html).toHaveAttribute('data-motion', 'less');
  await svmscope.settings.lessMotion.click();
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await expect(html).toHaveAttribute('data-motion', 'less');
});

test.describe('every drag has another way', () => {
  test.use({ viewport: { width: 1440, height: 900 } });

  test('sizes: every bar has a name, and moves by key', async ({ svmscope, page }) => {
    await svmscope.open();
    const bars = page.getByRole('separator');
    await expect(bars).toHaveCount(6);
    for (const bar of await bars.all()) {
      await expect(bar).toHaveAccessibleName(/^Size of /);
      const isRow = (await bar.getAttribute('aria-orientation')) === 'vertical';
      const before = await bar.getAttribute('aria-valuenow');
      await bar.focus();
      await svmscope.press(isRow ? 'ArrowRight' : 'ArrowDown');
      await expect(bar).not.toHaveAttribute('aria-valuenow', String(before));
    }
  });

  test('the chart: buttons zoom, arrow keys bring what is outside into view', async ({ svmscope }) => {
    await svmscope.open();
    const { chart } = svmscope;
    for (let count = 0; count < 5; count += 1) await chart.zoomIn.click();
    await chart.state('run', 'guest').focus();
    await expect(chart.state('recalcIntercepts', 'pending')).not.toBeInViewport();
    for (let count = 0; count < 8; count += 1) await svmscope.press('ArrowRight', 'ArrowDown');
    await expect(chart.state('recalcIntercepts', 'pending')).toBeInViewport();
  });

  test('the scrubber: keys, and a click on an operation', async ({ svmscope }) => {
    await svmscope.open();
    const { lanes } = svmscope;
    await svmscope.press('ArrowRight');
    await lanes.goTo(1);
    await expect(lanes.scrubber).toHaveAttribute('aria-valuenow', '1');
    await lanes.scrubber.focus();
    await svmscope.press('ArrowRight');
    await expect(lanes.scrubber).toHaveAttribute('aria-valuenow', '2');
  });

  test('a file: the editor opens one', async ({ svmscope }) => {
    await svmscope.open();
    await svmscope.editor.open();
    await svmscope.editor.openFile(
      'other.json',
      '{"format":"svmscope/program@1","title":"other","code":{"l1":[]}}',
    );
    await expect(svmscope.editor.title).toHaveValue('other');
  });
});
