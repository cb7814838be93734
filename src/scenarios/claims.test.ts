import { describe, expect, test } from 'vitest';

import { present } from '#base/assert.ts';
import { kernelOf } from '#kvm/kernels.testing.ts';
import { outcomeLine, stateWord, stepLine } from '#program/report.testing.ts';
import type { Report } from '#program/report.ts';
import { run } from '#program/runner.ts';
import { viewAt } from '#session/derive.ts';
import { stepForward } from '#session/steps.ts';
import { openScenario, type Scenario } from './scenario.ts';
import { scenarios } from './scenarios.ts';

/** The sentence that each scenario wants believed, held against what its program does. */

const scenarioOf = (id: string): Scenario =>
  present(
    scenarios.find((one) => one.id === id),
    id,
  );

function report(id: string, kernel: string): Report {
  return run(kernelOf(kernel), scenarioOf(id).program);
}

const outcomes = (id: string, kernel: string): readonly string[] => report(id, kernel).steps.map(outcomeLine);
const lines = (id: string, kernel: string): readonly string[] => report(id, kernel).steps.map(stepLine);
const broken = (id: string, kernel: string): readonly string[] =>
  report(id, kernel).violations.map(({ step, invariant }) => `${invariant}@${step}`);
const pathAt = (id: string, kernel: string, step: number): readonly string[] =>
  report(id, kernel).steps[step]!.path.map(({ fn }) => fn);

describe('l2-clears-svme', () => {
  const id = 'l2-clears-svme';

  test("7.0 drops out of guest mode without a #VMEXIT and runs L1 with L2's registers", () => {
    expect(lines(id, '7.0')[1]).toBe('L2 WRMSR: resume | l1 gif > L1');
    expect(broken(id, '7.0')).toEqual(['I14@1']);
    expect(pathAt(id, '7.0', 1)).not.toContain('nested_svm_vmexit');
  });

  test('7.1 raises a triple fault instead', () => {
    expect(outcomes(id, '7.1')[1]).toBe('L2 WRMSR: KVM_EXIT_SHUTDOWN');
  });

  test('a KVM_RUN after the SHUTDOWN comes to where 7.0 was at once', () => {
    expect(report(id, '7.1').steps[2]?.after).toEqual(report(id, '7.0').steps[1]?.after);
  });
});

test('l2-clears-svme-intercepted: a #VMEXIT msr on every kernel, and svm_set_efer() only restores L1', () => {
  const id = 'l2-clears-svme-intercepted';
  for (const kernel of ['6.12', ...scenarioOf(id).kernels]) {
    expect(lines(id, kernel)[1]).toBe('L2 WRMSR: #VMEXIT 0x7c | l1 svme nested > L1');
    const path = report(id, kernel).steps[1]!.path;
    const exits = path.find(({ fn }) => fn === 'nested_svm_vmexit')!;
    const writes = path.filter(({ fn }) => fn === 'svm_set_efer');
    expect(writes).toEqual([{ fn: 'svm_set_efer', depth: exits.depth + 1 }]);
    expect(broken(id, kernel)).toEqual([]);
  }
});

test('l2-clears-svme-bitmap-clear: as with MSR_PROT off, after the bit was looked at', () => {
  const id = 'l2-clears-svme-bitmap-clear';
  for (const kernel of ['7.0', '7.1', '7.0+v1']) {
    expect(lines(id, kernel)).toEqual(lines('l2-clears-svme', kernel));
    expect(report(id, kernel).steps[1]?.decisions).toContainEqual({
      fn: 'nested_svm_exit_handled_msr',
      test: 'value & mask',
      value: false,
    });
  }
});

test("l2-clears-svme-no-nrips: L2's own code goes on in L1's context, its VMMCALL is a hypercall", () => {
  const id = 'l2-clears-svme-no-nrips';
  expect(lines(id, '7.0').slice(1, 3)).toEqual([
    'L2 WRMSR: resume | l1 gif > L2 as L1',
    'L2 as L1 VMMCALL: resume | l1 gif > L2 as L1',
  ]);
  expect(pathAt(id, '7.0', 2)).toContain('kvm_emulate_hypercall');
  expect(lines('l2-clears-svme', '7.0')[1]).toBe('L2 WRMSR: resume | l1 gif > L1');
});

describe('l2-clears-then-sets', () => {
  const id = 'l2-clears-then-sets';

  test('v1 lets L2 toggle SVME and keeps it in guest mode', () => {
    expect(lines(id, '7.0+v1').slice(1, 4)).toEqual([
      'L2 WRMSR: resume | l2 gif nested > L2',
      'L2 WRMSR: resume | l2 svme gif nested > L2',
      'L2 VMMCALL: #VMEXIT 0x81 | l1 svme nested > L1',
    ]);
    expect(broken(id, '7.0+v1')).toEqual(['I6@1', 'I19@1']);
    expect([...pathAt(id, '7.0+v1', 1), ...pathAt(id, '7.0+v1', 2)]).not.toContain('svm_allocate_nested');
  });

  test('elsewhere guest mode is gone, and whoever sets SVME again does so as L1, anew', () => {
    expect(lines(id, '7.0').slice(1, 3)).toEqual([
      'L2 WRMSR: resume | l1 gif > L1',
      'L1 WRMSR: resume | l1 svme gif nested > L1',
    ]);
    expect(pathAt(id, '7.0', 2)).toContain('svm_allocate_nested');
    expect(report(id, '7.1').steps.at(-1)).toMatchObject({
      context: 'L1',
      op: { do: 'WRMSR', set: ['SVME'] },
    });
  });
});

