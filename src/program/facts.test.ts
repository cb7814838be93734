import { describe, expect, test } from 'vitest';

import { kernelOf } from '#kvm/kernels.testing.ts';
import { lines, outcomes, programWith, reportOn, type Parts } from './report.testing.ts';
import { start, step } from './runner.ts';
import type { CodeOp, UserspaceOp } from './types.ts';

/** What was recorded of real kernels, told as programs: facts 1 to 11 of that list, as far as programs can tell them. */

const clear: CodeOp = { do: 'WRMSR', msr: 'EFER', clear: ['SVME'] };
const exit: CodeOp = { do: 'EXIT' };
const vmmcall: CodeOp = { do: 'VMMCALL' };
const runOnce: UserspaceOp = { do: 'KVM_RUN' };
const efer = { clear: ['SVME'] } as const;
const recordedHost = { nrips: false, vgif: false, vls: false };
const noNrips = { nrips: false };

const dropping = ['6.12', '6.12+gif', '7.0'];
const shuttingDown = ['6.12+v2', '6.12+merged', '6.12+hook', '7.0+v2', '7.0+hook', '7.1'];
const v1s = ['6.12+v1', '6.12+gif+v1', '7.0+v1'];
const all = [...dropping, ...v1s, ...shuttingDown];

/** The functions that the last step of a program enters. */
const lastPath = (kernel: string, parts: Parts): readonly string[] =>
  reportOn(kernel, parts)
    .steps.at(-1)!
    .path.map(({ fn }) => fn);

describe('1: KVM drops out of guest mode', () => {
  test("without NRIPS L2's code goes on in L1's context, and its VMMCALL is a hypercall", () => {
    for (const kernel of dropping)
      expect(lines(kernel, { host: noNrips, code: { l2: [clear, vmmcall] } })).toEqual([
        'L1 VMRUN: enter-guest | l2 svme gif nested > L2',
        'L2 WRMSR: resume | l1 gif > L2 as L1',
        'L2 as L1 VMMCALL: resume | l1 gif > L2 as L1',
      ]);
  });
});

/** L2 clears SVME, then does this. */
const inL2 = (...ops: readonly CodeOp[]): Parts => ({ host: recordedHost, code: { l2: [clear, ...ops] } });

describe('3: v1 leaves SVME=0 with guest mode on', () => {
  test.each<[string, readonly CodeOp[], string]>([
    ['the next #VMEXIT repairs it', [vmmcall], 'L2 VMMCALL: #VMEXIT 0x81 | l1 svme nested > L1'],
    ["L2's VMLOAD is #UD in L2", [{ do: 'VMLOAD' }], 'L2 VMLOAD: #UD | l2 gif nested > L2'],
    ["L2's STGI is #UD in L2", [{ do: 'STGI' }], 'L2 STGI: #UD | l2 gif nested > L2'],
    ["L2's VMRUN is still L1's", [{ do: 'VMRUN' }], 'L2 VMRUN: #VMEXIT 0x80 | l1 svme nested > L1'],
  ])('%s', (_, ops, expected) => {
    for (const kernel of v1s) expect(lines(kernel, inL2(...ops)).at(-1)).toBe(expected);
  });

  test('what KVM_GET_NESTED_STATE gave cannot be set again', () => {
    const userspace: readonly UserspaceOp[] = [
      { do: 'KVM_GET_NESTED_STATE' },
      { do: 'KVM_SET_NESTED_STATE', restore: true },
    ];
    for (const kernel of v1s)
      expect(lines(kernel, { code: { l2: [clear, exit] }, userspace }).at(-1)).toBe(
        'userspace KVM_SET_NESTED_STATE: = -22 | l2 gif nested',
      );
  });

  test('an SMI and its RSM end in a shutdown', () => {
    const userspace: readonly UserspaceOp[] = [{ do: 'KVM_SMI' }, runOnce];
    for (const kernel of v1s)
      expect(outcomes(kernel, { code: { l2: [clear, exit] }, userspace })).toEqual([
        'L1 VMRUN: enter-guest',
        'L2 WRMSR: resume',
        'L2 EXIT: KVM_EXIT_IO',
        'userspace KVM_SMI: = 0',
        'userspace KVM_RUN: smm-entry',
        'SMM RSM: KVM_EXIT_SHUTDOWN',
      ]);
  });

  test('the nested state outlives SVME where userspace clears it and leaves nested', () => {
    const userspace: readonly UserspaceOp[] = [
      { do: 'KVM_SET_SREGS', efer },
      { do: 'KVM_SET_NESTED_STATE', flags: ['GIF_SET'] },
    ];
    for (const kernel of all) {
      const [last] = lines(kernel, { code: { l2: [exit] }, userspace }).slice(-1);
      const left = v1s.includes(kernel) ? ' nested' : '';
      const fault = kernel.includes('v2') ? ' tf' : '';
      expect(last, `on ${kernel}`).toBe(`userspace KVM_SET_NESTED_STATE: = 0 | l1 gif${left}${fault}`);
    }
  });
});

