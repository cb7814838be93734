import { obstacles } from './axe.ts';
import { expect, test } from './fixtures.ts';

test.beforeEach(async ({ page, svmscope }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await svmscope.open();
});

test('the chart shows where the vCPU is, and what the step did to it', async ({ svmscope }) => {
  const { chart } = svmscope;
  await expect(chart.state('guestMode', 'l2')).toHaveAccessibleName(
    'guestMode: l2, current, entered in this step',
  );
  await expect(chart.state('guestMode', 'l1')).toHaveAccessibleName('guestMode: l1, left in this step');
  await expect(chart.state('svme', 'set')).toHaveAccessibleName('svme: set, current');
  await svmscope.press('ArrowRight');
  await expect(chart.state('guestMode', 'l1')).toHaveAccessibleName(
    'guestMode: l1, current, entered in this step',
  );
  await expect(chart.state('svme', 'clear')).toHaveAccessibleName(
    'svme: clear, current, entered in this step',
  );
  await expect(chart.state('nested', 'none')).toHaveAccessibleName(
    'nested: none, current, entered in this step',
  );
  await expect(chart.changes).toContainText(['run guest → kvm → guest', 'guestMode l2 → l1']);
});

test('the chart compares the kernels at a glance', async ({ svmscope }) => {
  const { chart } = svmscope;
  await svmscope.press('ArrowRight');
  await expect(chart.state('run', 'guest')).toHaveAccessibleName(
    /current, entered in this step, here: 7\.0$/,
  );
  await expect(chart.state('run', 'shutdown')).toHaveAccessibleName('run: shutdown, here: 7.1');
  await svmscope.press('2');
  await expect(chart.state('run', 'shutdown')).toHaveAccessibleName(/^run: shutdown, current/);
  await expect(chart.changes).toContainText(['run guest → kvm → shutdown']);
});

test('within an operation the chart shows the state so far', async ({ svmscope }) => {
  const { chart, lanes } = svmscope;
  await svmscope.press('ArrowRight');
  await lanes.scrubber.focus();
  await svmscope.press('Shift+ArrowLeft');
  await expect(lanes.scrubber).toHaveAttribute(
    'aria-valuetext',
    /^2 of 2: WRMSR EFER SVME=0, node \d+ of \d+$/,
  );
  await svmscope.press(...Array.from({ length: 30 }, () => 'Shift+ArrowLeft'));
  await expect(chart.state('run', 'kvm')).toHaveAccessibleName(/^run: kvm, current, entered in this step/);
});

test('the chart is one tab stop; arrows move, Enter says what a state means', async ({ svmscope }) => {
  const { chart } = svmscope;
  await chart.state('run', 'guest').focus();
  await svmscope.press('ArrowRight');
  await expect(chart.state('tripleFault', 'idle')).toBeFocused();
  await svmscope.press('ArrowLeft');
  await expect(chart.state('run', 'guest')).toBeFocused();
  await svmscope.press('ArrowDown', 'Enter');
  await expect(chart.state('run', 'kvm')).toHaveAttribute('aria-pressed', 'true');
  await expect(chart.about('run', 'kvm')).toContainText('KVM (L0) has the vCPU');
  await expect(chart.about('run', 'kvm')).toContainText('In by: VMEXIT; IOCTL');
  await svmscope.press('Tab');
  await expect(chart.about('run', 'kvm').getByRole('button', { name: 'How do I get here?' })).toBeFocused();
  await svmscope.press('Tab');
  await expect(chart.about('run', 'kvm').getByRole('button', { name: 'Close' })).toBeFocused();
});

test('a state says aloud what leads out of it, and each way can be gone', async ({ svmscope }) => {
  const { chart } = svmscope;
  await expect(chart.state('guestMode', 'l2')).toHaveAccessibleDescription('out by LEAVE_GUEST_MODE to l1');
  await chart.state('run', 'guest').focus();
  await svmscope.press('Enter', 'Tab', 'Tab', 'Tab');
  await expect(
    chart.about('run', 'guest').getByRole('button', { name: 'VMEXIT to kvm', exact: true }),
  ).toBeFocused();
  await svmscope.press('Enter');
  await expect(chart.state('run', 'kvm')).toBeFocused();
  await expect(chart.about('run', 'kvm')).toBeVisible();
});

test('whoever chose a state by mouse goes on stepping with the arrow keys', async ({ svmscope }) => {
  await svmscope.chart.state('run', 'guest').click();
  await svmscope.press('ArrowRight');
  await expect(svmscope.story).toContainText('Step 2');
});

test('arrow keys go along the operations, and after the last one execute the next', async ({ svmscope }) => {
  const { lanes } = svmscope;
  await svmscope.press('ArrowRight');
  await lanes.scrubber.focus();
  await svmscope.press('Tab');
  await expect(lanes.operations.nth(1)).toBeFocused();
  await svmscope.press('ArrowLeft');
  await expect(lanes.operations.nth(0)).toBeFocused();
  await expect(svmscope.story).toContainText('Step 2');
  await svmscope.press('Enter');
  await expect(svmscope.story).toContainText('Step 1');
  await svmscope.press('ArrowRight', 'ArrowRight');
  await expect(svmscope.story).toContainText('Step 2');
});

