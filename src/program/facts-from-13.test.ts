import { describe, expect, test } from 'vitest';

import { kernelOf } from '#kvm/kernels.testing.ts';
import { applyToChart } from '#machine/chart-port.ts';
import { lines, outcomes, programWith, reportOn, type Parts } from './report.testing.ts';
import { start, step } from './runner.ts';
import type { CodeOp, UserspaceOp } from './types.ts';

/** The recorded facts from 13 on: the skip after the write, what wants_to_run misses, GIF, the map. */

const clear: CodeOp = { do: 'WRMSR', msr: 'EFER', clear: ['SVME'] };
const exit: CodeOp = { do: 'EXIT' };
const vmmcall: CodeOp = { do: 'VMMCALL' };
const runOnce: UserspaceOp = { do: 'KVM_RUN' };
const efer = { clear: ['SVME'] } as const;

const dropping = ['6.12', '6.12+gif', '7.0'];
const shuttingDown = ['6.12+v2', '6.12+merged', '6.12+hook', '7.0+v2', '7.0+hook', '7.1'];
const v1s = ['6.12+v1', '6.12+gif+v1', '7.0+v1'];
const all = [...dropping, ...v1s, ...shuttingDown];

describe('13: the skip takes next_rip of the VMCB that is current by then', () => {
  test("with NRIPS L1 goes on after its VMRUN, with vmcb12's exit code as it was", () => {
    for (const kernel of dropping) {
      let state = start(kernelOf(kernel), programWith({ code: { l2: [clear] } }));
      for (let made = 0; made < 2; made += 1) state = step(state)!.state;
      expect(state.snapshot.value).toMatchObject({
        guestMode: 'l1',
        svme: 'clear',
        nested: 'none',
        gif: 'set',
      });
      const { rip, nextRip01, exitCode12 } = state.snapshot.context;
      expect([rip, exitCode12]).toEqual([nextRip01, 0]);
      expect(lines(kernel, { code: { l2: [clear] } }).at(-1)).toBe('L2 WRMSR: resume | l1 gif > L1');
    }
  });

  test('next_rip stays across KVM_SET_NESTED_STATE on the same vCPU', () => {
    const userspace: readonly UserspaceOp[] = [
      { do: 'KVM_GET_NESTED_STATE' },
      { do: 'KVM_SET_NESTED_STATE', restore: true },
      runOnce,
    ];
    for (const kernel of dropping)
      expect(lines(kernel, { code: { l2: [exit, clear] }, userspace }).at(-1)).toBe(
        'L2 WRMSR: resume | l1 gif > L1',
      );
  });

  test.each([
    ['with', true, 'L1'],
    ['without', false, 'L2 as L1'],
  ])('%s NRIPS, a further KVM_RUN after the SHUTDOWN goes on there', (_, nrips, next) => {
    for (const kernel of shuttingDown)
      expect(lines(kernel, { host: { nrips }, code: { l2: [clear] }, userspace: [runOnce] })).toEqual([
        'L1 VMRUN: enter-guest | l2 svme gif nested > L2',
        'L2 WRMSR: KVM_EXIT_SHUTDOWN | l1 gif',
        `userspace KVM_RUN: resume | l1 gif > ${next}`,
      ]);
  });

  test('v1 is not affected', () => {
    for (const kernel of v1s)
      expect(lines(kernel, { code: { l2: [clear] } }).at(-1)).toBe('L2 WRMSR: resume | l2 gif nested > L2');
  });
});

describe('14: a port write of L2 is completed after userspace cleared SVME', () => {
  const parts: Parts = {
    code: { l2: [exit, vmmcall] },
    userspace: [{ do: 'KVM_SET_SREGS', efer }, runOnce, runOnce],
  };

  test.each<[string, readonly string[], string]>([
    ['on vmcb01: L1 goes on', ['6.12', '6.12+merged', '7.0', '7.1'], 'KVM_RUN: resume | l1 gif > L1'],
    ['v2 shuts down first', ['6.12+v2', '7.0+v2'], 'KVM_RUN: KVM_EXIT_SHUTDOWN | l1 gif'],
    ['on v1 L2 goes on', v1s, 'KVM_RUN: resume | l2 gif nested > L2'],
  ])('%s', (_, kernels, expected) => {
    for (const kernel of kernels) expect(lines(kernel, parts)[3]).toBe(`userspace ${expected}`);
  });

  test('without NRIPS it is L2 that goes on in the context of L1', () => {
    expect(lines('6.12', { ...parts, host: { nrips: false } })[3]).toBe(
      'userspace KVM_RUN: resume | l1 gif > L2 as L1',
    );
  });
});

