import { interceptNames } from '#isa/intercepts.ts';
import { expect, test } from './fixtures.ts';

test.beforeEach(async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
});

test('L1 intercepts EFER writes: the write becomes a #VMEXIT on every kernel', async ({ svmscope }) => {
  await svmscope.open();
  await svmscope.press('ArrowRight');
  await svmscope.intercepts.eferWrites.click();
  await expect(svmscope.intercepts.toggle('MSR_PROT')).toBeChecked();
  await expect(svmscope.intercepts.toggle('EFER write')).toBeChecked();
  await expect(svmscope.story).toContainText('#VMEXIT to L1: msr (0x7c)');
  await expect(svmscope.state.fact('vmcb12', 'exit_code')).toContainText('0x7c msr');
  await svmscope.intercepts.eferWrites.click();
  await expect(svmscope.story).toContainText('Step 2');
});

test('every intercept can be found, and set', async ({ svmscope }) => {
  await svmscope.open();
  await svmscope.press('Home', '/');
  await expect(svmscope.intercepts.search).toBeFocused();
  // Between them these letters are in every name; the field wants something to search for.
  for (const letter of ['_', 'R', 'M', 'I', 'P', 'L', 'X', 'S']) {
    await svmscope.intercepts.search.fill(letter);
    for (let left = await svmscope.intercepts.unset.count(); left > 0; left -= 1)
      await svmscope.intercepts.unset.first().check();
  }
  await svmscope.intercepts.search.press('Escape');
  const eferBits = ['EFER write', 'EFER read'];
  await expect(svmscope.intercepts.unset).toHaveCount(eferBits.length);
  await expect(svmscope.intercepts.all).toHaveCount(interceptNames.length + eferBits.length);
  await svmscope.intercepts.toggle('CPUID').uncheck();
  await expect(svmscope.intercepts.toggle('CPUID')).toBeFocused();
  for (const name of eferBits) await svmscope.intercepts.toggle(name).check();
  await expect(svmscope.intercepts.eferWrites).toHaveAttribute('aria-pressed', 'true');
});

test('every option of the host can be turned and turned back', async ({ svmscope }) => {
  await svmscope.open();
  await svmscope.press('ArrowRight');
  await svmscope.state.openHost();
  for (const name of [
    'npt',
    'vgif',
    'vls',
    'nrips',
    'vmwareBackdoor',
    'gpErratum',
    'allocNestedFails',
    'irqchip',
    'eferWriteFilter',
  ]) {
    const option = svmscope.state.hostSwitch(name);
    const before = (await option.getAttribute('aria-checked')) === 'true';
    await option.click();
    await expect(option).toHaveAttribute('aria-checked', String(!before));
    await option.click();
    await expect(option).toHaveAttribute('aria-checked', String(before));
    await expect(svmscope.story).toContainText('Step 2');
  }
});

test('without NRIPS L2 runs on as L1', async ({ svmscope }) => {
  await svmscope.open();
  await svmscope.press('ArrowRight');
  await svmscope.header.nrips.click();
  await expect(svmscope.program.current).toContainText('VMMCALL');
  await expect(svmscope.program.current).toContainText('as L1');
});

test('an impossible operation says why, a faulting one what would help', async ({ svmscope }) => {
  await svmscope.open();
  const ioctl = svmscope.operations.choice('Userspace', 'KVM_SET_SREGS EFER SVME=0');
  await expect(ioctl).toHaveAttribute('aria-disabled', 'true');
  await ioctl.focus();
  await expect(svmscope.operations.reason).toContainText('EXIT would give userspace the vCPU');
  await svmscope.press('Enter');
  await expect(svmscope.story).toContainText('Step 1');
  await svmscope.press('ArrowRight');
  await svmscope.operations.choice('Guest', 'VMRUN').focus();
  await expect(svmscope.operations.reason).toContainText('A WRMSR that sets it makes VMRUN work again');
});

test('a bit of EFER composes the write that flips it', async ({ svmscope }) => {
  await svmscope.open();
  await expect(svmscope.state.eferBit('SVME')).toHaveAttribute('aria-pressed', 'true');
  await svmscope.state.eferBit('SVME').click();
  await svmscope.state.eferBit('SCE').click();
  await expect(svmscope.state.panel).toContainText('WRMSR EFER SCE=1 SVME=0 by the guest');
  await svmscope.state.execute.click();
  await expect(svmscope.story).toContainText('WRMSR EFER SCE=1 SVME=0 by L2');
  await expect(svmscope.state.eferBit('SVME')).toHaveAttribute('aria-pressed', 'false');
  await expect(svmscope.state.eferBit('LMA')).toHaveAttribute('aria-disabled', 'true');
});

test('the state says what the last operation changed', async ({ svmscope }) => {
  await svmscope.open();
  await svmscope.press('ArrowRight');
  await expect(svmscope.state.fact('vCPU', 'guest mode')).toContainText('was 1, L2');
  await expect(svmscope.state.fact('vmcb12', 'exit_code')).toContainText('stale');
});

test('a line of the listing says what it does', async ({ svmscope }) => {
  await svmscope.open();
  const note = await svmscope.program.explain('VMMCALL');
  await expect(note).toContainText('Call the VMM. Where intercepted it exits with code 0x81 (hypercall)');
});

test('an answer by keyboard alone: intercept the write, step, look at the other kernel', async ({
  svmscope,
}) => {
  await svmscope.open();
  await svmscope.intercepts.eferWrites.focus();
  await svmscope.press('Space', 'ArrowRight', '2');
  await expect(svmscope.header.kernel('7.1')).toHaveAttribute('aria-pressed', 'true');
  await expect(svmscope.story).toContainText('#VMEXIT to L1: msr (0x7c)');
});
