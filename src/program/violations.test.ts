import { describe, expect, test } from 'vitest';

import { allKernelIds, recordedKernelIds } from '#kvm/kernels.ts';
import { reportOn, type Parts } from './report.testing.ts';
import type { CodeOp, UserspaceOp } from './types.ts';

const clear: CodeOp = { do: 'WRMSR', msr: 'EFER', clear: ['SVME'] };
const exit: CodeOp = { do: 'EXIT' };
const efer = { clear: ['SVME'] } as const;
const runOnce: UserspaceOp = { do: 'KVM_RUN' };
const kernels = [...new Set([...allKernelIds, ...recordedKernelIds, '7.0+merged', '6.12+hook'])];

/** What is broken, and by which operation: `I14@1`. */
function broken(kernel: string, parts: Parts): readonly string[] {
  return reportOn(kernel, parts).violations.map(({ step, invariant }) => `${invariant}@${step}`);
}

/** The same on every kernel, those that break nothing left out. */
function brokenOn(parts: Parts): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(
    kernels.map((kernel) => [kernel, broken(kernel, parts)] as const).filter(([, list]) => list.length > 0),
  );
}

const each = (ids: readonly string[], list: readonly string[]) =>
  Object.fromEntries(ids.map((id) => [id, list]));
const dropping = ['7.0', '6.12', '6.12+gif'];
const v1s = ['7.0+v1', '6.12+v1'];
const v2s = ['7.0+v2', '6.12+v2'];
const others = ['7.0+hook', '7.1', '6.12+merged', '7.0+merged', '6.12+hook'];
const filtered: Parts = { host: { eferWriteFilter: true }, code: { l2: [clear] } };

describe('an invariant is broken', () => {
  test("I14: L1 goes on with L2's registers; I20: it does after the SHUTDOWN; I6, I19: v1", () => {
    expect(brokenOn({ code: { l2: [clear] }, userspace: [runOnce] })).toEqual({
      ...each(dropping, ['I14@1']),
      ...each(v1s, ['I6@1', 'I19@1']),
      ...each([...v2s, ...others], ['I20@2']),
    });
  });

  test('once, not at every operation of L1 from then on', () => {
    const l1: readonly CodeOp[] = [{ do: 'VMRUN' }, { do: 'CPUID' }, { do: 'CPUID' }];
    expect(broken('7.0', { code: { l1, l2: [clear] } })).toEqual(['I14@1']);
    expect(broken('7.1', { code: { l1, l2: [clear] }, userspace: [runOnce] })).toEqual(['I20@2']);
  });

  test("without NRIPS it is L2's code: the same", () => {
    expect(brokenOn({ host: { nrips: false }, code: { l2: [clear] }, userspace: [runOnce] })).toEqual({
      ...each(dropping, ['I14@1']),
      ...each(v1s, ['I6@1', 'I19@1']),
      ...each([...v2s, ...others], ['I20@2']),
    });
  });

  test('I14 by a filtered write, once the vCPU runs; on v2 it does not until the SHUTDOWN', () => {
    const userspace: readonly UserspaceOp[] = [{ do: 'KVM_SET_MSRS', efer }, runOnce, runOnce];
    expect(brokenOn({ ...filtered, userspace })).toEqual({
      ...each([...dropping, ...others], ['I14@3']),
      ...each(v1s, ['I6@2', 'I19@2', 'I6@3', 'I19@3']),
      ...each(v2s, ['I20@4']),
    });
  });

  test('I14 also on v2, where userspace takes the triple fault back', () => {
    const userspace: readonly UserspaceOp[] = [
      { do: 'KVM_SET_MSRS', efer },
      { do: 'KVM_SET_VCPU_EVENTS', tripleFault: false },
      runOnce,
    ];
    for (const kernel of v2s) expect(broken(kernel, { ...filtered, userspace })).toEqual(['I14@4']);
  });

  test.each<[string, UserspaceOp]>([
    ['KVM_SET_SREGS', { do: 'KVM_SET_SREGS', efer }],
    ['KVM_SET_MSRS', { do: 'KVM_SET_MSRS', efer }],
  ])('I13: %s of v2 raises a fault that nobody earned', (_, op) => {
    expect(brokenOn({ code: { l2: [exit] }, userspace: [op] })).toEqual({
      ...each(v2s, ['I13@2']),
      ...each(v1s, ['I6@2', 'I19@2']),
    });
  });

  test('I13: sync regs of v2, and of what was merged', () => {
    const userspace: readonly UserspaceOp[] = [{ do: 'KVM_RUN', syncSregs: { efer } }];
    expect(brokenOn({ code: { l2: [exit] }, userspace })).toEqual({
      ...each([...v2s, '7.1', '6.12+merged', '7.0+merged'], ['I13@2']),
      ...each(v1s, ['I6@2', 'I19@2']),
    });
  });

  test('I10: a triple fault that userspace asks for, with a run that it says is pending', () => {
    const parts: Parts = {
      vmcb12: { intercepts: ['VMRUN', 'SHUTDOWN'] },
      code: { l1: [{ do: 'VMRUN' }, { do: 'CPUID' }], l2: [exit] },
      userspace: [
        { do: 'KVM_SET_NESTED_STATE', flags: ['GUEST_MODE', 'RUN_PENDING', 'GIF_SET'] },
        { do: 'KVM_SET_VCPU_EVENTS', tripleFault: true },
        runOnce,
      ],
    };
    expect(brokenOn(parts)).toEqual(each(kernels, ['I10@4']));
  });

  test('I19: on v1 the nested state outlives SVME; elsewhere only where SMM is not left by RSM', () => {
    const leave: readonly UserspaceOp[] = [
      { do: 'KVM_SET_SREGS', efer },
      { do: 'KVM_SET_NESTED_STATE', flags: ['GIF_SET'] },
    ];
    for (const kernel of v1s)
      expect(broken(kernel, { code: { l2: [exit] }, userspace: leave }).at(-1)).toBe('I19@3');
    const fromSmm: Parts = {
      code: { l1: [exit], smm: [exit] },
      userspace: [{ do: 'KVM_SMI' }, runOnce, { do: 'KVM_SET_VCPU_EVENTS', smm: false }],
    };
    expect(brokenOn(fromSmm)).toEqual(each(kernels, ['I19@4']));
  });
});

