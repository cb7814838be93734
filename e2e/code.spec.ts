import { obstacles } from './axe.ts';
import { expect, test } from './fixtures.ts';
import type { SvmscopePage } from './pages/svmscopePage.ts';

const decides = 'is_guest_mode(vcpu) && vcpu->wants_to_run';

test.beforeEach(async ({ page, svmscope }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await svmscope.open();
});

async function addKernel(svmscope: SvmscopePage, id: string): Promise<void> {
  const dialog = await svmscope.openDialog('k', 'Kernels');
  await dialog.getByRole('textbox').fill(id);
  await dialog.getByRole('button', { name: 'Add' }).click();
}

for (const [id, fn, node] of [
  ['7.0+v1', 'svm_set_efer_svme()', 'is_guest_mode(vcpu), true'],
  ['7.0+v2', 'svm_set_efer()', 'is_guest_mode(vcpu), true'],
  ['7.0+hook', 'msr_interception()', 'r && efer_l2 && !is_guest_mode(vcpu)'],
  ['7.1', 'svm_set_efer()', `${decides}, true`],
] as const)
  test(`one → says where 7.0 and ${id} part, and shows it`, async ({ svmscope, page }) => {
    const { code } = svmscope;
    if (id !== '7.1') {
      await svmscope.header.removeKernel('7.1').click();
      await addKernel(svmscope, id);
    }
    await svmscope.press('ArrowRight');
    await expect(code.partings).toHaveCount(1);
    await expect(code.partings).toContainText(`They part in ${fn}: ${id}`);
    await expect(code.partings).toContainText(node);
    await expect(code.row('they part here')).toBeInViewport();
    expect(await page.evaluate(() => scrollY)).toBe(0);
  });

test('says what came of it, and links to the patches', async ({ svmscope }) => {
  const { code } = svmscope;
  await svmscope.press('ArrowRight');
  await expect(code.outcomes.nth(0)).toContainText('with NRIPS the skip takes next_rip of vmcb01');
  await expect(code.outcomes.nth(1)).toContainText('KVM_EXIT_SHUTDOWN');
  const commit = code.outcomes.nth(1).getByRole('link', { name: 'commit cdc69269b18a of merged' });
  await expect(commit).toHaveAttribute('href', 'https://git.kernel.org/torvalds/c/cdc69269b18a');
  await expect(commit).toHaveAttribute('rel', 'noreferrer');
});

test('a row says how each kernel fared, and whose patch it is', async ({ svmscope }) => {
  const { code } = svmscope;
  await svmscope.press('ArrowRight');
  const row = code.row(decides);
  await expect(row).toContainText('added by merged');
  await expect(code.cell(row, 1)).toHaveAccessibleName('7.0 has no such node');
  await expect(code.cell(row, 2)).toHaveAccessibleName('true');
  await expect(code.cell(code.row('!npt_enabled'), 1)).toHaveAccessibleName('false');
  await code.show('All nodes');
  await expect(code.cell(code.row('svm_allocate_nested()').first(), 1)).toHaveAccessibleName(
    'branch not taken',
  );
});

test('with the keyboard alone: to the parting row, its details, its source', async ({ svmscope }) => {
  const { code } = svmscope;
  await svmscope.press('ArrowRight');
  await code.goToParting();
  await expect(code.row(decides)).toBeFocused();
  await svmscope.press('Enter');
  await expect(code.detail('Reads')).toContainText('guestMode = l2');
  await expect(code.detail('Reads')).toContainText('wantsToRun = 1');
  await expect(code.detail('Authority')).toContainText("KVM's own bookkeeping");
  await expect(code.detail('merged')).toContainText('Triple fault L1 on unintercepted EFER.SVME clear by L2');
  await expect(code.link(/^svm_set_efer\(\) in 7\.1/)).toHaveAttribute(
    'href',
    'https://elixir.bootlin.com/linux/v7.1/A/ident/svm_set_efer',
  );
  await svmscope.press('Tab');
  await expect(code.link(/^svm_set_efer\(\) in 7\.0/)).toBeFocused();
  await svmscope.press('Escape');
  await expect(code.row(decides)).toBeFocused();
  await expect(code.detail('Reads')).toBeHidden();
  await svmscope.press('ArrowDown', 'Enter');
  await expect(code.detail('Does')).toContainText('REQUEST_TRIPLE_FAULT');
  await expect(code.detail('Authority')).toContainText("left undefined by the APM, KVM's choice");
});

test('the recorded kernel links to the line', async ({ svmscope }) => {
  const { code } = svmscope;
  await addKernel(svmscope, '6.12');
  await svmscope.press('ArrowRight');
  await code.row('svm_set_efer()').first().focus();
  await svmscope.press('Enter');
  await expect(code.detail('Called with')).toContainText('efer = 0xd00 (LME LMA NX)');
  await expect(code.link(/^svm_set_efer\(\) in 6\.12/)).toHaveAttribute(
    'href',
    /^https:\/\/git\.kernel\.org\/.*\/arch\/x86\/kvm\/svm\/svm\.c\?h=v6\.12\.117#n\d+$/,
  );
});