describe('15: what wants_to_run does not tell apart', () => {
  test("sync regs count as L2's own write for merged, not for hook", () => {
    const parts: Parts = { code: { l2: [exit] }, userspace: [{ do: 'KVM_RUN', syncSregs: { efer } }] };
    expect(lines('7.1', parts).at(-1)).toBe('userspace KVM_RUN: KVM_EXIT_SHUTDOWN | l1 gif');
    expect(lines('7.0+hook', parts).at(-1)).toBe('userspace KVM_RUN: resume | l1 gif > L1');
  });

  test('a filtered write that userspace carries out is missed by both; v2 alone stops it', () => {
    const parts: Parts = {
      host: { eferWriteFilter: true },
      code: { l2: [clear] },
      userspace: [{ do: 'KVM_SET_MSRS', efer }, runOnce],
    };
    for (const kernel of ['7.1', '7.0+hook', '7.0', '6.12+merged'])
      expect(lines(kernel, parts).slice(1), `on ${kernel}`).toEqual([
        'L2 WRMSR: KVM_EXIT_X86_WRMSR | l2 svme gif nested',
        'userspace KVM_SET_MSRS: = count 1 | l1 gif',
        'userspace KVM_RUN: resume | l1 gif > L1',
      ]);
    expect(lines('7.0+v2', parts).slice(2)).toEqual([
      'userspace KVM_SET_MSRS: = count 1 | l1 gif tf',
      'userspace KVM_RUN: KVM_EXIT_SHUTDOWN | l1 gif',
    ]);
  });
});

test("16: v2's request survives an immediate KVM_RUN, and KVM_SET_VCPU_EVENTS takes it back", () => {
  const before: readonly UserspaceOp[] = [
    { do: 'KVM_SET_SREGS', efer },
    { do: 'KVM_RUN', immediateExit: true },
  ];
  const takeBack: UserspaceOp = { do: 'KVM_SET_VCPU_EVENTS', tripleFault: false };
  for (const kernel of ['6.12+v2', '7.0+v2']) {
    expect(lines(kernel, { code: { l2: [exit] }, userspace: [...before, runOnce] }).slice(3)).toEqual([
      'userspace KVM_RUN: = -4 | l1 gif tf',
      'userspace KVM_RUN: KVM_EXIT_SHUTDOWN | l1 gif',
    ]);
    expect(
      lines(kernel, { code: { l2: [exit] }, userspace: [...before, takeBack, runOnce] }).slice(4, 6),
    ).toEqual(['userspace KVM_SET_VCPU_EVENTS: = 0 | l1 gif', 'userspace KVM_RUN: resume | l1 gif > L1']);
  }
});

describe('17: with gif', () => {
  test('the SMM handler entered from L2 runs with GIF=0, without it with GIF=1', () => {
    const parts: Parts = { code: { l2: [exit] }, userspace: [{ do: 'KVM_SMI' }, runOnce] };
    for (const kernel of ['6.12+gif', '6.12+gif+v2', '7.0', '7.1'])
      expect(lines(kernel, parts)[3]).toBe('userspace KVM_RUN: smm-entry | l1 nested smm > SMM');
    for (const kernel of ['6.12', '6.12+v2', '6.12+merged'])
      expect(lines(kernel, parts)[3]).toBe('userspace KVM_RUN: smm-entry | l1 gif nested smm > SMM');
  });

  test('svm_set_gif() is entered below svm_leave_nested(), from every caller that leaves L2', () => {
    const callers: readonly Parts[] = [
      { code: { l2: [clear] } },
      { code: { l2: [exit] }, userspace: [{ do: 'KVM_SET_SREGS', efer }] },
      { code: { l2: [exit] }, userspace: [{ do: 'KVM_SET_NESTED_STATE', flags: [] }] },
      { code: { l2: [exit] }, userspace: [{ do: 'KVM_SET_VCPU_EVENTS', smm: true }] },
      { code: { l2: [exit] }, userspace: [{ do: 'CLOSE' }] },
      { code: { l2: [{ do: 'TRIPLE_FAULT', via: 'hardware' }] } },
    ];
    for (const parts of callers) {
      for (const kernel of ['6.12+gif', '7.0']) {
        const path = reportOn(kernel, parts).steps.find(({ path: one }) =>
          one.some(({ fn }) => fn === 'svm_leave_nested'),
        )!.path;
        const at = path.findIndex(({ fn }) => fn === 'svm_leave_nested');
        const below = path[at]!.depth + 1;
        expect(path.slice(at + 1, at + 3)).toEqual([
          { fn: 'svm_switch_vmcb', depth: below },
          { fn: 'svm_set_gif', depth: below },
        ]);
      }
    }
  });

  test('KVM_SET_NESTED_STATE takes no flags only in 7.0, by a patch of its own', () => {
    const parts: Parts = {
      guest: { efer: ['LME', 'LMA', 'NX'] },
      code: { l1: [exit] },
      userspace: [{ do: 'KVM_SET_NESTED_STATE', flags: [] }],
    };
    const errno = (kernel: string) => outcomes(kernel, parts).at(-1);
    expect(errno('6.12+gif')).toBe('userspace KVM_SET_NESTED_STATE: = -22');
    expect(errno('7.0')).toBe('userspace KVM_SET_NESTED_STATE: = 0');
  });
});

