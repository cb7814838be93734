import { obstacles } from './axe.ts';
import { expect, test } from './fixtures.ts';
import { settle } from './pages/settled.ts';
import { PresenterWindow, Stage } from './pages/stage.ts';

test.use({ viewport: { width: 1920, height: 1080 } });

test('one key shows the stage, a clicker goes from stop to stop, and the page comes back', async ({
  svmscope,
  page,
}) => {
  await svmscope.open();
  const stage = new Stage(page);
  await svmscope.press('p');
  await expect(stage.told).toContainText('2 / 4');
  await svmscope.press('PageDown');
  await expect(stage.told).toContainText('The kernels part in svm_set_efer()');
  await expect(stage.outcome).toContainText('KVM_EXIT_SHUTDOWN');
  await svmscope.press('PageUp');
  await expect(stage.told).toContainText('2 / 4');
  await svmscope.press('p');
  await expect(svmscope.heading).toBeVisible();
  await expect(svmscope.story).toContainText('Step 1');
});

test('the stage can be read from three metres', async ({ svmscope, page }) => {
  await svmscope.open();
  await svmscope.press('p', 'PageDown');
  const stage = new Stage(page);
  await expect(stage.outcome).toBeVisible();
  const size = (locator: typeof stage.told) =>
    locator.evaluate((element) => parseFloat(getComputedStyle(element).fontSize));
  // A millimetre of a screen of two metres is a pixel here; letters of a hundredth of the distance are read with ease.
  expect(await size(stage.told.locator('p').first())).toBeGreaterThanOrEqual(22);
  expect(await size(stage.outcome.getByRole('listitem').first())).toBeGreaterThanOrEqual(22);
  expect(await size(svmscope.code.tree.locator('[data-text]').first())).toBeGreaterThanOrEqual(20);
  expect(await svmscope.overflow()).toBe(0);
});

test('the full stop blanks the stage, and the next press brings it back where it was', async ({
  svmscope,
  page,
}) => {
  await svmscope.open();
  const stage = new Stage(page);
  await svmscope.press('p', '.');
  await expect(stage.told).toBeHidden();
  await expect(page.getByText('The stage is blank')).toBeAttached();
  await svmscope.press('PageDown');
  await expect(stage.told).toContainText('2 / 4');
});

test('the audience predicts before it sees', async ({ svmscope, page }) => {
  await svmscope.open();
  const stage = new Stage(page);
  await svmscope.press('p', 'q', 'PageDown');
  await expect(stage.question).toContainText('WRMSR EFER SVME=0 by L2 on 7.0 and 7.1');
  await expect(stage.outcome).toBeHidden();
  await expect(page.getByText('KVM_EXIT_SHUTDOWN')).toBeHidden();
  await svmscope.press('PageDown');
  await expect(stage.question).toBeHidden();
  await expect(stage.outcome).toContainText('KVM_EXIT_SHUTDOWN');
});

