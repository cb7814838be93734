import { expect, test } from './fixtures.ts';

test('a run is there again after a reload: where it stood, under what setup, on which kernels', async ({
  svmscope,
}) => {
  await svmscope.open();
  await svmscope.press('ArrowRight');
  await svmscope.header.nrips.click();
  await svmscope.header.removeKernel('7.1').click();
  await expect(svmscope.header.kernel('7.1')).toBeHidden();
  await svmscope.reload();
  await expect(svmscope.header.nrips).toHaveAttribute('aria-checked', 'false');
  await expect(svmscope.header.kernel('7.1')).toBeHidden();
  await expect(svmscope.program.current).toContainText('as L1');
  await svmscope.press('b');
  await expect(svmscope.header.nrips).toHaveAttribute('aria-checked', 'true');
});

test('a stored run that is damaged is left out with a word', async ({ svmscope, page }) => {
  await svmscope.open();
  await page.evaluate(() => {
    addEventListener('pagehide', () => {
      localStorage.setItem('svmscope.session', '{"format":"other"}');
      sessionStorage.clear();
    });
  });
  await svmscope.reload();
  await expect(svmscope.notice).toContainText('could not be restored');
  await expect(svmscope.story).toContainText('to execute the next operation');
  await svmscope.notice.getByRole('button', { name: 'Dismiss' }).click();
  await expect(svmscope.notice).toBeHidden();
});

test('going back and doing something else makes a branch, and both stay', async ({ svmscope }) => {
  await svmscope.open();
  await svmscope.press('ArrowRight', 'ArrowLeft');
  await svmscope.operations.choice('Guest', 'CPUID').click();
  await expect(svmscope.story).toContainText('CPUID by L2');
  await expect(svmscope.program.code('L2')).toContainText('CPUID');
  await svmscope.press('b');
  await expect(svmscope.story).toContainText('Step 2');
  await svmscope.press('b');
  await expect(svmscope.story).toContainText('CPUID by L2');
});

test('a branch takes a name', async ({ svmscope }) => {
  await svmscope.open();
  const dialog = await svmscope.openDialog('n', 'Name this branch');
  await expect(dialog.getByRole('textbox')).toBeFocused();
  await svmscope.press('x', 'y', 'Enter');
  await expect(dialog).toBeHidden();
  const again = await svmscope.openDialog('n', 'Name this branch');
  await expect(again.getByRole('textbox')).toHaveValue('xy');
});

test('another scenario opens with the keyboard alone, and the run that was left is a way back', async ({
  svmscope,
}) => {
  await svmscope.open();
  await svmscope.press('ArrowRight');
  await svmscope.openDialog('s', 'Scenarios');
  await svmscope.press('ArrowDown', 'Enter');
  await expect(svmscope.header.scenario).toHaveAccessibleName('Scenario: L2 clears EFER.SVME, intercepted');
  const dialog = await svmscope.openDialog('s', 'Scenarios');
  await dialog.getByRole('button', { name: 'Back to the run that you left' }).click();
  await expect(svmscope.story).toContainText('Step 2');
});

test('kernels are put together, and a bad id says what is wrong with it', async ({ svmscope }) => {
  await svmscope.open();
  const dialog = await svmscope.openDialog('k', 'Kernels');
  const id = dialog.getByRole('textbox', { name: 'Kernel: a base and the patches on it' });
  await id.fill('7.0+v3');
  await expect(id).toHaveAccessibleDescription(/unknown patch "v3"/);
  await id.fill('7.0');
  await dialog.getByRole('checkbox', { name: /^v1/ }).check();
  await expect(id).toHaveValue('7.0+v1');
  await expect(dialog.getByRole('link', { name: 'Mail of v1' })).toHaveAttribute('href', /^https:\/\/lore/);
  await dialog.getByRole('button', { name: 'Add' }).click();
  await expect(svmscope.header.kernel('7.0+v1')).toBeVisible();
  await (await svmscope.openDialog('k', 'Kernels')).getByRole('button', { name: /As recorded/ }).click();
  await expect(svmscope.header.kernel('6.12+merged')).toBeVisible();
  await expect(svmscope.header.kernel('7.0')).toBeHidden();
});

test('sizes of the panels are moved by keyboard, and kept', async ({ svmscope, page }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await svmscope.open();
  const bar = page.getByRole('separator', { name: 'Size of the left column' });
  await bar.focus();
  const before = Number(await bar.getAttribute('aria-valuenow'));
  await svmscope.press('ArrowRight', 'ArrowRight');
  await expect(bar).toHaveAttribute('aria-valuenow', String(before + 4));
  await svmscope.reload();
  await expect(bar).toHaveAttribute('aria-valuenow', String(before + 4));
  await bar.dblclick();
  await expect(bar).toHaveAttribute('aria-valuenow', String(before));
});
