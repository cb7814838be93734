import { expect, test } from './fixtures.ts';

test('the page opens in the middle of a story, and says what to press', async ({ svmscope }) => {
  await svmscope.open();
  await expect(svmscope.heading).toBeVisible();
  await expect(svmscope.story).toContainText('L1 does not intercept it');
  await expect(svmscope.story).toContainText('to execute the next operation: WRMSR EFER SVME=0 by L2');
  await expect(svmscope.program.current).toContainText('WRMSR EFER SVME=0');
});

test('the first → reaches the step at which the kernels part', async ({ svmscope }) => {
  await svmscope.open();
  await svmscope.press('ArrowRight');
  await expect(svmscope.story).toContainText('The kernels part in svm_set_efer()');
  await expect(svmscope.program.current).toContainText('RDMSR EFER');
  await expect(svmscope.announcement).toContainText('WRMSR EFER SVME=0 by L2');
  await expect(svmscope.announcement).toContainText('7.1: KVM_EXIT_SHUTDOWN');
  await svmscope.press('2');
  await expect(svmscope.header.kernel('7.1')).toHaveAttribute('aria-pressed', 'true');
  await expect(svmscope.program.current).toContainText('KVM_RUN');
});

test('→ and ← go to the end and back', async ({ svmscope }) => {
  await svmscope.open();
  await svmscope.press('End', 'ArrowRight', 'ArrowRight', 'ArrowRight', 'ArrowRight', 'ArrowRight');
  await expect(svmscope.story).toContainText('The run ends here');
  await expect(svmscope.header.step).toHaveAttribute('aria-disabled', 'true');
  await svmscope.press('Home');
  await expect(svmscope.header.back).toHaveAttribute('aria-disabled', 'true');
  await expect(svmscope.story).toContainText('VMRUN by L1');
});

test('Shift with an arrow moves by one node of KVM code', async ({ svmscope }) => {
  await svmscope.open();
  await svmscope.press('Shift+ArrowRight', 'Shift+ArrowRight');
  await expect(svmscope.announcement).toContainText(/node 2 of \d+/);
  await svmscope.press('Shift+ArrowLeft', 'Shift+ArrowLeft');
  await expect(svmscope.story).toContainText('Step 1');
});

test('at 1280 the header has room for four kernels', async ({ page, svmscope }) => {
  await page.setViewportSize({ width: 1280, height: 800 });
  await svmscope.open();
  for (const id of ['7.0+v1', '7.0+merged+recalc']) {
    const dialog = await svmscope.openDialog('k', 'Kernels');
    await dialog.getByRole('textbox', { name: /^Kernel/ }).fill(id);
    await dialog.getByRole('button', { name: 'Add', exact: true }).click();
    await expect(dialog).toBeHidden();
    await expect(svmscope.header.kernel(id)).toBeVisible();
  }
  expect(await svmscope.overflow()).toBe(0);
});
