import { describe, expect, test } from 'vitest';

import { lastStep, lines, outcomeLine, outcomes, refusal, reportOn, type Parts } from './report.testing.ts';
import type { CodeOp } from './types.ts';

/** What the guest does and is refused: EFER writes, VMRUN, RSM; with which exception, and by which function. */

const exit: CodeOp = { do: 'EXIT' };
const svmClear: Parts['guest'] = { efer: ['LME', 'LMA', 'NX'] };
const everywhere = ['6.12', '6.12+v1', '7.0', '7.1'] as const;
const byL1 = (op: CodeOp, parts: Parts = {}): Parts => ({ ...parts, code: { l1: [op] } });

describe('an EFER write of the guest that is refused', () => {
  test.each<[string, CodeOp, Parts, readonly [string, string]]>([
    [
      'a reserved bit',
      { do: 'WRMSR', msr: 'EFER', set: ['TCE'] },
      {},
      ['set_efer', 'efer & efer_reserved_bits'],
    ],
    [
      'a bit above those with names',
      { do: 'WRMSR', msr: 'EFER', value: '0x100000000d00' },
      {},
      ['set_efer', 'efer & efer_reserved_bits'],
    ],
    [
      'SVME that CPUID lacks',
      { do: 'WRMSR', msr: 'EFER', set: ['SVME'] },
      { guest: { ...svmClear, cpuidSvm: false } },
      ['set_efer', '!__kvm_valid_efer(vcpu, efer)'],
    ],
    [
      'LME while paging is on',
      { do: 'WRMSR', msr: 'EFER', clear: ['LME'] },
      {},
      ['set_efer', 'is_paging(vcpu) && (vcpu->arch.efer & EFER_LME) != (efer & EFER_LME)'],
    ],
    [
      'VM_CR: a reserved bit',
      { do: 'WRMSR', msr: 'VM_CR', value: '0x20' },
      {},
      ['svm_set_vm_cr', 'data & ~SVM_VM_CR_VALID_MASK'],
    ],
    [
      'VM_CR: SVMDIS while SVME is set',
      { do: 'WRMSR', msr: 'VM_CR', value: '0x10' },
      {},
      ['svm_set_vm_cr', 'svm_dis && (vcpu->arch.efer & EFER_SVME)'],
    ],
    [
      'VM_HSAVE_PA: no page',
      { do: 'WRMSR', msr: 'VM_HSAVE_PA', value: '0x21001' },
      {},
      ['svm_set_msr', '!msr->host_initiated && !page_address_valid(vcpu, data)'],
    ],
  ])('%s is #GP, and EFER stays', (_, op, parts, decision) => {
    for (const kernel of everywhere) {
      expect(refusal(kernel, byL1(op, parts), decision)).toBe(`L1 WRMSR: #GP, by ${decision[0]}()`);
      expect(lastStep(reportOn(kernel, byL1(op, parts))).after.svme).toBe(parts.guest === undefined);
    }
  });

  test('LMA in the written value is ignored, set or clear', () => {
    for (const kernel of everywhere) {
      const parts = {
        code: { l1: [{ do: 'WRMSR', msr: 'EFER', value: '0x1900' }, { do: 'VMRUN' }] },
      } as const;
      expect(outcomes(kernel, parts)).toEqual(['L1 WRMSR: resume', 'L1 VMRUN: enter-guest']);
    }
  });

  test('a filter of EFER writes denies no read, no other MSR, and nothing that userspace writes', () => {
    for (const kernel of everywhere) {
      const parts: Parts = {
        host: { eferWriteFilter: true },
        code: {
          l1: [
            { do: 'RDMSR', msr: 'EFER' },
            { do: 'WRMSR', msr: 'VM_HSAVE_PA', value: '0x1000' },
            { do: 'WRMSR', msr: 'EFER', set: ['SCE'] },
          ],
        },
        userspace: [{ do: 'KVM_SET_MSRS', efer: { set: ['SCE'] } }],
      };
      expect(outcomes(kernel, parts)).toEqual([
        'L1 RDMSR: resume',
        'L1 WRMSR: resume',
        'L1 WRMSR: KVM_EXIT_X86_WRMSR',
        'userspace KVM_SET_MSRS: = count 1',
      ]);
    }
  });

  test('at CPL 3 the processor itself raises #GP', () => {
    for (const kernel of everywhere) {
      const parts: Parts = {
        code: {
          l1: [
            { do: 'CPL', cpl: 3 },
            { do: 'WRMSR', msr: 'EFER', clear: ['SVME'] },
          ],
        },
      };
      const step = lastStep(reportOn(kernel, parts));
      expect(outcomeLine(step)).toBe('L1 WRMSR: #GP');
      expect([step.exit, step.path]).toEqual([null, []]);
    }
  });

  test('SVME without memory is -ENOMEM out of KVM_RUN; RIP stays and the instruction comes again', () => {
    for (const kernel of everywhere) {
      const parts: Parts = {
        ...byL1({ do: 'WRMSR', msr: 'EFER', set: ['SVME'] }),
        guest: svmClear,
        host: { allocNestedFails: true },
        userspace: [{ do: 'KVM_RUN' }],
      };
      expect(lines(kernel, parts)).toEqual([
        'L1 WRMSR: = -12 | l1 gif',
        'userspace KVM_RUN: resume | l1 gif > L1',
        'L1 WRMSR: = -12 | l1 gif',
      ]);
    }
  });
});