test('functions fold and unfold by arrow keys, and the operation stays', async ({ svmscope }) => {
  const { code } = svmscope;
  await svmscope.press('ArrowRight');
  const fn = code.row('svm_leave_nested()').first();
  await fn.focus();
  await expect(fn).toHaveAttribute('aria-expanded', 'true');
  await svmscope.press('ArrowLeft');
  await expect(fn).toHaveAttribute('aria-expanded', 'false');
  await expect(code.row('leave_guest_mode()')).toBeHidden();
  await svmscope.press('ArrowRight');
  await expect(code.row('leave_guest_mode()')).toBeVisible();
  await svmscope.press('ArrowRight');
  await expect(code.row('is_guest_mode(vcpu)').and(code.tree.locator(':focus'))).toHaveCount(1);
  await svmscope.press('ArrowLeft');
  await expect(fn).toBeFocused();
  await expect(svmscope.story).toContainText('Step 2');
  await svmscope.press('Home');
  await expect(code.rows.first()).toBeFocused();
});

test('finds a function that did not run, and shows the differences alone', async ({ svmscope }) => {
  const { code } = svmscope;
  await svmscope.press('ArrowRight');
  await code.search.fill('kvm_queue_exc');
  await expect(code.rows.last()).toContainText('kvm_queue_exception_e()');
  await code.search.fill('no such thing');
  await expect(code.panel).toContainText('No row of the call tree fits');
  await code.search.fill('');
  await code.show('Differences only');
  await expect(code.row('nested_svm_exit_special()')).toBeHidden();
  await expect(code.row(decides)).toBeVisible();
  await code.show('Functions only');
  await expect(code.row('!npt_enabled')).toBeHidden();
  await expect(code.row('nested_svm_exit_special()')).toBeVisible();
});

test('node by node the rows light up, and a click on a dot goes there', async ({ svmscope }) => {
  const { code } = svmscope;
  await svmscope.press('Shift+ArrowRight');
  await expect(code.current).toContainText('processor: WRMSR()');
  await expect(code.cell(code.row('svm_set_efer()').first(), 1)).toHaveAccessibleName('ran, to come');
  await code.cell(code.row(decides), 2).click();
  await expect(code.cell(code.row(decides), 2)).toHaveAccessibleName('true, here');
  await expect(code.cell(code.row('svm_set_efer()').first(), 1)).toHaveAccessibleName('ran');
  await svmscope.press('Shift+ArrowRight');
  await expect(code.current.first()).toContainText('KVM_REQ_TRIPLE_FAULT');
  await svmscope.press('ArrowRight');
  await expect(code.current).toHaveCount(0);
});

test('the kernels are held against the one that is chosen', async ({ svmscope }) => {
  const { code } = svmscope;
  await svmscope.press('ArrowRight');
  await code.compareWith('7.1');
  await expect(svmscope.header.kernel('7.1')).toHaveAttribute('aria-pressed', 'true');
  await expect(code.partings).toContainText('7.1 tests');
});

test('before anything ran it says what → will do, and does it', async ({ svmscope }) => {
  const { code } = svmscope;
  await svmscope.press('Home');
  await expect(code.panel).toContainText('Nothing has run yet. → executes VMRUN in L1');
  await code.execute.click();
  await expect(code.rows.first()).toBeVisible();
});

test('an instruction that does not exit says so', async ({ svmscope }) => {
  await svmscope.press('Home');
  await svmscope.operations.choice('Guest', 'CLGI').click();
  await expect(svmscope.code.outcomes).toContainText('No #VMEXIT: KVM is not entered');
  await expect(svmscope.code.rows.first()).toContainText('processor: CLGI()');
  await expect(svmscope.code.row('V_GIF = 0')).toContainText('clear gif');
});

for (const theme of ['light', 'dark'] as const)
  test(`the ${theme} panel stands in nobody's way`, async ({ svmscope, page }) => {
    // A thousand cells take the checker a while.
    test.slow();
    await page.emulateMedia({ colorScheme: theme });
    await addKernel(svmscope, '7.0+v1');
    await svmscope.press('ArrowRight');
    await svmscope.code.partings.getByRole('button').first().click();
    await svmscope.press('Enter');
    await expect(svmscope.code.detail('Authority')).toBeVisible();
    expect(await obstacles(page, '[aria-label=Code]')).toEqual([]);
    await svmscope.code.show('Differences only');
    await svmscope.press('Escape', 'Shift+ArrowLeft');
    await expect(svmscope.code.current).not.toHaveCount(0);
    expect(await obstacles(page, '[aria-label=Code]')).toEqual([]);
  });
