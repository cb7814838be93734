import { describe, expect, test } from 'vitest';

import { Interpreter } from '#kvm/interpreter.ts';
import { kernelOf } from '#kvm/kernels.testing.ts';
import { ChartPort, initialSnapshot } from '#machine/chart-port.ts';
import type { Registers } from '#machine/registers.ts';
import { lines, refusal, reportOn, stateWord, type Parts } from './report.testing.ts';
import type { CodeOp, UserspaceOp } from './types.ts';

/** Ioctls that KVM refuses: with which errno, and which function decides it. */

const exit: CodeOp = { do: 'EXIT' };
const svmClear: Parts['guest'] = { efer: ['LME', 'LMA', 'NX'] };

/** L1 gives userspace the vCPU, which then does this. */
const fromL1 = (...userspace: readonly UserspaceOp[]): Parts => ({ code: { l1: [exit] }, userspace });
/** L2 does. */
const fromL2 = (...userspace: readonly UserspaceOp[]): Parts => ({ code: { l2: [exit] }, userspace });
/** The SMM handler does, after an SMI that L1 took, with these operations before. */
const fromSmm = (...userspace: readonly UserspaceOp[]): Parts => ({
  code: { l1: [exit], smm: [exit, { do: 'RSM' }] },
  userspace: [{ do: 'KVM_SMI' }, { do: 'KVM_RUN' }, ...userspace],
});

const everywhere = ['6.12', '6.12+v1', '7.0', '7.1'] as const;
const nested = 'svm_set_nested_state';

describe('an ioctl that is refused', () => {
  const noLma = '!(sregs->efer & EFER_LMA)';
  const notLong = 'sregs->efer & EFER_LMA || sregs->cs.l';

  test.each<[string, readonly string[], UserspaceOp, Parts, string, readonly [string, string]]>([
    [
      'SREGS: long mode without LMA',
      everywhere,
      { do: 'KVM_SET_SREGS', efer: { clear: ['LMA'] } },
      {},
      '= -22',
      ['__set_sregs_common', noLma],
    ],
    [
      'SREGS: LMA without LME',
      everywhere,
      { do: 'KVM_SET_SREGS', efer: { clear: ['LME'] } },
      {},
      '= -22',
      ['__set_sregs_common', notLong],
    ],
    [
      'SREGS: a 64-bit code segment without long mode',
      everywhere,
      { do: 'KVM_SET_SREGS', efer: { clear: ['LME', 'LMA'] } },
      {},
      '= -22',
      ['__set_sregs_common', notLong],
    ],
    [
      'SREGS: a reserved bit',
      ['6.12'],
      { do: 'KVM_SET_SREGS', efer: { set: ['TCE'] } },
      {},
      '= -22',
      ['kvm_valid_efer', 'efer & efer_reserved_bits'],
    ],
    [
      'SREGS: SVME that CPUID lacks',
      ['6.12'],
      { do: 'KVM_SET_SREGS', efer: { set: ['SVME'] } },
      { guest: { ...svmClear, cpuidSvm: false } },
      '= -22',
      ['__kvm_valid_efer', 'efer & EFER_SVME && !guest_cpuid_has(vcpu, X86_FEATURE_SVM)'],
    ],
    [
      'MSRS: a reserved bit',
      everywhere,
      { do: 'KVM_SET_MSRS', efer: { set: ['TCE'] } },
      {},
      '= count 0',
      ['set_efer', 'efer & efer_reserved_bits'],
    ],
    [
      'MSRS: no memory for SVME',
      ['6.12', '7.0', '7.1'],
      { do: 'KVM_SET_MSRS', efer: { set: ['SVME'] } },
      { guest: svmClear, host: { allocNestedFails: true } },
      '= count 0',
      ['svm_allocate_nested', '!vmcb02_page'],
    ],
    [
      'NESTED_STATE: guest mode with SVME=0',
      ['6.12'],
      { do: 'KVM_SET_NESTED_STATE', flags: ['GUEST_MODE', 'GIF_SET'] },
      { guest: svmClear },
      '= -22',
      [nested, 'kvm_state->flags != KVM_STATE_NESTED_GIF_SET'],
    ],
    [
      'NESTED_STATE: guest mode with SVME=0, on 7.x',
      ['7.0', '7.1'],
      { do: 'KVM_SET_NESTED_STATE', flags: ['GUEST_MODE', 'GIF_SET'] },
      { guest: svmClear },
      '= -22',
      [nested, 'kvm_state->flags & ~KVM_STATE_NESTED_GIF_SET'],
    ],
    [
      'NESTED_STATE: a run pending with SVME=0',
      ['7.0', '7.1'],
      { do: 'KVM_SET_NESTED_STATE', flags: ['RUN_PENDING', 'GIF_SET'] },
      { guest: svmClear },
      '= -22',
      [nested, 'kvm_state->flags & ~KVM_STATE_NESTED_GIF_SET'],
    ],
    [
      'NESTED_STATE: no flags with SVME=0',
      ['6.12', '6.12+gif', '6.12+v1'],
      { do: 'KVM_SET_NESTED_STATE', flags: [] },
      { guest: svmClear },
      '= -22',
      [nested, 'kvm_state->flags != KVM_STATE_NESTED_GIF_SET'],
    ],
    [
      'NESTED_STATE: guest mode without a payload',
      everywhere,
      { do: 'KVM_SET_NESTED_STATE', flags: ['GUEST_MODE', 'GIF_SET'] },
      {},
      '= -22',
      [nested, '!page_address_valid(vcpu, kvm_state->hdr.svm.vmcb_pa)'],
    ],
  ])('%s', (_, kernels, op, parts, outcome, decision) => {
    for (const kernel of kernels) {
      const program = { ...fromL1(op), ...parts };
      const refused = refusal(kernel, program, decision);
      expect(refused, `on ${kernel}`).toBe(`userspace ${op.do}: ${outcome}, by ${decision[0]}()`);
      const [before, after] = reportOn(kernel, program).steps.slice(-2).map(stateWord);
      expect(after, `${kernel}: a refusal changes nothing`).toBe(before);
    }
  });

  test('KVM_SET_NESTED_STATE with guest mode in SMM, where userspace set SVME', () => {
    const parts = fromSmm(
      { do: 'KVM_SET_SREGS', efer: { set: ['SVME'] } },
      { do: 'KVM_SET_NESTED_STATE', flags: ['GUEST_MODE', 'GIF_SET'] },
    );
    const decision = [nested, 'is_smm(vcpu) && (kvm_state->flags & KVM_STATE_NESTED_GUEST_MODE)'] as const;
    for (const kernel of everywhere)
      expect(refusal(kernel, parts, decision)).toBe(
        'userspace KVM_SET_NESTED_STATE: = -22, by svm_set_nested_state()',
      );
  });

  test('KVM_RUN with sync regs that KVM_SET_SREGS would refuse does not run', () => {
    const parts = fromL2({ do: 'KVM_RUN', syncSregs: { efer: { clear: ['LMA'] } } });
    for (const kernel of everywhere)
      expect(refusal(kernel, parts, ['__set_sregs_common', noLma])).toBe(
        'userspace KVM_RUN: = -22, by __set_sregs_common()',
      );
  });
});

