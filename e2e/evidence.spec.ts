import { obstacles } from './axe.ts';
import { expect, test } from './fixtures.ts';

test.beforeEach(async ({ page, svmscope }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await svmscope.open();
});

for (const kernel of ['6.12', '6.12+merged'])
  test(`a recorded step on ${kernel} opens beside its recording`, async ({ svmscope }) => {
    const { evidence } = svmscope;
    await evidence.openCase('S07-l2-clear-svme-no-msrprot', kernel);
    await svmscope.press('ArrowRight', 'ArrowRight');
    await expect(evidence.mark(kernel)).toHaveText('as recorded on Linux 6.12.117');
    await evidence.mark(kernel).click();
    await expect(evidence.step).toContainText('The model does what was recorded.');
    await expect(evidence.step).toContainText('S07-l2-clear-svme-no-msrprot, step 2');
    await expect(evidence.step).toContainText('QEMU 7.2 with TCG');
    await expect(evidence.step.getByRole('listitem').filter({ hasText: 'EFER.SVME' })).toHaveText(
      /agrees: EFER\.SVME 0/,
    );
    const row = evidence.paths.getByRole('row').filter({ hasText: 'svm_leave_nested()' });
    await expect(row.getByRole('cell')).toHaveText(['svm_leave_nested()', /the same$/, 'svm_leave_nested()']);
    await expect(evidence.paths.getByRole('row').filter({ hasText: 'only' })).toHaveCount(0);
  });

test('switches bring a scenario to what was recorded, and away from it', async ({ svmscope }) => {
  const { evidence } = svmscope;
  const dialog = await svmscope.openDialog('k', 'Kernels');
  await dialog.getByRole('textbox', { name: /^Kernel/ }).fill('6.12');
  await dialog.getByRole('button', { name: 'Add', exact: true }).click();
  await svmscope.press('Home', 'ArrowRight', 'ArrowRight');
  await expect(evidence.mark('6.12')).toContainText('no recording of this operation in this state');
  await evidence.mark('6.12').click();
  await expect(evidence.step.getByRole('row', { name: /^vgif/ }).getByRole('cell')).toHaveText(['1', '0']);
  await evidence.step.getByRole('button', { name: 'Run it with vgif off' }).click();
  await expect(evidence.mark('6.12')).toContainText('as recorded on Linux 6.12.117');
  await svmscope.header.nrips.click();
  await expect(evidence.mark('6.12')).toContainText('as recorded on Linux 6.12.117');
  await svmscope.state.openHost();
  await svmscope.state.hostSwitch('eferWriteFilter').click();
  await expect(evidence.mark('6.12')).toContainText('no recording of this operation in this state');
});

test('a kernel that was not recorded says so, and names the nearest', async ({ svmscope }) => {
  const { evidence } = svmscope;
  await expect(evidence.mark('7.0')).toContainText('not recorded: no recording of this kernel');
  await evidence.mark('7.0').click();
  await expect(evidence.step).toContainText('6.12+gif: the same patches, on Linux 6.12.117');
  await evidence.step.getByRole('button', { name: 'Show 6.12+gif beside it' }).click();
  await expect(svmscope.header.kernel('6.12+gif')).toBeVisible();
  await expect(evidence.mark('6.12+gif')).toBeVisible();
});

test('the model is run over every case, and any of them can be opened', async ({ svmscope }) => {
  const { evidence } = svmscope;
  await evidence.openCases();
  await evidence.runDone();
  await expect(evidence.verdict).toHaveText(/^Conformance: (\d+) of \1 cases agree$/);
  const total = Number((/(\d+) of/.exec((await evidence.verdict.textContent()) ?? '') ?? [])[1]);
  expect(total).toBeGreaterThanOrEqual(156);
  await expect(evidence.fields).toHaveCount(total);
  await expect(evidence.cases).toContainText(`conformance: cases ${total}/${total} steps`);
  await evidence.onlyDiffering.check();
  await expect(evidence.cases).toContainText('No case is like that.');
  await evidence.onlyDiffering.uncheck();
  await evidence.search.fill('rdmsr');
  await expect(evidence.rows).toHaveCount(1);
  await evidence.search.press('Tab');
  await svmscope.press('Tab');
  await expect(evidence.fields.first()).toBeFocused();
  await svmscope.press('ArrowRight', 'Enter');
  await expect(svmscope.header.kernel('6.12+v1')).toBeVisible();
  await expect(svmscope.program.current).toContainText('VMRUN');
});

test('the run over the cases can be stopped and begun again', async ({ svmscope }) => {
  const { evidence } = svmscope;
  await evidence.openCases();
  await evidence.cases.getByRole('button', { name: /^(Stop|Run again)$/ }).click();
  await evidence.cases.getByRole('button', { name: 'Run again' }).click();
  await evidence.runDone();
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`the list of cases stands in nobody's way, ${colorScheme}`, async ({ svmscope, page }) => {
    await page.emulateMedia({ colorScheme });
    await svmscope.evidence.openCases();
    await svmscope.evidence.runDone();
    expect(await obstacles(page)).toEqual([]);
  });

  test(`a step beside its recording stands in nobody's way, ${colorScheme}`, async ({ svmscope, page }) => {
    const { evidence } = svmscope;
    await page.emulateMedia({ colorScheme });
    await evidence.openCase('S16-host-set-sregs-clear-svme-in-l2', '6.12+v2');
    await svmscope.press('ArrowRight');
    await evidence.mark('6.12+v2').click();
    await expect(evidence.paths).toBeVisible();
    expect(await obstacles(page)).toEqual([]);
  });

  test(`what was not recorded stands in nobody's way, ${colorScheme}`, async ({ svmscope, page }) => {
    await page.emulateMedia({ colorScheme });
    await svmscope.evidence.mark('7.1').click();
    expect(await obstacles(page)).toEqual([]);
  });
}