describe("4: v2's request is raised for userspace too", () => {
  test.each<[string, readonly UserspaceOp[]]>([
    ['KVM_SET_SREGS', [{ do: 'KVM_SET_SREGS', efer }]],
    ['KVM_SET_MSRS', [{ do: 'KVM_SET_MSRS', efer }]],
    [
      'KVM_SET_SREGS, and guest mode is left before KVM_RUN',
      [
        { do: 'KVM_SET_SREGS', efer },
        { do: 'KVM_SET_NESTED_STATE', flags: ['GIF_SET'] },
      ],
    ],
  ])('%s', (_, ops) => {
    const parts: Parts = { code: { l2: [exit] }, userspace: [...ops, runOnce] };
    const end = (kernel: string) => outcomes(kernel, parts)[ops.length + 2];
    for (const kernel of ['6.12+v2', '6.12+gif+v2', '7.0+v2'])
      expect(end(kernel)).toBe('userspace KVM_RUN: KVM_EXIT_SHUTDOWN');
    for (const kernel of ['6.12', '6.12+merged', '6.12+hook', '7.0', '7.1'])
      expect(end(kernel)).toBe('userspace KVM_RUN: resume');
  });

  test('merged does there exactly what the unpatched kernel does', () => {
    const parts: Parts = {
      code: { l2: [exit, vmmcall] },
      userspace: [{ do: 'KVM_SET_SREGS', efer }, runOnce],
    };
    for (const [base, patched] of [
      ['6.12', '6.12+merged'],
      ['7.0', '7.0+merged'],
    ] as const)
      expect(lines(patched, parts)).toEqual(lines(base, parts));
  });
});

test("5: L1's SHUTDOWN intercept makes no difference: guest mode is left before the request is handled", () => {
  for (const kernel of shuttingDown) {
    const parts: Parts = { vmcb12: { intercepts: ['VMRUN', 'VMMCALL', 'SHUTDOWN'] }, code: { l2: [clear] } };
    expect(lines(kernel, parts).at(-1)).toBe('L2 WRMSR: KVM_EXIT_SHUTDOWN | l1 gif');
    expect(lastPath(kernel, parts)).not.toContain('nested_svm_triple_fault');
  }
});

describe('6: SMM', () => {
  const smi: readonly UserspaceOp[] = [{ do: 'KVM_SMI' }, runOnce];

  test('entry clears EFER by svm_set_efer(0) and keeps the nested state; RSM brings L1 back', () => {
    const parts: Parts = { code: { l1: [exit, { do: 'END' }] }, userspace: smi };
    for (const kernel of all) {
      expect(lines(kernel, parts).slice(-2), `on ${kernel}`).toEqual([
        'userspace KVM_RUN: smm-entry | l1 gif nested smm > SMM',
        'SMM RSM: smm-exit | l1 svme gif nested > L1',
      ]);
    }
  });

  test('an SMI in L2 that L1 does not intercept makes an inner #VMEXIT, with code 0xf0000000', () => {
    for (const kernel of all) {
      let state = start(kernelOf(kernel), programWith({ code: { l2: [exit] }, userspace: smi }));
      for (let made = 0; made < 4; made += 1) state = step(state)!.state;
      expect(state.snapshot.context.exitCode12).toBe(0xf0000000);
      expect(state.snapshot.value).toMatchObject({ guestMode: 'l1', smm: 'inside', nested: 'allocated' });
    }
  });

  test('RSM brings L2 back, and L1 gets its next #VMEXIT with the EFER and the code that it had', () => {
    const parts: Parts = {
      code: { l1: [{ do: 'VMRUN' }, { do: 'CPUID' }], l2: [exit, vmmcall] },
      userspace: smi,
    };
    for (const kernel of all) {
      expect(lines(kernel, parts).slice(-3), `on ${kernel}`).toEqual([
        'SMM RSM: smm-exit | l2 svme gif nested > L2',
        'L2 VMMCALL: #VMEXIT 0x81 | l1 svme nested > L1',
        'L1 CPUID: resume | l1 svme nested > L1',
      ]);
    }
  });

  test('one that L1 intercepts is a #VMEXIT, and SMM is not entered in guest mode', () => {
    const parts: Parts = { vmcb12: { intercepts: ['VMRUN', 'SMI'] }, code: { l2: [exit] }, userspace: smi };
    for (const kernel of all)
      expect(lines(kernel, parts).at(-1), `on ${kernel}`).toBe(
        'userspace KVM_RUN: #VMEXIT 0x62 | l1 svme nested > L1',
      );
  });
});

