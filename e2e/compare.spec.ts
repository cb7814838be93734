import { obstacles } from './axe.ts';
import { expect, test } from './fixtures.ts';

test.beforeEach(async ({ page, svmscope }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await svmscope.open();
});

test('what 7.1 changes against 7.0, and into the witness, in three actions', async ({ svmscope }) => {
  const { compare } = svmscope;
  await compare.opener.click();
  await compare.explored();
  await expect(compare.dialog).toContainText(/7\.1 differs from 7\.0 in [\d,]+ of [\d,]+ transitions/);
  const cause = compare.causes.filter({ hasText: 'is_guest_mode(vcpu) && vcpu->wants_to_run' });
  await expect(cause).toContainText('in guest mode');
  await expect(cause).toContainText('KVM_EXIT_SHUTDOWN');
  await cause.getByRole('button', { name: /^Open at step 2/ }).click();
  await expect(compare.dialog).toBeHidden();
  await expect(svmscope.story).toContainText('Step 2');
  await expect(svmscope.story).toContainText('WRMSR EFER SVME=0 by L2');
  await expect(svmscope.code.partings.first()).toContainText(
    'They part in svm_set_efer(): 7.1 tests is_guest_mode(vcpu) && vcpu->wants_to_run, true',
  );
});

test('any two kernels can be compared, either way round', async ({ svmscope }) => {
  const { compare } = svmscope;
  await svmscope.press('c');
  await compare.choose('What does', '7.0+v2');
  await compare.choose('change against', '7.0+hook');
  await expect(compare.dialog).toContainText(/7\.0\+v2 differs from 7\.0\+hook in /);
  await compare.dialog.getByRole('button', { name: 'Swap' }).click();
  await expect(compare.dialog).toContainText(/7\.0\+hook differs from 7\.0\+v2 in /);
  await compare.choose('What does', '7.0+v2');
  await expect(compare.dialog).toContainText(/7\.0\+v2 does in all [\d,]+ transitions what 7\.0\+v2 does/);
});

test('every invariant on every kernel, and why a field has its mark', async ({ svmscope }) => {
  const { compare } = svmscope;
  await svmscope.press('c');
  await compare.show('Invariants');
  await expect(compare.verdict('I14', '7.0')).toHaveAccessibleName('I14 on 7.0: broken');
  await expect(compare.verdict('I6', '7.0+v1')).toHaveAccessibleName('I6 on 7.0+v1: broken');
  await expect(compare.verdict('I13', '7.0+v2')).toHaveAccessibleName('I13 on 7.0+v2: broken');
  await expect(compare.verdict('I13', '7.0')).toHaveAccessibleName('I13 on 7.0: holds');
  await expect(compare.verdict('I17', '7.1')).toHaveAccessibleName('I17 on 7.1: not applicable');
  await compare.verdict('I14', '7.1').click();
  await expect(compare.verdict('I14', '7.1')).toHaveAttribute('aria-expanded', 'true');
  await expect(compare.invariants).toContainText('at the earliest after 4 operations');
  await compare.invariants.getByRole('button', { name: /^Open at step 4/ }).click();
  await expect(svmscope.story).toContainText('Step 4');
  await expect(svmscope.story).toContainText('KVM_RUN by userspace');
});

test('the fields of the table are reached by the arrow keys', async ({ svmscope, page }) => {
  const { compare } = svmscope;
  await svmscope.press('c');
  await compare.show('Invariants');
  await compare.verdict('I1', '7.0').focus();
  await svmscope.press('ArrowRight', 'ArrowDown');
  await expect(compare.verdict('I2', '7.1')).toBeFocused();
  await svmscope.press('Enter');
  await expect(compare.verdict('I2', '7.1')).toHaveAttribute('aria-expanded', 'true');
  await svmscope.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
});

test('an own invariant is completed, checked, and told where it is wrong', async ({ svmscope }) => {
  const { compare } = svmscope;
  await svmscope.press('c');
  await compare.show('Invariants');
  await compare.ownField.fill('guestMode == l3');
  await expect(compare.dialog).toContainText(/column 14/);
  await expect(compare.dialog.getByRole('button', { name: 'Check', exact: true })).toHaveAttribute(
    'aria-disabled',
    'true',
  );
  await compare.ownField.fill('is_guest_mode(vcpu) -> svme == cl');
  await svmscope.press('Enter');
  await expect(compare.ownField).toHaveValue('is_guest_mode(vcpu) -> svme == clear');
  await compare.ownField.fill('is_guest_mode(vcpu) -> svme == set');
  await compare.dialog.getByRole('button', { name: 'Check', exact: true }).click();
  await expect(compare.ownResult).toBeVisible({ timeout: 60_000 });
  await expect(compare.ownResult.getByRole('button', { name: 'own on 7.0: holds' })).toBeVisible();
  await compare.ownResult.getByRole('button', { name: 'own on 7.0+v1: broken' }).click();
  await expect(compare.ownResult).toContainText('WRMSR EFER SVME=0');
});

