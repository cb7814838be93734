import { describe, expect, test } from 'vitest';

import { kernelOf } from '#kvm/kernels.testing.ts';
import { lines, outcomes, reportOn, type Parts } from './report.testing.ts';
import type { CodeOp, UserspaceOp } from './types.ts';

/**
 * Who clears EFER.SVME, and what each version of the patch makes of it. `left`: KVM drops out of guest mode and frees,
 * the guest goes on; `shutdown`: the same, and a triple fault; `kept`: guest mode stays, with SVME=0.
 */

type Verdict = 'left' | 'shutdown' | 'kept';

const kernels = {
  base: ['6.12', '6.12+gif', '7.0', '7.0+recalc'],
  v1: ['6.12+v1', '6.12+gif+v1', '7.0+v1'],
  v2: ['6.12+v2', '6.12+gif+v2', '7.0+v2'],
  hook: ['6.12+hook', '7.0+hook'],
  merged: ['6.12+merged', '6.12+gif+merged', '6.12+gif+merged+recalc', '7.0+merged', '7.1'],
} as const;

type Column = keyof typeof kernels;
const columns = Object.keys(kernels) as readonly Column[];
const everyKernel = columns.flatMap((column) => [...kernels[column]]);

const clear: CodeOp = { do: 'WRMSR', msr: 'EFER', clear: ['SVME'] };
const efer = { clear: ['SVME'] } as const;
const oneRun: UserspaceOp = { do: 'KVM_RUN' };
const exit: CodeOp = { do: 'EXIT' };

/** What a program in which L2 loses its SVME came to, once userspace let the vCPU run again. */
function verdictOn(kernel: string, parts: Parts): Verdict {
  const { steps } = reportOn(kernel, parts);
  if (
    steps.some(({ outcome }) => outcome.kind === 'userspace-exit' && outcome.reason === 'KVM_EXIT_SHUTDOWN')
  )
    return 'shutdown';
  return steps.find(({ after }) => !after.svme)?.after.guestMode ? 'kept' : 'left';
}

describe('SVME is cleared while L2 is active', () => {
  const inL2 = (...userspace: readonly UserspaceOp[]): Parts => ({
    code: { l2: [exit] },
    userspace: [...userspace, oneRun],
  });

  test.each<[string, Parts, Readonly<Record<Column, Verdict>>]>([
    [
      "by L2's WRMSR, which L1 does not intercept",
      { code: { l2: [clear] } },
      { base: 'left', v1: 'kept', v2: 'shutdown', hook: 'shutdown', merged: 'shutdown' },
    ],
    [
      'by KVM_SET_SREGS',
      inL2({ do: 'KVM_SET_SREGS', efer }),
      { base: 'left', v1: 'kept', v2: 'shutdown', hook: 'left', merged: 'left' },
    ],
    [
      'by KVM_SET_MSRS',
      inL2({ do: 'KVM_SET_MSRS', efer }),
      { base: 'left', v1: 'kept', v2: 'shutdown', hook: 'left', merged: 'left' },
    ],
    [
      'by dirty sync regs of KVM_RUN',
      inL2({ do: 'KVM_RUN', syncSregs: { efer } }),
      { base: 'left', v1: 'kept', v2: 'shutdown', hook: 'left', merged: 'shutdown' },
    ],
    [
      'by dirty sync regs of an immediate KVM_RUN, which is none',
      inL2({ do: 'KVM_RUN', immediateExit: true, syncSregs: { efer } }),
      { base: 'left', v1: 'kept', v2: 'shutdown', hook: 'left', merged: 'left' },
    ],
    [
      'by userspace, for a write of L2 that its filter denied',
      {
        host: { eferWriteFilter: true },
        code: { l2: [clear] },
        userspace: [{ do: 'KVM_SET_MSRS', efer }, oneRun],
      },
      { base: 'left', v1: 'kept', v2: 'shutdown', hook: 'left', merged: 'left' },
    ],
  ])('%s', (_, parts, expected) => {
    for (const column of columns)
      for (const kernel of kernels[column])
        expect(verdictOn(kernel, parts), `on ${kernel}`).toBe(expected[column]);
  });

  test("by L2's WRMSR, which L1 intercepts: a #VMEXIT everywhere", () => {
    const vmcb12 = {
      intercepts: ['VMRUN', 'MSR_PROT'],
      msrpm: { EFER: { read: false, write: true } },
    } as const;
    for (const kernel of everyKernel)
      expect(lines(kernel, { vmcb12, code: { l2: [clear] } }).at(-1)).toBe(
        'L2 WRMSR: #VMEXIT 0x7c | l1 svme nested > L1',
      );
  });

  test('by the image that RSM loads: a shutdown everywhere, svm_set_efer() is not reached in guest mode', () => {
    const parts: Parts = {
      code: { l2: [exit], smm: [{ do: 'SMRAM', efer }, { do: 'RSM' }] },
      userspace: [{ do: 'KVM_SMI' }, oneRun],
    };
    for (const kernel of everyKernel) {
      const { steps } = reportOn(kernel, parts);
      expect(outcomes(kernel, parts).at(-1), `on ${kernel}`).toBe('SMM RSM: KVM_EXIT_SHUTDOWN');
      expect(steps.at(-1)?.path.map(({ fn }) => fn)).not.toContain('svm_leave_nested');
    }
  });

  test('by an INIT: the reset leaves nested first, and nobody raises a triple fault', () => {
    const parts: Parts = {
      host: { irqchip: true },
      code: { l2: [exit] },
      userspace: [{ do: 'KVM_SET_VCPU_EVENTS', latchedInit: true }, oneRun],
    };
    for (const kernel of everyKernel) {
      const { steps } = reportOn(kernel, parts);
      expect(lines(kernel, parts).at(-1), `on ${kernel}`).toBe('userspace KVM_RUN: reset | l1 gif');
      const path = steps.at(-1)!.path.map(({ fn }) => fn);
      expect(path.indexOf('svm_leave_nested')).toBe(path.indexOf('kvm_vcpu_reset') + 1);
    }
  });

  test('by a shutdown that L1 does not intercept: the same, then KVM_EXIT_SHUTDOWN', () => {
    for (const kernel of everyKernel)
      expect(
        lines(kernel, { code: { l2: [{ do: 'TRIPLE_FAULT', via: 'hardware' }] } }).at(-1),
        `on ${kernel}`,
      ).toBe('L2 TRIPLE_FAULT: KVM_EXIT_SHUTDOWN | l1 gif');
  });

  test('by an SMI: the inner #VMEXIT leaves guest mode, and the nested state stays', () => {
    const parts: Parts = { code: { l2: [exit] }, userspace: [{ do: 'KVM_SMI' }, oneRun] };
    for (const kernel of everyKernel) {
      const step = reportOn(kernel, parts).steps[3]!;
      expect(step.outcome.kind).toBe('smm-entry');
      expect(step.after).toMatchObject({ guestMode: false, svme: false, nestedAllocated: true, smm: true });
      expect(step.path.map(({ fn }) => fn)).not.toContain('svm_free_nested');
    }
  });
});

