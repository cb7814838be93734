import { readFileSync } from 'node:fs';

import { obstacles } from './axe.ts';
import { expect, test } from './fixtures.ts';

test.beforeEach(async ({ page, svmscope }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await svmscope.open();
});

test('the list discussion goes from its first stop to its last', async ({ svmscope }) => {
  const { talk } = svmscope;
  await talk.start(/list discussion/);
  await expect(talk.head).toContainText('1 / 21');
  for (let stop = 2; stop <= 21; stop += 1) {
    await svmscope.press('PageDown');
    await expect(talk.head).toContainText(`${stop} / 21`);
    await expect(talk.back).toBeHidden();
    if (stop === 6) {
      await expect(talk.head.getByRole('link')).toHaveAttribute(
        'href',
        'https://lore.kernel.org/r/aYO3AaBqbPy_9XdD@google.com',
      );
      const about = svmscope.code.row('value & mask');
      await expect(about).toBeInViewport();
      await expect(about).toHaveAttribute('data-pointed');
    }
  }
  await expect(talk.next).toHaveAttribute('aria-disabled', 'true');
  await expect(svmscope.story).toContainText('Only v2 stops it');
});

test('an answer given live is a branch, and the talk is found again', async ({ svmscope }) => {
  const { talk } = svmscope;
  await talk.start(/list discussion/);
  await svmscope.press('PageDown');
  await svmscope.header.nrips.click();
  await expect(talk.head).toContainText('2 / 21');
  await expect(talk.back).toBeVisible();
  await expect(svmscope.story).not.toContainText('Nobody reloads');
  await svmscope.press('PageUp');
  await expect(svmscope.story).toContainText('Nobody reloads');
  await svmscope.press('PageDown', 'PageDown');
  await expect(talk.head).toContainText('4 / 21');
  // The run of the program that the talk left is kept with its branch, also over a reload.
  await svmscope.reload();
  await svmscope.press('PageUp', 'PageUp');
  await expect(talk.head).toContainText('2 / 21');
  await svmscope.press('b');
  await expect(talk.back).toBeVisible();
});

test('a note is written beside the page, and kept', async ({ svmscope, page }) => {
  const { talk } = svmscope;
  await svmscope.press('m');
  await expect(talk.text).toBeFocused();
  await talk.text.fill('Here **L2** clears <b>SVME</b>: `svm_set_efer()`.');
  await expect(talk.preview.locator('strong')).toHaveText('L2');
  await expect(talk.preview).toContainText('<b>SVME</b>');
  await talk.title.fill('My own');
  await svmscope.header.step.click();
  await expect(svmscope.story).toContainText('3 / 4');
  await talk.add.click();
  await talk.text.fill('once more');
  await talk.notes.getByRole('checkbox', { name: 'Code' }).check();
  await expect(talk.stops).toHaveCount(5);
  expect(await obstacles(page)).toEqual([]);
  await talk.notes.getByRole('button', { name: 'Delete' }).click();
  await expect(talk.stops).toHaveCount(4);
  await talk.notes.getByRole('button', { name: 'Undo the delete' }).click();
  await page.waitForTimeout(500);
  await svmscope.reload();
  await expect(svmscope.story).toContainText('once more');
  await svmscope.press('m');
  await expect(talk.stops.nth(1)).toContainText('My own');
  await expect(talk.notes.getByRole('checkbox', { name: 'Code' })).toBeChecked();
});

test('a talk is saved as a file and opened from it; what is wrong with one is said', async ({
  svmscope,
  page,
}) => {
  const { talk } = svmscope;
  await svmscope.press('m');
  await talk.text.fill('from the file');
  const download = page.waitForEvent('download');
  await talk.save.click();
  const file = await (await download).path();
  const text = readFileSync(file, 'utf8');
  expect(JSON.parse(text)).toMatchObject({ format: 'svmscope/talk@1', stops: { length: 4 } });
  await talk.notes.getByRole('button', { name: 'The scenario’s own notes' }).click();
  await expect(talk.text).not.toHaveValue('from the file');

  const broken = text.replace('from the file', 'x'.repeat(20_001));
  for (const [body, told] of [
    [broken, 'talk.stops[1].text: 20001 characters, at most 20000. Nothing was replaced.'],
    [text, 'notes.json runs now'],
  ] as const) {
    const chooser = page.waitForEvent('filechooser');
    await talk.notes.getByRole('button', { name: 'Open file…' }).click();
    await (
      await chooser
    ).setFiles({ name: 'notes.json', mimeType: 'application/json', buffer: Buffer.from(body) });
    await expect(svmscope.notice.filter({ hasText: told })).toBeVisible();
  }
  await talk.stops.nth(1).getByRole('button').click();
  await expect(talk.text).toHaveValue('from the file');
});

test('on a phone the notes take the place of the panels, and nothing sticks out', async ({
  svmscope,
  page,
}) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await svmscope.talk.notesButton.click();
  await expect(svmscope.talk.text).toBeVisible();
  expect(await svmscope.overflow()).toBe(0);
  expect(await obstacles(page)).toEqual([]);
});
