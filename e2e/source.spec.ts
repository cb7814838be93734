import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { obstacles } from './axe.ts';
import { expect, test } from './fixtures.ts';
import { gifDiff } from '#source/patch/mails.testing.ts';
import { PatchSheet } from './pages/patchSheet.ts';
import { SourcePanel } from './pages/sourcePanel.ts';

/** In this project's own words: what an EFER write may look like, with a call that the model does not have. */
const svm = `/* A file made up for this test: <img src=x onerror=alert(1)> } */
int svm_set_efer(struct kvm_vcpu *vcpu, u64 efer)
{
	u64 old_efer = vcpu->arch.efer;

	vcpu->arch.efer = efer;
	if (!npt_enabled) {
		efer |= EFER_NX;
	}
	if ((old_efer & EFER_SVME) != (efer & EFER_SVME)) {
		if (!(efer & EFER_SVME)) {
			svm_leave_nested(vcpu);
			svm_set_gif(svm, true);
			nested_svm_simple_vmexit(svm, 0);
			if (!is_smm(vcpu))
				svm_free_nested(svm);
		} else {
			ret = svm_allocate_nested(svm);
		}
	}
	return 0; // "<b>done</b>"
}

void svm_leave_nested(struct kvm_vcpu *vcpu)
{
	if (is_guest_mode(vcpu)) {
		leave_guest_mode(vcpu);
	}
}
`;

test.beforeEach(async ({ svmscope }) => {
  await svmscope.open();
  await svmscope.press('ArrowRight');
});

test('dropped source stands in the code panel, with the lines that ran lit', async ({ svmscope, page }) => {
  const source = new SourcePanel(page);
  await expect(source.switch).toBeHidden();
  await source.drop({ name: 'svm.c', text: svm });
  await expect(source.panel).toContainText('svm.c');
  await source.showFunction('svm_set_efer');
  await expect(source.line('if (!(efer & EFER_SVME)) {')).toHaveAttribute('data-lit', 'ran');
  await expect(source.line('if (!(efer & EFER_SVME)) {')).toContainText('ran, true');
  await expect(source.line('if (!npt_enabled) {')).toContainText('ran, false');
  await expect(source.line('efer |= EFER_NX')).toContainText('not taken');
  await expect(source.line('svm_free_nested(svm);')).toHaveAttribute('data-lit', 'ran');
  await expect(source.panel).toContainText('The source calls nested_svm_simple_vmexit() here');
  await expect(source.panel).toContainText('This looks like');
  await source.show('Tree');
  await expect(svmscope.code.tree).toBeVisible();
  await source.show('Source');
  await source.close.click();
  await expect(source.switch).toBeHidden();
  await expect(svmscope.code.tree).toBeVisible();
});

test('a hunk that is chosen marks its lines in the source too, and leads to its function', async ({
  svmscope,
  page,
}) => {
  const source = new SourcePanel(page);
  const patches = new PatchSheet(page);
  await source.drop({ name: 'svm.c', text: svm });
  await source.showFunction('svm_leave_nested');
  await patches.drop('gif.diff', gifDiff);
  await patches.hunks.nth(1).click();
  const marked = source.lines.and(page.locator('[data-hunk]'));
  await expect(source.panel.getByRole('region', { name: 'Source of svm_set_efer()' })).toBeVisible();
  await expect(marked.filter({ hasText: 'svm_leave_nested(vcpu);' })).toBeInViewport();
  await expect(marked.filter({ hasText: 'svm_leave_nested(vcpu);' })).toContainText('in the hunk:');
  await expect(source.line('svm_free_nested(svm);')).not.toHaveAttribute('data-hunk');
  await svmscope.press('Escape');
  await expect(marked.first(), 'hidden is not closed').toBeVisible();
  await patches.hidden.getByRole('button').last().click();
  await expect(marked).toHaveCount(0);
});