describe('nothing is broken', () => {
  test.each<[string, Parts]>([
    [
      'where L1 intercepts the write',
      {
        vmcb12: { intercepts: ['VMRUN', 'MSR_PROT'], msrpm: { EFER: { read: false, write: true } } },
        code: { l2: [clear] },
      },
    ],
    ['where L1 clears SVME', { code: { l1: [clear, { do: 'VMRUN' }] } }],
    [
      'where L2 writes another bit',
      { code: { l2: [{ do: 'WRMSR', msr: 'EFER', set: ['SCE'] }, { do: 'VMMCALL' }] } },
    ],
    [
      'where userspace asks for the triple fault itself',
      {
        code: { l2: [exit] },
        userspace: [{ do: 'KVM_SET_VCPU_EVENTS', tripleFault: true }, runOnce],
      },
    ],
    ['by an SMI and its RSM', { code: { l2: [exit] }, userspace: [{ do: 'KVM_SMI' }, runOnce] }],
    [
      'by an INIT',
      {
        host: { irqchip: true },
        code: { l2: [exit] },
        userspace: [{ do: 'KVM_SET_VCPU_EVENTS', latchedInit: true }, runOnce],
      },
    ],
    [
      'where userspace only looks',
      {
        code: { l2: [exit] },
        userspace: [{ do: 'KVM_GET_NESTED_STATE' }, { do: 'KVM_SET_NESTED_STATE', restore: true }, runOnce],
      },
    ],
  ])('%s', (_, parts) => {
    expect(brokenOn(parts)).toEqual({});
  });

  // The request stands below kvm_multiple_exception(), not below __set_sregs().
  test('where sync regs come with a fault that the guest made itself', () => {
    const parts: Parts = {
      code: { l1: [{ do: 'TRIPLE_FAULT' }] },
      userspace: [{ do: 'KVM_RUN', syncSregs: { efer: {} } }],
    };
    expect(brokenOn({ ...parts, host: { vmwareBackdoor: true } })).toEqual({});
  });

  // A freed vCPU has no nested state, whatever its EFER says.
  test('by closing a vCPU whose L1 has SVME set', () => {
    expect(brokenOn({ code: { l1: [exit] }, userspace: [{ do: 'CLOSE' }] })).toEqual({});
  });

  // L2 is entered anew in between: what happened before is no longer the reason.
  test('by a #VMEXIT after userspace put L2 back', () => {
    const parts: Parts = {
      ...filtered,
      code: { l2: [clear, { do: 'VMMCALL' }] },
      userspace: [
        { do: 'KVM_GET_NESTED_STATE' },
        { do: 'KVM_SET_MSRS', efer },
        { do: 'KVM_SET_SREGS', efer: { set: ['SVME'] } },
        { do: 'KVM_SET_NESTED_STATE', restore: true },
        runOnce,
      ],
    };
    expect(broken('7.0', parts)).toEqual([]);
  });

  // L2 did not ask for SVME=0, userspace did on its own account.
  test('by userspace that clears SVME where the filter denied another bit', () => {
    const parts: Parts = {
      host: { eferWriteFilter: true },
      code: { l2: [{ do: 'WRMSR', msr: 'EFER', set: ['SCE'] }] },
      userspace: [{ do: 'KVM_SET_MSRS', efer }, runOnce],
    };
    expect(broken('7.0', parts)).toEqual([]);
  });
});