test('what if L1 intercepted otherwise: read it, and go there', async ({ svmscope }) => {
  const { compare } = svmscope;
  await svmscope.press('c');
  await compare.show('What if');
  await expect(compare.dialog).toContainText('VMRUN by L1: what if L1 intercepted otherwise?');
  await svmscope.press('Escape', 'ArrowRight', 'c');
  await compare.show('What if');
  const now = compare.grid.getByRole('row').filter({ hasText: 'as it is now' });
  await expect(now.getByRole('button', { name: /, 7\.0: / })).toHaveAccessibleName(
    "MSR_PROT off, EFER write bit off, 7.0: L2's registers or code run as L1. Go there",
  );
  const both = compare.grid.getByRole('button', { name: /^MSR_PROT on, EFER write bit on, 7\.1: / });
  await both.hover();
  await expect(compare.dialog).toContainText('7.1: #VMEXIT to L1: msr (0x7c)');
  await both.click();
  await expect(compare.dialog).toBeHidden();
  await expect(svmscope.story).toContainText('#VMEXIT to L1: msr');
  await expect(svmscope.intercepts.toggle('MSR_PROT')).toBeChecked();
});

test('a series, patch by patch', async ({ svmscope }) => {
  const { compare } = svmscope;
  await svmscope.press('c');
  await compare.show('Series');
  const points = compare.dialog.getByRole('radio');
  await expect(points).toHaveCount(3);
  await expect(compare.dialog).toContainText('Triple fault L1 on unintercepted EFER.SVME clear by L2');
  await points.nth(1).focus();
  await svmscope.press('ArrowRight');
  await expect(compare.dialog).toContainText('Recalc instructions intercepts');
  await expect(compare.dialog).toContainText('It breaks and mends nothing. 7.1 as a whole breaks I11');
  await svmscope.press('ArrowLeft');
  await expect(compare.dialog).toContainText(/It breaks I13 and I20|It breaks I13, I20/);
  await expect(compare.dialog.getByRole('list', { name: 'Behaviours that it flips' })).toContainText(
    'is_guest_mode(vcpu) && vcpu->wants_to_run',
  );
});

test('the way to a state of the chart, or what stands in it', async ({ svmscope }) => {
  const { compare, chart } = svmscope;
  await chart.state('tripleFault', 'pending').click();
  await chart.about('tripleFault', 'pending').getByRole('button', { name: 'How do I get here?' }).click();
  await compare.explored();
  await expect(compare.answer).toContainText(/operations? leads? to tripleFault: pending/);
  await compare.choose('How do I get to', 'recalcIntercepts: pending');
  await expect(compare.answer).toContainText(
    'Nothing in 7.0 sends REQUEST_RECALC_INTERCEPTS; only recalc adds it',
  );
  await compare.choose('on', '7.1');
  await expect(compare.answer).toContainText('1 operation leads to recalcIntercepts: pending');
  await compare.answer.getByRole('button', { name: /^Open at step 1/ }).click();
  await expect(svmscope.story).toContainText('TRIPLE_FAULT by L1');
});

test('an exploration can be stopped, and started again', async ({ svmscope }) => {
  const { compare } = svmscope;
  await svmscope.press('c');
  await compare.turnTo('Invariants');
  await compare.stop.click();
  await expect(compare.status.first()).toContainText('Stopped');
  await compare.dialog.getByRole('button', { name: 'Start again' }).click();
  await compare.explored();
  await expect(compare.verdict('I1', '7.0')).toBeVisible();
});

test('on a phone nothing sticks out, and the table scrolls by itself', async ({ svmscope, page }) => {
  const { compare } = svmscope;
  await page.setViewportSize({ width: 390, height: 844 });
  await compare.opener.click();
  await compare.explored();
  await expect(compare.dialog).toContainText('7.1 differs from 7.0');
  expect(await compare.dialog.evaluate((element) => element.scrollWidth - element.clientWidth)).toBe(0);
  await compare.show('Invariants');
  await expect(compare.verdict('I1', '7.0')).toBeVisible();
  expect(await compare.dialog.evaluate((element) => element.scrollWidth - element.clientWidth)).toBe(0);
});

for (const theme of ['light', 'dark'] as const)
  test(`nothing stands in anybody's way in any view, ${theme}`, async ({ svmscope, page }) => {
    const { compare } = svmscope;
    await page.emulateMedia({ colorScheme: theme });
    await svmscope.press('c');
    await compare.explored();
    await expect(compare.causes.first()).toBeVisible();
    expect(await obstacles(page)).toEqual([]);
    await compare.show('Invariants');
    await compare.verdict('I14', '7.1').click();
    await compare.ownField.fill('gif == half');
    expect(await obstacles(page)).toEqual([]);
    await compare.show('What if');
    await expect(compare.grid).toBeVisible();
    expect(await obstacles(page)).toEqual([]);
    await compare.show('Series');
    await expect(compare.dialog.getByRole('radio').first()).toBeVisible();
    expect(await obstacles(page)).toEqual([]);
    await compare.show('How to get there');
    await expect(compare.answer).toBeVisible();
    expect(await obstacles(page)).toEqual([]);
  });
