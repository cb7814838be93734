import type { Locator, Page } from '@playwright/test';

import { expect, test } from './fixtures.ts';

/** What a stranger must manage, see DESIGN.md's tasks: here by keyboard alone. */

/** Press Tab until the focus is there. */
async function tabTo(page: Page, target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  for (let presses = 0; presses < 120; presses += 1) {
    await page.keyboard.press(key);
    if (await target.evaluate((element) => element === document.activeElement)) return;
  }
  await expect(target).toBeFocused();
}

test.beforeEach(async ({ page, svmscope }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await svmscope.open();
});

test('where 7.0 and 7.1 part when L2 clears EFER.SVME: function and test', async ({ svmscope, page }) => {
  const { code } = svmscope;
  await svmscope.press('ArrowRight');
  await expect(code.partings.first()).toContainText('They part in svm_set_efer()');
  await expect(code.partings.first()).toContainText('is_guest_mode(vcpu) && vcpu->wants_to_run');
  await tabTo(page, code.partings.getByRole('button', { name: /^Go to where they part/ }).first());
  await svmscope.press('Enter');
  await expect(code.row('they part here')).toBeFocused();
  await expect(code.cell(code.row('they part here'), 2)).toHaveAccessibleName('true');
});

test('L1 intercepts the write, and the difference is gone', async ({ svmscope, page }) => {
  await tabTo(page, svmscope.intercepts.eferWrites);
  await svmscope.press('Space', 'ArrowRight');
  await expect(svmscope.story).toContainText('#VMEXIT to L1: msr (0x7c)');
  await expect(svmscope.announcement).toContainText('#VMEXIT to L1: msr');
  await expect(svmscope.announcement).not.toContainText('7.1:');
});

test('why VMRUN cannot be executed, and what would make it possible', async ({ svmscope, page }) => {
  await svmscope.press('ArrowRight');
  await tabTo(page, svmscope.operations.choice('Guest', 'WRMSR EFER SVME=0'));
  await svmscope.press('ArrowDown', 'ArrowDown', 'ArrowDown');
  await expect(svmscope.operations.choice('Guest', 'VMRUN')).toBeFocused();
  await expect(svmscope.operations.reason).toContainText('A WRMSR that sets it makes VMRUN work again');
  await expect(svmscope.operations.choice('Guest', 'VMRUN')).toHaveAccessibleDescription(/makes VMRUN work/);
});

test('userspace restores SVME=0 while L2 is active: which kernel kills the VM, and where', async ({
  svmscope,
  page,
}) => {
  const dialog = await svmscope.openDialog('s', 'Scenarios');
  const scenario = dialog.getByRole('button', { name: /^Userspace loads SVME=0 with KVM_SET_SREGS/ });
  await arrowTo(page, scenario);
  await svmscope.press('Enter');
  await expect(svmscope.header.scenario).toHaveAccessibleName(/KVM_SET_SREGS while L2 is active/);
  await goUntil(svmscope, 'is a KVM_EXIT_SHUTDOWN, raised by vcpu_enter_guest()');
  await expect(svmscope.code.outcomes.nth(1)).toContainText('7.0+v2');
  await expect(svmscope.code.outcomes.nth(1)).toContainText('KVM_EXIT_SHUTDOWN');
});

test('L1 intercepts SHUTDOWN: does it save it on 7.1, and where one sees why', async ({ svmscope, page }) => {
  const dialog = await svmscope.openDialog('s', 'Scenarios');
  await arrowTo(page, dialog.getByRole('button', { name: /^L1 intercepts SHUTDOWN/ }));
  await svmscope.press('Enter');
  await goUntil(svmscope, 'the test is_guest_mode(vcpu) is false by then');
  await expect(svmscope.code.outcomes.nth(1)).toContainText('KVM_EXIT_SHUTDOWN');
  await tabTo(page, svmscope.code.search);
  await page.keyboard.type('vcpu_enter_guest');
  await svmscope.press('Enter');
  await expect(svmscope.code.row('vcpu_enter_guest()').first()).toBeInViewport();
});

test('back, another way, and both side by side', async ({ svmscope, page }) => {
  await svmscope.press('ArrowRight', 'ArrowRight', 'ArrowRight');
  await svmscope.press('ArrowLeft', 'ArrowLeft', 'ArrowLeft', 'ArrowLeft');
  await svmscope.press('ArrowRight');
  await tabTo(page, svmscope.operations.choice('Guest', 'WRMSR EFER SVME=0'));
  await arrowTo(page, svmscope.operations.choice('Guest', 'CPUID'));
  await svmscope.press('Enter');
  await expect(svmscope.story).toContainText('CPUID by L2');
  await tabTo(page, page.getByRole('combobox', { name: 'Compare with branch' }));
  await svmscope.press('ArrowDown');
  await expect(svmscope.lanes.panel.getByRole('list', { name: /^Operations of / })).toBeVisible();
});

/** Press the down key until the focus is there. */
async function arrowTo(page: Page, target: Locator): Promise<void> {
  for (let presses = 0; presses < 40; presses += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('ArrowDown');
  }
  await expect(target).toBeFocused();
}

/** Execute until the story says so. */
async function goUntil(
  svmscope: { readonly story: Locator; readonly press: (...keys: readonly string[]) => Promise<void> },
  words: string,
): Promise<void> {
  for (let presses = 0; presses < 12; presses += 1) {
    if ((await svmscope.story.textContent())?.includes(words)) return;
    await svmscope.press('ArrowRight');
  }
  await expect(svmscope.story).toContainText(words);
}