test('a state says what leads out of it now, and whether a WARN would fire', async ({ svmscope }) => {
  const { chart } = svmscope;
  await chart.state('nested', 'allocated').click();
  await expect(chart.about('nested', 'allocated')).toContainText('svm->nested.initialized is true');
  await expect(chart.about('nested', 'allocated')).toContainText(
    'Open now: FREE_NESTED, a WARN (I1) unless svm->vmcb == svm->vmcb01.ptr, which does not hold',
  );
});

test('the chart moves only when it is told to', async ({ svmscope }) => {
  const { chart } = svmscope;
  const state = chart.state('run', 'guest');
  const before = await state.boundingBox();
  await svmscope.press('ArrowRight', 'ArrowRight', 'ArrowLeft');
  expect(await state.boundingBox()).toEqual(before);
  await chart.zoomIn.click();
  await expect(chart.fit).toHaveAccessibleName('Fit the chart, now 130 %');
  await chart.fit.click();
  expect(await state.boundingBox()).toEqual(before);
});

test('the lanes tell the run, and a column returns to it', async ({ svmscope }) => {
  const { lanes } = svmscope;
  await svmscope.press('ArrowRight');
  await expect(lanes.operations).toHaveCount(2);
  await expect(lanes.operations.nth(0)).toHaveAccessibleName('1: VMRUN by L1, exit vmrun: L2 runs');
  await expect(lanes.operations.nth(1)).toHaveAccessibleName(
    /^2: WRMSR EFER SVME=0 by L2, exit msr: .*Kernels differ: 7\.0: the guest goes on; 7\.1: KVM_EXIT_SHUTDOWN$/,
  );
  await lanes.goTo(1);
  await expect(lanes.current).toHaveAccessibleName(/^1: VMRUN/);
  await expect(svmscope.chart.state('guestMode', 'l2')).toHaveAccessibleName(/current/);
});

test('at the start the scrubber says so', async ({ svmscope }) => {
  await svmscope.press('Home');
  await expect(svmscope.lanes.operations).toHaveCount(1);
  await expect(svmscope.lanes.scrubber).toHaveAttribute('aria-valuetext', 'start, before operation 1 of 1');
});

test('the scrubber moves by keyboard over operations and their nodes', async ({ svmscope }) => {
  const { scrubber } = svmscope.lanes;
  await svmscope.press('ArrowRight');
  await scrubber.focus();
  await svmscope.press('ArrowLeft');
  await expect(scrubber).toHaveAttribute('aria-valuetext', '1 of 2: VMRUN');
  await svmscope.press('Home');
  await expect(scrubber).toHaveAttribute('aria-valuenow', '0');
  await svmscope.press('Shift+ArrowRight');
  await expect(scrubber).toHaveAttribute('aria-valuetext', /^1 of 2: VMRUN, node 1 of \d+$/);
  await svmscope.press('End');
  await expect(scrubber).toHaveAttribute('aria-valuenow', '2');
  await svmscope.press('ArrowRight');
  await expect(scrubber).toHaveAttribute('aria-valuemax', '3');
});

test('another way is a branch with a name, one click away', async ({ svmscope }) => {
  const { branches, operations } = svmscope.lanes;
  await svmscope.press('ArrowRight', 'ArrowLeft');
  await svmscope.operations.choice('Guest', 'CPUID').click();
  await expect(branches.all).toHaveCount(2);
  await expect(branches.current).toHaveText('CPUID');
  await branches.returnTo('WRMSR EFER SVME=0');
  await expect(operations.nth(1)).toHaveAccessibleName(/^2: WRMSR/);
  await branches.rename('CPUID', 'harmless');
  await expect(branches.all.nth(1)).toContainText('harmless');
  await branches.returnTo('harmless');
  await expect(operations.nth(1)).toHaveAccessibleName(/^2: CPUID/);
});

test('both ways stand side by side', async ({ svmscope, page }) => {
  const { lanes } = svmscope;
  await svmscope.press('ArrowRight', 'ArrowLeft');
  await svmscope.operations.choice('Guest', 'CPUID').click();
  await lanes.compareWith('WRMSR EFER SVME=0');
  const other = lanes.operationsOf('WRMSR EFER SVME=0');
  await expect(other).toHaveCount(1);
  await expect(other).toHaveAccessibleName(/^2: WRMSR/);
  const [own, compared] = [await lanes.operations.nth(1).boundingBox(), await other.boundingBox()];
  expect(compared?.x).toBe(own?.x);
  expect(await obstacles(page)).toEqual([]);
  await other.click();
  await expect(lanes.branches.current).toHaveText('WRMSR EFER SVME=0');
  await expect(lanes.operationsOf('CPUID')).toHaveCount(1);
});