describe('VMRUN that is refused', () => {
  const vmrun: CodeOp = { do: 'VMRUN' };
  const permissions = 'nested_svm_check_permissions';
  const controls = '__nested_vmcb_check_controls';
  const save = '__nested_vmcb_check_save';
  const noSvme = '!(vcpu->arch.efer & EFER_SVME) || !is_paging(vcpu)';

  test.each<[string, Parts, string, readonly [string, string]]>([
    ['SVME=0', { ...byL1(vmrun), guest: svmClear }, '#UD', [permissions, noSvme]],
    [
      'VM_HSAVE_PA is 0',
      { ...byL1(vmrun), guest: { hsave: false } },
      '#GP',
      ['nested_svm_vmrun', '!svm->nested.hsave_msr'],
    ],
    [
      'EFER.SVME clear in vmcb12',
      { ...byL1(vmrun), vmcb12: { efer: ['LME', 'LMA', 'NX'] } },
      '#VMEXIT -1',
      [save, 'CC(!(save->efer & EFER_SVME))'],
    ],
    [
      'a reserved bit of EFER in vmcb12',
      { ...byL1(vmrun), vmcb12: { efer: ['LME', 'LMA', 'NX', 'SVME', 'TCE'] } },
      '#VMEXIT -1',
      [save, 'CC(!kvm_valid_efer(vcpu, save->efer))'],
    ],
    [
      'the guest has no SVM by CPUID',
      { ...byL1(vmrun), guest: { cpuidSvm: false } },
      '#VMEXIT -1',
      [save, 'CC(!kvm_valid_efer(vcpu, save->efer))'],
    ],
    [
      'the VMRUN intercept is clear',
      { ...byL1(vmrun), vmcb12: { intercepts: ['VMMCALL'] } },
      '#VMEXIT -1',
      [controls, 'CC(!vmcb12_is_intercept(control, INTERCEPT_VMRUN))'],
    ],
    [
      'ASID 0',
      { code: { l1: [{ do: 'VMCB12', asid: 0 }, vmrun] } },
      '#VMEXIT -1',
      [controls, 'CC(control->asid == 0)'],
    ],
    [
      'nested paging without that of the host',
      { ...byL1(vmrun), host: { npt: false } },
      '#VMEXIT -1',
      [controls, 'CC((control->nested_ctl & SVM_NESTED_CTL_NP_ENABLE) && !npt_enabled)'],
    ],
  ])('%s', (_, parts, outcome, decision) => {
    for (const kernel of everywhere) {
      expect(refusal(kernel, parts, decision), `on ${kernel}`).toBe(
        `L1 VMRUN: ${outcome}, by ${decision[0]}()`,
      );
      expect(lastStep(reportOn(kernel, parts)).after.guestMode).toBe(false);
    }
  });

  test('at CPL 3: the processor, or with the #GP intercept of the erratum KVM', () => {
    const parts: Parts = { code: { l1: [{ do: 'CPL', cpl: 3 }, vmrun] } };
    for (const kernel of everywhere) {
      expect(lastStep(reportOn(kernel, parts)).path).toEqual([]);
      expect(
        refusal(kernel, { ...parts, host: { gpErratum: true } }, [
          permissions,
          'to_svm(vcpu)->vmcb->save.cpl',
        ]),
      ).toBe(`L1 VMRUN: #GP, by ${permissions}()`);
    }
  });

  test('in SMM paging is off already', () => {
    const parts: Parts = {
      code: { l1: [exit], smm: [{ do: 'WRMSR', msr: 'EFER', set: ['SVME'] }, vmrun] },
      userspace: [{ do: 'KVM_SMI' }, { do: 'KVM_RUN' }],
    };
    for (const kernel of everywhere)
      expect(refusal(kernel, parts, [permissions, noSvme])).toBe(`SMM VMRUN: #UD, by ${permissions}()`);
  });

  test('in SMM that userspace made of L1, VMRUN itself asks', () => {
    const parts: Parts = {
      code: { l1: [exit, vmrun] },
      userspace: [{ do: 'KVM_SET_VCPU_EVENTS', smm: true }, { do: 'KVM_RUN' }],
    };
    for (const kernel of everywhere)
      expect(refusal(kernel, parts, ['nested_svm_vmrun', 'is_smm(vcpu)'])).toBe(
        'L1 as SMM VMRUN: #UD, by nested_svm_vmrun()',
      );
  });

  test('by L2 it is a #VMEXIT to L1, whoever asks: the intercept is mandatory', () => {
    const decision = ['nested_svm_intercept', 'vmcb12_is_intercept(&svm->nested.ctl, exit_code)'] as const;
    for (const kernel of everywhere)
      expect(refusal(kernel, { code: { l2: [vmrun] } }, decision)).toBe(
        'L2 VMRUN: #VMEXIT 0x80, by nested_svm_intercept()',
      );
  });
});