test('steps inside the operation move the lit line, through the functions', async ({ svmscope, page }) => {
  const source = new SourcePanel(page);
  const { code } = svmscope;
  await code.cell(code.row('svm_set_efer()').first(), 1).click();
  await source.drop({ name: 'svm.c', text: svm });
  const seen = new Set<string>();
  for (let step = 0; step < 25; step += 1) {
    await svmscope.press('Shift+ArrowRight');
    for (const text of await source.current.allTextContents()) seen.add(text);
  }
  const all = [...seen].join('\n');
  expect(all).toContain('void svm_leave_nested(struct kvm_vcpu *vcpu)');
  expect(all).toContain('if (is_guest_mode(vcpu)) {');
});

test('a row of the tree tells its line, and leads there', async ({ svmscope, page }) => {
  const source = new SourcePanel(page);
  await source.drop({ name: 'svm.c', text: svm });
  await source.show('Tree');
  await svmscope.code.show('All nodes');
  await svmscope.code.row('!is_smm(vcpu)').first().getByRole('rowheader').click();
  await source.panel.getByRole('button', { name: 'line 15 of svm.c' }).click();
  await expect(source.line('if (!is_smm(vcpu))')).toBeFocused();
});

test('a folder of a tree can be chosen: what is of KVM in it is read', async ({ svmscope, page }) => {
  const source = new SourcePanel(page);
  const folder = await mkdtemp(join(tmpdir(), 'svmscope-tree.'));
  await mkdir(join(folder, 'arch/x86/kvm/svm'), { recursive: true });
  await mkdir(join(folder, 'drivers/svm'), { recursive: true });
  await writeFile(join(folder, 'arch/x86/kvm/svm/svm.c'), svm);
  await writeFile(join(folder, 'drivers/svm/svm.c'), 'no C at all');
  await svmscope.press('u');
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.getByRole('button', { name: 'Choose a kernel tree …' }).click(),
  ]);
  await chooser.setFiles(folder);
  await expect(source.panel).toContainText('arch/x86/kvm/svm/svm.c');
  await expect(source.panel).not.toContainText('drivers');
  await expect(source.functions).toBeVisible();
  await rm(folder, { recursive: true });
});

test('what cannot be read is said in a line, and what was open stays', async ({ svmscope, page }) => {
  const source = new SourcePanel(page);
  await source.drop({ name: 'svm.c', text: svm });
  await expect(source.functions).toBeVisible();
  await source.drop({ name: 'x86.c', text: 'int a;\0\0\u0001' });
  await expect(svmscope.notice).toContainText('x86.c: character 7 is a zero byte: no text');
  await source.drop({ name: 'nested.c', text: 'x'.repeat(1000), times: 50_000 });
  await expect(svmscope.notice).toContainText('nested.c: 50.0 MB, at most 4.0 MB');
  await source.drop({ name: '<b>smm</b>.c', text: 'int main(void)\n{\n}\n' });
  await expect(svmscope.notice).toContainText('<b>smm</b>.c: no function that the model knows');
  await expect(source.panel).toContainText('svm.c');
  await expect(source.functions).toBeVisible();
  await expect(svmscope.program.code('L2')).toContainText('WRMSR EFER SVME=0');
});

test('names and contents of files stay text', async ({ page }) => {
  const source = new SourcePanel(page);
  await source.drop({ name: '<img src=x onerror=alert(1)>.c', text: svm });
  await source.showFunction('svm_set_efer');
  await expect(source.panel).toContainText('<img src=x onerror=alert(1)>.c');
  await expect(source.line('return 0;')).toContainText('// "<b>done</b>"');
  await expect(source.panel.locator('img, b')).toHaveCount(0);
});

for (const scheme of ['light', 'dark'] as const) {
  test(`source can be read by everyone, ${scheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: scheme });
    const source = new SourcePanel(page);
    await source.drop({ name: 'svm.c', text: svm });
    await source.showFunction('svm_set_efer');
    expect(await obstacles(page, '[aria-label="Code"]')).toEqual([]);
  });
}

test('on a phone the code panel comes up with the source', async ({ svmscope, page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  const source = new SourcePanel(page);
  await source.drop({ name: 'svm.c', text: svm });
  await expect(source.panel).toContainText('svm.c');
  expect(await svmscope.overflow()).toBe(0);
});