test('panels come and go, and the stage keeps them over a reload', async ({ svmscope, page }) => {
  await svmscope.open();
  await svmscope.press('p');
  const stage = new Stage(page);
  await expect(page.getByRole('region', { name: 'Lanes' })).toBeHidden();
  await stage.controls.getByRole('button', { name: 'Lanes on the stage' }).click();
  await stage.controls.getByRole('button', { name: 'Chart on the stage' }).click();
  await expect(page.getByRole('region', { name: 'Lanes' })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Chart' })).toBeHidden();
  // What is kept is written once the visitor pauses, and when the page goes.
  await page.reload();
  await settle(page);
  await expect(page.getByRole('region', { name: 'Lanes' })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Chart' })).toBeHidden();
});

test('the overview goes to a stop by its number', async ({ svmscope, page }) => {
  await svmscope.open();
  await svmscope.press('p', 'g');
  const overview = page.getByRole('dialog', { name: 'Overview' });
  await expect(overview.getByRole('listitem')).toHaveCount(4);
  await page.keyboard.type('9');
  await expect(overview).toContainText('There are 1 to 4.');
  await svmscope.press('Backspace');
  await page.keyboard.type('4');
  await svmscope.press('Enter');
  await expect(overview).toBeHidden();
  await expect(new Stage(page).told).toContainText('4 / 4');
});

test('nothing on the stage stands in the way', async ({ svmscope, page }) => {
  await svmscope.open();
  await svmscope.press('p', 'PageDown');
  expect(await obstacles(page)).toEqual([]);
});

test.describe('with a window for the presenter', () => {
  test('the audience follows whatever the presenter does', async ({ svmscope, page }) => {
    await svmscope.open();
    const stage = new Stage(page);
    const presenter = await PresenterWindow.openedBy(page);
    await expect(stage.told).toContainText('2 / 4');
    await expect(presenter.bar).toContainText('The audience window follows');
    await expect(presenter.notes).toContainText('L2 runs, with its own view of EFER');
    await expect(presenter.next).toContainText('The kernels part in svm_set_efer()');

    await presenter.page.keyboard.press('PageDown');
    await expect(stage.outcome).toContainText('KVM_EXIT_SHUTDOWN');
    // A question from the room: and without NRIPS?
    await presenter.page.getByRole('switch', { name: 'NRIPS' }).click();
    await expect(stage.outcome).toContainText('without NRIPS the skip decodes');
    await expect(stage.told).toContainText('Another way than the talk');
    await presenter.page.getByRole('button', { name: 'CPUID', exact: true }).click();
    await expect(stage.outcome).toContainText('CPUID');
    await presenter.page.keyboard.press('PageUp');
    await expect(stage.told).toContainText('3 / 4');
    await expect(stage.outcome).toContainText('with NRIPS the skip takes next_rip');

    await presenter.page.getByRole('button', { name: 'Lanes on the stage' }).click();
    await expect(page.getByRole('region', { name: 'Lanes' })).toBeVisible();
    // The question comes first by the button, too.
    await presenter.page.keyboard.press('q');
    await presenter.page.getByRole('button', { name: /^Step/ }).click();
    await expect(stage.question).toContainText('What does each kernel do?');
    await presenter.page.keyboard.press('ArrowRight');
    await expect(stage.question).toBeHidden();
    await presenter.page.keyboard.press('.');
    await expect(stage.told).toBeHidden();
  });

  test('either window comes back to the talk after a reload', async ({ svmscope, page }) => {
    await svmscope.open();
    const stage = new Stage(page);
    const presenter = await PresenterWindow.openedBy(page);
    await presenter.page.getByRole('switch', { name: 'NRIPS' }).click();
    await presenter.page.keyboard.press('ArrowRight');
    await expect(stage.outcome).toContainText('without NRIPS the skip decodes');

    await page.reload();
    await settle(page);
    await expect(stage.outcome).toContainText('without NRIPS the skip decodes');
    await presenter.page.keyboard.press('PageUp');
    await expect(stage.told).toContainText('2 / 4');

    await presenter.page.reload();
    await settle(presenter.page);
    await expect(presenter.notes).toContainText('L2 runs, with its own view of EFER');
    await expect(presenter.bar).toContainText('The audience window follows');
    await presenter.page.keyboard.press('PageDown');
    await expect(stage.told).toContainText('3 / 4');
    // And the other way round: the audience's window has a clicker too.
    await page.keyboard.press('PageDown');
    await expect(presenter.notes).toContainText('A VMM that calls KVM_RUN again');
  });

  test('a hidden audience window follows all the same', async ({ svmscope, page, context }) => {
    await svmscope.open();
    const presenter = await PresenterWindow.openedBy(page);
    await page.evaluate(() => {
      Object.defineProperty(document, 'visibilityState', { configurable: true, value: 'hidden' });
      Object.defineProperty(document, 'hidden', { configurable: true, value: true });
      // As in a hidden window: nothing is drawn, so nobody is called before the next frame.
      globalThis.requestAnimationFrame = () => 0;
      document.dispatchEvent(new Event('visibilitychange'));
    });
    const other = await context.newPage();
    await other.bringToFront();
    await presenter.page.keyboard.press('PageDown');
    await expect(new Stage(page).outcome).toContainText('KVM_EXIT_SHUTDOWN');
  });

  test('the presenter sees that the audience is gone, and opens another window', async ({
    svmscope,
    page,
  }) => {
    await svmscope.open();
    const presenter = await PresenterWindow.openedBy(page);
    await presenter.page.keyboard.press('PageDown');
    await page.close();
    const another = presenter.page.getByRole('button', { name: 'Open another' });
    await another.waitFor();
    const [audience] = await Promise.all([presenter.page.waitForEvent('popup'), another.click()]);
    await settle(audience);
    await expect(new Stage(audience).told).toContainText('3 / 4');
    await presenter.page.keyboard.press('PageDown');
    await expect(new Stage(audience).told).toContainText('4 / 4');
  });

  test('the timer runs over a reload', async ({ svmscope, page }) => {
    await svmscope.open();
    const presenter = await PresenterWindow.openedBy(page);
    await expect(presenter.timer).toHaveText('0:00');
    await presenter.bar.getByRole('button', { name: 'Start' }).click();
    await expect(presenter.timer).toHaveText('0:01');
    await presenter.page.reload();
    await settle(presenter.page);
    await expect(presenter.timer).not.toHaveText('0:00');
    await presenter.bar.getByRole('button', { name: 'Pause' }).click();
    await presenter.bar.getByRole('button', { name: 'Reset' }).click();
    await expect(presenter.timer).toHaveText('0:00');
  });

  test("nothing in the presenter's window stands in the way", async ({ svmscope, page }) => {
    await svmscope.open();
    const presenter = await PresenterWindow.openedBy(page);
    expect(await obstacles(presenter.page, '[aria-label="Presenter"]')).toEqual([]);
  });
});

test('the screen stays awake while the stage is shown', async ({ svmscope, page }) => {
  await page.addInitScript(() => {
    const log: string[] = [];
    Object.assign(globalThis, { wakeLog: log });
    Object.defineProperty(navigator, 'wakeLock', {
      value: {
        request: async (kind: string) => {
          log.push(`take ${kind}`);
          return { release: async () => log.push('give back') };
        },
      },
    });
  });
  const log = () => page.evaluate(() => (globalThis as unknown as { wakeLog: string[] }).wakeLog);
  await svmscope.open();
  await svmscope.press('p');
  await expect.poll(log).toEqual(['take screen']);
  await svmscope.press('p');
  await expect.poll(log).toEqual(['take screen', 'give back']);
});