test('shutdown-intercept: on 7.1 guest mode is left before the request is handled', () => {
  const id = 'shutdown-intercept';
  expect(outcomes(id, '7.1')[1]).toBe('L2 WRMSR: KVM_EXIT_SHUTDOWN');
  expect(report(id, '7.1').steps[1]?.decisions).toContainEqual({
    fn: 'vcpu_enter_guest',
    test: 'is_guest_mode(vcpu)',
    value: false,
  });
  expect(pathAt(id, '7.1', 1)).not.toContain('nested_svm_triple_fault');
});

test('userspace-sregs: v2 shuts down for a fault that nobody earned, 7.1 and 7.0 run', () => {
  const id = 'userspace-sregs';
  const [v2, plain, merged] = ['7.0+v2', '7.0', '7.1'].map((kernel) => lines(id, kernel)[5]);
  expect(v2).toBe('userspace KVM_RUN: KVM_EXIT_SHUTDOWN | l1 gif');
  expect(merged).toBe(plain);
  expect(merged).toMatch(/^userspace KVM_RUN: resume /);
  expect(broken(id, '7.0+v2')).toContain('I13@3');
  expect(broken(id, '7.1')).not.toContain('I13@3');
  expect(stateWord(report(id, '7.0+v2').steps[4]!)).toBe('l1 gif tf');
});

test("userspace-sync-regs: what was merged takes them for L2's own write, hook does not", () => {
  const id = 'userspace-sync-regs';
  expect(outcomes(id, '7.1')[2]).toBe('userspace KVM_RUN: KVM_EXIT_SHUTDOWN');
  for (const kernel of ['7.0', '7.0+hook']) expect(outcomes(id, kernel)[2]).toBe('userspace KVM_RUN: resume');
});

test("userspace-filtered-write: 7.1 and hook run L1 with L2's registers as 7.0 does, only v2 stops it", () => {
  const id = 'userspace-filtered-write';
  for (const kernel of ['7.0', '7.0+hook', '7.1']) {
    expect(lines(id, kernel)[3]).toBe('userspace KVM_RUN: resume | l1 gif > L1');
    expect(broken(id, kernel)).toEqual(['I14@3']);
  }
  expect(outcomes(id, '7.0+v2')[3]).toBe('userspace KVM_RUN: KVM_EXIT_SHUTDOWN');
});

test('l1-sets-and-clears: the nested state lives as long as SVME, alike on every kernel', () => {
  const id = 'l1-sets-and-clears';
  for (const kernel of ['6.12', ...scenarioOf(id).kernels])
    expect(lines(id, kernel)).toEqual([
      'L1 WRMSR: resume | l1 svme gif nested > L1',
      'L1 WRMSR: resume | l1 gif > L1',
      'L1 VMRUN: #UD | l1 gif > L1',
    ]);
});

test('gif-and-svme: 6.12 sets GIF when SVME is cleared, 7.0 leaves it', () => {
  const id = 'gif-and-svme';
  expect(lines(id, '6.12')[1]).toBe('L1 WRMSR: resume | l1 gif > L1');
  expect(lines(id, '7.0')[1]).toBe('L1 WRMSR: resume | l1 > L1');
});

test('vmrun-svme-clear: VMEXIT_INVALID, guest mode is never entered; GIF goes on 6.12 only; repaired, L2 runs', () => {
  const id = 'vmrun-svme-clear';
  expect(lines(id, '6.12')[0]).toBe('L1 VMRUN: #VMEXIT -1 | l1 svme nested > L1');
  for (const kernel of ['7.0', '7.1'])
    expect(lines(id, kernel)[0]).toBe('L1 VMRUN: #VMEXIT -1 | l1 svme gif nested > L1');
  for (const kernel of ['6.12', '7.0', '7.1']) {
    expect(pathAt(id, kernel, 0)).not.toContain('enter_svm_guest_mode');
    expect(outcomes(id, kernel)[2]).toBe('L1 VMRUN: enter-guest');
  }
});

test('allocation-fails: EFER stays, KVM_RUN returns -ENOMEM, RIP stands on the WRMSR', () => {
  const id = 'allocation-fails';
  for (const kernel of scenarioOf(id).kernels) {
    expect(lines(id, kernel)).toEqual(['L1 WRMSR: = -12 | l1 gif']);
    const session = openScenario(scenarioOf(id));
    const [before, after] = [session, stepForward(session)].map(
      (one) => viewAt(one, kernel).snapshot.context.rip,
    );
    expect(after).toBe(before);
  }
});

test('every scenario has its claim checked here', () => {
  const checked = [
    'l2-clears-svme',
    'l2-clears-svme-intercepted',
    'l2-clears-svme-bitmap-clear',
    'l2-clears-svme-no-nrips',
    'l2-clears-then-sets',
    'shutdown-intercept',
    'userspace-sregs',
    'userspace-sync-regs',
    'userspace-filtered-write',
    'l1-sets-and-clears',
    'gif-and-svme',
    'vmrun-svme-clear',
    'allocation-fails',
  ];
  expect(scenarios.map(({ id }) => id)).toEqual(checked);
});