describe('18: a vGIF host with SVME=0', () => {
  const parts: Parts = {
    host: { vls: false },
    guest: { efer: ['LME', 'LMA', 'NX'] },
    code: { l1: [{ do: 'CLGI' }, { do: 'STGI' }, { do: 'VMLOAD' }, { do: 'VMRUN' }] },
  };

  test('without recalc CLGI and STGI neither exit nor fault; VMLOAD and VMRUN are #UD', () => {
    for (const kernel of ['6.12', '6.12+merged', '7.0']) {
      expect(lines(kernel, parts)).toEqual([
        'L1 CLGI: resume | l1 > L1',
        'L1 STGI: resume | l1 gif > L1',
        'L1 VMLOAD: #UD | l1 gif > L1',
        'L1 VMRUN: #UD | l1 gif > L1',
      ]);
      expect(reportOn(kernel, parts).steps.map(({ exit: reason }) => reason)).toEqual([
        null,
        null,
        'vmload',
        'vmrun',
      ]);
    }
  });

  test('with recalc all of them are #UD, and GIF stays; once SVME was set or cleared as well', () => {
    const toggled: Parts = { ...parts, guest: {}, code: { l1: [clear, ...parts.code!.l1!] } };
    for (const kernel of ['6.12+gif+merged+recalc', '7.1', '7.0+v1+recalc']) {
      for (const program of [parts, toggled])
        expect(lines(kernel, program).slice(-4)).toEqual(
          ['CLGI', 'STGI', 'VMLOAD', 'VMRUN'].map((name) => `L1 ${name}: #UD | l1 gif > L1`),
        );
    }
  });

  test('with SVME=1 recalc leaves them to the hardware again', () => {
    const set: CodeOp = { do: 'WRMSR', msr: 'EFER', set: ['SVME'] };
    const report = reportOn('7.1', {
      ...parts,
      host: {},
      code: { l1: [set, { do: 'CLGI' }, { do: 'VMLOAD' }] },
    });
    expect(report.steps.map(({ exit: reason }) => reason)).toEqual(['msr', null, null]);
  });
});

test("19: v1 writes vmcb12's EFER without SVME, and L1's next VMRUN is VMEXIT_INVALID until it repairs that", () => {
  const next: CodeOp = { do: 'VMCB12', rip: 'next' };
  const repair: CodeOp = { do: 'VMCB12', efer: ['LME', 'LMA', 'NX', 'SVME'] };
  const vmrun: CodeOp = { do: 'VMRUN' };
  for (const kernel of v1s)
    expect(
      outcomes(kernel, {
        code: { l1: [vmrun, next, vmrun, repair, vmrun], l2: [clear, vmmcall, { do: 'RSM' }] },
      }),
    ).toEqual([
      'L1 VMRUN: enter-guest',
      'L2 WRMSR: resume',
      'L2 VMMCALL: #VMEXIT 0x81',
      'L1 VMCB12: resume',
      'L1 VMRUN: #VMEXIT -1',
      'L1 VMCB12: resume',
      'L1 VMRUN: enter-guest',
      'L2 RSM: #UD',
    ]);
});

const vmcb12 = (read: boolean, write: boolean) =>
  ({ intercepts: ['VMRUN', 'MSR_PROT'], msrpm: { EFER: { read, write } } }) as const;

describe("20: L1's MSR permission map", () => {
  test('is read at each exit: a bit that L1 clears while L2 runs counts at once', () => {
    const parts: Parts = { vmcb12: vmcb12(false, true), code: { l2: [clear] } };
    for (const kernel of all) {
      const entered = step(start(kernelOf(kernel), programWith(parts)))!.state;
      const cleared = applyToChart(entered.snapshot, { type: 'WRITE', register: 'msrpmWrite12', value: 0 });
      expect(step(entered)!.step.outcome.kind).toBe('nested-vmexit');
      expect(step({ ...entered, snapshot: cleared })!.step.outcome.kind).not.toBe('nested-vmexit');
    }
  });

  test.each([
    ['the read bit stops a read and no write', true, false, ['#VMEXIT 0x7c', 'resume']],
    ['the write bit stops a write and no read', false, true, ['resume', '#VMEXIT 0x7c']],
  ] as const)('%s', (_, read, write, expected) => {
    const ops: readonly CodeOp[] = [
      { do: 'RDMSR', msr: 'EFER' },
      { do: 'WRMSR', msr: 'EFER', set: ['SCE'] },
    ];
    for (const kernel of all)
      expect(
        ops.map((op) => outcomes(kernel, { vmcb12: vmcb12(read, write), code: { l2: [op] } }).at(-1)),
      ).toEqual(expected.map((outcome, index) => `L2 ${ops[index]!.do}: ${outcome}`));
  });

  test('without MSR_PROT it stops nothing', () => {
    const parts: Parts = {
      vmcb12: { msrpm: { EFER: { read: true, write: true } } },
      code: { l2: [{ do: 'RDMSR', msr: 'EFER' }] },
    };
    for (const kernel of all) expect(outcomes(kernel, parts).at(-1)).toBe('L2 RDMSR: resume');
  });
});