describe('SVME is toggled by L1', () => {
  const set: CodeOp = { do: 'WRMSR', msr: 'EFER', set: ['SVME'] };

  test('cleared: the nested state is freed everywhere; only 6.12 without gif sets GIF', () => {
    const parts: Parts = { host: { vgif: false }, code: { l1: [{ do: 'CLGI' }, clear] } };
    for (const kernel of everyKernel) {
      const gif = kernel.startsWith('6.12') && !kernel.includes('gif') ? ' gif' : '';
      expect(lines(kernel, parts).at(-1), `on ${kernel}`).toBe(`L1 WRMSR: resume | l1${gif} > L1`);
    }
  });

  test('set: the nested state is allocated everywhere', () => {
    const parts: Parts = { guest: { efer: ['LME', 'LMA', 'NX'] }, code: { l1: [set] } };
    for (const kernel of everyKernel)
      expect(lines(kernel, parts), `on ${kernel}`).toEqual(['L1 WRMSR: resume | l1 svme gif nested > L1']);
  });

  test('only recalc asks for the intercepts anew, and only where the allocation did not fail', () => {
    for (const allocNestedFails of [false, true]) {
      for (const kernel of everyKernel) {
        const parts: Parts = {
          host: { allocNestedFails },
          guest: { efer: ['LME', 'LMA', 'NX'] },
          code: { l1: [set] },
        };
        const [step] = reportOn(kernel, parts).steps;
        const asked = step!.decisions.some(
          ({ test: text, value }) => text === 'kvm_check_request(KVM_REQ_RECALC_INTERCEPTS, vcpu)' && value,
        );
        const patched = kernelOf(kernel).patches.some(({ id }) => id === 'recalc');
        expect(asked, `on ${kernel}`).toBe(patched && !allocNestedFails);
      }
    }
  });
});

test('only v1 sets SVME again in nested_svm_vmexit(), and finds the nested state allocated', () => {
  const parts: Parts = { code: { l2: [clear, { do: 'VMMCALL' }] } };
  for (const kernel of everyKernel) {
    const step = reportOn(kernel, parts).steps.find(({ outcome }) => outcome.kind === 'nested-vmexit');
    const allocates = step?.path.some(({ fn }) => fn === 'svm_allocate_nested') ?? false;
    expect(allocates, `on ${kernel}`).toBe(kernel.includes('v1'));
  }
});