test('8: every #VMEXIT to L1 leaves GIF clear; a VMRUN that fails does on 6.12, not on 7.0 and 7.1', () => {
  for (const kernel of all) {
    expect(lines(kernel, { code: { l2: [vmmcall] } }).at(-1)).toBe(
      'L2 VMMCALL: #VMEXIT 0x81 | l1 svme nested > L1',
    );
    expect(lines(kernel, { vmcb12: { intercepts: [] } })).toEqual([
      `L1 VMRUN: #VMEXIT -1 | l1 svme${kernel.startsWith('6.12') ? '' : ' gif'} nested > L1`,
    ]);
  }
});

test('7.0 and 7.1 lack fixes that the 6.12 branch took: #UD for a VMMCALL of L2, and for INVLPGA with SVME=0', () => {
  const vmcb12 = { intercepts: ['VMRUN'] } as const;
  const noSvme: Parts = { guest: { efer: ['LME', 'LMA', 'NX'] }, code: { l1: [{ do: 'INVLPGA' }] } };
  for (const kernel of all) {
    const fixed = kernel.startsWith('6.12');
    expect(outcomes(kernel, { vmcb12, code: { l2: [vmmcall] } })[1]).toBe(
      `L2 VMMCALL: ${fixed ? '#UD' : 'resume'}`,
    );
    expect(outcomes(kernel, noSvme)).toEqual([`L1 INVLPGA: ${fixed ? '#UD' : 'resume'}`]);
  }
});

test('9: KVM_SET_MSRS sets SVME that CPUID lacks, and allocates', () => {
  const guest = { cpuidSvm: false, efer: ['LME', 'LMA', 'NX'] } as const;
  const userspace: readonly UserspaceOp[] = [{ do: 'KVM_SET_MSRS', efer: { set: ['SVME'] } }];
  for (const kernel of all)
    expect(lines(kernel, { guest, code: { l1: [exit] }, userspace }).at(-1)).toBe(
      'userspace KVM_SET_MSRS: = count 1 | l1 svme gif nested',
    );
});

describe('11: the erratum workaround', () => {
  const gpErratum = { ...recordedHost, gpErratum: true };

  test('the #GP intercept of vmcb01 follows EFER.SVME', () => {
    const set: CodeOp = { do: 'WRMSR', msr: 'EFER', set: ['SVME'] };
    for (const kernel of all) {
      for (const host of [gpErratum, recordedHost]) {
        let state = start(kernelOf(kernel), programWith({ host, code: { l1: [clear, set] } }));
        const intercepts = [state.snapshot.context.gpIntercept01];
        for (let made = 0; made < 2; made += 1) {
          state = step(state)!.state;
          intercepts.push(state.snapshot.context.gpIntercept01);
        }
        expect(intercepts).toEqual(host === gpErratum ? [1, 0, 1] : [0, 0, 0]);
      }
    }
  });

  test('UD2 in L2 with an empty IDT: KVM builds the triple fault, of #UD and three #GP', () => {
    const parts: Parts = { host: gpErratum, code: { l2: [{ do: 'TRIPLE_FAULT' }] } };
    for (const kernel of all) {
      expect(lines(kernel, parts).at(-1)).toBe('L2 TRIPLE_FAULT: KVM_EXIT_SHUTDOWN | l2 svme gif nested');
      const path = lastPath(kernel, parts);
      expect(path.filter((fn) => fn === 'gp_interception')).toHaveLength(3);
      expect(path.filter((fn) => fn === 'ud_interception')).toHaveLength(1);
    }
  });

  test("with L1's SHUTDOWN intercept it is a #VMEXIT", () => {
    const parts: Parts = {
      host: gpErratum,
      vmcb12: { intercepts: ['VMRUN', 'SHUTDOWN'] },
      code: { l2: [{ do: 'TRIPLE_FAULT' }] },
    };
    for (const kernel of all)
      expect(lines(kernel, parts).at(-1)).toBe('L2 TRIPLE_FAULT: #VMEXIT 0x7f | l1 svme nested > L1');
  });
});