describe('an ioctl that is not refused although one might think so', () => {
  test('SREGS of 7.0 and 7.1 lack the check of EFER: 184bd464bdb6 is younger', () => {
    for (const kernel of ['7.0', '7.1']) {
      const parts = {
        ...fromL1({ do: 'KVM_SET_SREGS', efer: { set: ['SVME'] } }),
        guest: { ...svmClear, cpuidSvm: false },
      };
      expect(lines(kernel, parts).at(-1)).toBe('userspace KVM_SET_SREGS: = 0 | l1 svme gif nested');
    }
  });

  test('SREGS without memory for SVME: the error is lost, EFER keeps its old value', () => {
    for (const kernel of everywhere) {
      const parts = {
        ...fromL1({ do: 'KVM_SET_SREGS', efer: { set: ['SVME'] } }),
        guest: svmClear,
        host: { allocNestedFails: true },
      };
      expect(lines(kernel, parts).at(-1)).toBe('userspace KVM_SET_SREGS: = 0 | l1 gif');
    }
  });

  test('MSRS by the host ask neither CPUID nor whether paging is on', () => {
    for (const kernel of everywhere) {
      const parts = {
        ...fromL1({ do: 'KVM_SET_MSRS', efer: { set: ['SVME'], clear: ['LME'] } }),
        guest: { ...svmClear, cpuidSvm: false },
      };
      expect(lines(kernel, parts).at(-1)).toBe('userspace KVM_SET_MSRS: = count 1 | l1 svme gif nested');
    }
  });

  test('NESTED_STATE of 7.0 takes no flags with SVME=0, and clears GIF', () => {
    for (const kernel of ['7.0', '7.1']) {
      const parts = { ...fromL1({ do: 'KVM_SET_NESTED_STATE', flags: [] }), guest: svmClear };
      expect(lines(kernel, parts).at(-1)).toBe('userspace KVM_SET_NESTED_STATE: = 0 | l1');
    }
  });

  test('NESTED_STATE without guest mode leaves L2, run pending or not', () => {
    for (const kernel of everywhere) {
      for (const flags of [['GIF_SET'], ['RUN_PENDING', 'GIF_SET']] as const) {
        const parts = fromL2({ do: 'KVM_SET_NESTED_STATE', flags });
        expect(lines(kernel, parts).at(-1)).toBe('userspace KVM_SET_NESTED_STATE: = 0 | l1 svme gif nested');
      }
    }
  });
});

/** KVM_SET_NESTED_STATE with guest mode, with what userspace made up. */
function restore(payload: Partial<Registers>): number {
  const given = { npt: 1, cpuidSvm: 1, gotGuestMode: 1, gotIcptw4: 1, gotAsid: 1, gotEfer01: 0x1d00 };
  const port = new ChartPort(initialSnapshot({ ...given, ...payload }));
  port.apply({ type: 'SET_SVME' });
  port.apply({ type: 'ALLOCATE_NESTED' });
  return new Interpreter(kernelOf('7.1'), port).call(nested, { guest_mode: 1, gif_set: 1 });
}

describe('a payload that no running guest yields', () => {
  test.each<[string, Partial<Registers>, number]>([
    ['as L2 yields it', {}, 0],
    ['without the VMRUN intercept', { gotIcptw4: 2 }, -22],
    ['with ASID 0', { gotAsid: 0 }, -22],
    ['with nested paging that the host lacks', { gotNp: 1, npt: 0 }, -22],
    ['with nested paging that the host has', { gotNp: 1 }, 0],
    ['with an L1 without SVME', { gotEfer01: 0xd00 }, -22],
    ['with an L1 with a reserved bit', { gotEfer01: 0x9d00 }, -22],
  ])('%s', (_, payload, errno) => {
    expect(restore(payload)).toBe(errno);
  });
});