/** An SMI that L2 takes, with these operations of the handler before its RSM. */
const smiInL2 = (smm: readonly CodeOp[], host: Parts['host'] = {}): Parts => ({
  host,
  code: { l2: [exit], smm: [...smm, { do: 'RSM' }] },
  userspace: [{ do: 'KVM_SMI' }, { do: 'KVM_RUN' }],
});

describe('RSM into L2 that is refused', () => {
  const setSvme: CodeOp = { do: 'WRMSR', msr: 'EFER', set: ['SVME'] };

  test.each<[string, Parts, readonly [string, string]]>([
    [
      'an image without SVME',
      smiInL2([{ do: 'SMRAM', efer: { clear: ['SVME'] } }]),
      ['svm_leave_smm', '!(smram64->efer & EFER_SVME)'],
    ],
    [
      'an image with a reserved bit',
      smiInL2([{ do: 'SMRAM', efer: { set: ['TCE'] } }]),
      ['rsm_load_state_64', 'kvm_set_msr(vcpu, MSR_EFER, smstate->efer & ~EFER_LMA)'],
    ],
    [
      'the handler set SVME, leaving frees the nested state, and there is no memory for another',
      smiInL2([setSvme], { allocNestedFails: true }),
      ['svm_leave_smm', 'svm_allocate_nested(svm)'],
    ],
  ])('%s: a shutdown, in no guest mode', (_, parts, decision) => {
    for (const kernel of [...everywhere, '6.12+v2', '7.0+hook']) {
      expect(refusal(kernel, parts, decision), `on ${kernel}`).toBe(
        `SMM RSM: KVM_EXIT_SHUTDOWN, by ${decision[0]}()`,
      );
      expect(lastStep(reportOn(kernel, parts)).after).toMatchObject({ guestMode: false, smm: false });
    }
  });

  // emulator_leave_smm() first takes PG away and with it LMA, then writes 0 to EFER.
  test('in SMM that userspace made of L1: EFER is cleared first, and the nested state freed', () => {
    const parts: Parts = {
      code: { l1: [exit, { do: 'RSM' }] },
      userspace: [{ do: 'KVM_SET_VCPU_EVENTS', smm: true }, { do: 'KVM_RUN' }],
    };
    for (const kernel of everywhere) {
      const path = lastStep(reportOn(kernel, parts)).path.map(({ fn }) => fn);
      expect(path).toContain('svm_free_nested');
    }
  });

  test('with memory, a handler that set SVME comes back to L2', () => {
    for (const kernel of everywhere)
      expect(lines(kernel, smiInL2([setSvme])).at(-1)).toBe('SMM RSM: smm-exit | l2 svme gif nested > L2');
  });
});
