import { obstacles } from './axe.ts';
import { expect, test } from './fixtures.ts';

/** axe reads every colour of a screen, and a theme has a dozen of them. */
const patience = 300_000;

const themes = [
  ['light', 'light'],
  ['dark', 'dark'],
  ['contrast', 'light'],
  ['contrast', 'dark'],
  ['projector', 'light'],
] as const;

const dialogs = [
  ['s', 'Scenarios'],
  ['k', 'Kernels'],
  ['n', 'Name this branch'],
  ['v', 'Evidence: every recorded case'],
  ['o', 'Settings'],
  ['?', 'Keys'],
] as const;

for (const [theme, colorScheme] of themes)
  test.describe(`${theme}, where the system is ${colorScheme}`, () => {
    test.use({ colorScheme, viewport: { width: 1440, height: 900 } });

    test.beforeEach(async ({ page, svmscope }) => {
      test.setTimeout(patience);
      await page.addInitScript((stored) => localStorage.setItem('svmscope.theme', stored), theme);
      await svmscope.open();
      expect(await svmscope.theme()).toBe(theme);
    });

    test('nothing stands in anybody’s way on the page', async ({ svmscope, page }) => {
      await svmscope.press('ArrowRight');
      await expect(svmscope.story).toContainText('Step 2');
      await svmscope.chart.state('guestMode', 'l1').click();
      expect(await obstacles(page)).toEqual([]);
    });

    test('nor in a dialog, a view of the comparison, the editor', async ({ svmscope, page }) => {
      for (const [key, name] of dialogs) {
        await svmscope.openDialog(key, name);
        expect(await obstacles(page, 'dialog'), name).toEqual([]);
        await svmscope.press('Escape');
      }
      await svmscope.press('c');
      for (const view of ['Differences', 'Invariants', 'What if', 'Series', 'How to get there'] as const) {
        await svmscope.compare.show(view);
        expect(await obstacles(page, 'dialog'), view).toEqual([]);
      }
      await svmscope.press('Escape');
      await svmscope.editor.open();
      await svmscope.editor.newLine('L1');
      await svmscope.editor.type('WRMSR EF');
      expect(await obstacles(page, '[aria-label="Program editor"]'), 'editor').toEqual([]);
    });
  });

test('with forced colours what is lit, marked or focused is told by lines', async ({ svmscope, page }) => {
  await page.emulateMedia({ forcedColors: 'active' });
  await page.setViewportSize({ width: 1440, height: 900 });
  await svmscope.open();
  await svmscope.press('ArrowRight');
  const { chart, code, header } = svmscope;
  const outlineOf = (state: typeof code.tree) =>
    state
      .locator('rect')
      .nth(1)
      .evaluate((rect) => {
        const { strokeWidth, strokeDasharray } = getComputedStyle(rect);
        return `${strokeWidth} ${strokeDasharray}`;
      });
  const looks = [
    await outlineOf(chart.state('guestMode', 'l1')),
    await outlineOf(chart.state('guestMode', 'l2')),
    await outlineOf(chart.state('smm', 'inside')),
  ];
  expect(new Set(looks).size).toBe(3);
  await expect(code.row('they part here')).toHaveCSS('outline-style', 'dashed');
  await expect(header.kernel('7.0')).toHaveCSS('box-shadow', /inset/);
  await expect(header.kernel('7.1')).toHaveCSS('box-shadow', 'none');
  await page.keyboard.press('Tab');
  await expect(page.locator(':focus')).toHaveCSS('outline-width', '3px');
  expect(await obstacles(page, '[aria-label="Chart"]')).toEqual([]);
});
