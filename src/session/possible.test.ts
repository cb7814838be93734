import { describe, expect, test } from 'vitest';

import { defaults, type Op, type Program } from '#program/types.ts';
import { derivedAt } from './derive.ts';
import { choicesAt, isUserspaceOp, labelOf, whyNot } from './possible.ts';
import { append, startSession, type Session } from './session.ts';
import { clearsSvme, visited } from './visited.testing.ts';

const doing = (session: Session, ...ops: readonly Op[]): Session =>
  ops.reduce((at, op) => append(at, at.cursor.node, { kind: 'do', op }), session);
const stateOf = (session: Session, kernel = '7.0') => derivedAt(session, session.cursor.node, kernel).state;
const reason = (session: Session, op: Op): string | undefined => whyNot(stateOf(session).snapshot, op);

const inL2 = visited(1);
const outside = doing(inL2, { do: 'EXIT' });
const inSmm = doing(outside, { do: 'KVM_SMI' }, { do: 'KVM_RUN' });
const halted = doing(
  { ...visited(0, { ...clearsSvme, host: { ...defaults.host, irqchip: true } }) },
  { do: 'HLT' },
);
const freed = doing(outside, { do: 'CLOSE' });
const wasReset = doing(
  visited(0, { ...clearsSvme, host: { ...defaults.host, irqchip: true } }),
  { do: 'EXIT' },
  { do: 'KVM_SET_VCPU_EVENTS', latchedInit: true },
  { do: 'KVM_RUN' },
);

describe('an operation that is not possible says why', () => {
  test.each<[string, Session, Op, RegExp]>([
    ['an ioctl while the guest runs', inL2, { do: 'KVM_SMI' }, /inside KVM_RUN; EXIT would give/],
    [
      'an instruction while userspace has the vCPU',
      outside,
      { do: 'CPUID' },
      /^userspace has the vCPU; KVM_RUN /,
    ],
    ['VMCB12 by L2', inL2, { do: 'VMCB12', asid: 1 }, /^only L1's code edits vmcb12/],
    ['SMRAM by L1', visited(0), { do: 'SMRAM', efer: {} }, /^only the SMM handler/],
    ['SMRAM by L2', inL2, { do: 'SMRAM', efer: {} }, /^only the SMM handler/],
    ['VMCB12 in SMM', inSmm, { do: 'VMCB12', asid: 1 }, /^only L1's code/],
    ['a restore of nothing', outside, { do: 'KVM_SET_NESTED_STATE', restore: true }, /^nothing to restore/],
    ['anything of a halted vCPU', halted, { do: 'CPUID' }, /halted/],
    ['anything of a freed vCPU', freed, { do: 'KVM_RUN' }, /^the vCPU is freed$/],
    ['anything after a reset', wasReset, { do: 'KVM_RUN' }, /^the vCPU was reset/],
  ])('%s', (_, session, op, why) => {
    expect(reason(session, op)).toMatch(why);
  });

  // A program may do it: userspace has the vCPU, and only its guest was reset.
  test('an ioctl after a shutdown that reset the vCPU is possible', () => {
    const shutDown = doing(visited(0), { do: 'TRIPLE_FAULT', via: 'hardware' });
    expect(reason(shutDown, { do: 'KVM_GET_NESTED_STATE' })).toBeUndefined();
  });

  test.each<[string, Session, Op]>([
    ['an instruction of L2', inL2, { do: 'VMRUN' }],
    ['an ioctl of userspace', outside, { do: 'KVM_SMI' }],
    ['SMRAM in SMM', inSmm, { do: 'SMRAM', efer: { clear: ['SVME'] } }],
    [
      'a restore of what was got',
      doing(outside, { do: 'KVM_GET_NESTED_STATE' }),
      { do: 'KVM_SET_NESTED_STATE', restore: true },
    ],
  ])('%s is possible', (_, session, op) => {
    expect(reason(session, op)).toBeUndefined();
  });
});

describe('free play', () => {
  const sessions = { start: visited(0), inL2, outside, inSmm, halted, freed, wasReset };

  test.each(Object.keys(sessions) as readonly (keyof typeof sessions)[])(
    'offers in state %s what can be done, and nothing that cannot',
    (name) => {
      const session = sessions[name];
      for (const { op, label, whyNot: why } of choicesAt(stateOf(session))) {
        const { made, idle } = derivedAt(doing(session, op), session.nodes.length, '7.0');
        expect(made === undefined, `${label}, ${why ?? 'possible'}`).toBe(why !== undefined);
        expect(idle, `of ${label}`).toBe(why);
      }
    },
  );

  test('has a label for each choice, of its own', () => {
    const labels = choicesAt(stateOf(inL2)).map(({ label }) => label);
    expect(new Set(labels).size).toBe(labels.length);
  });

  test('cautions only of what is possible', () => {
    for (const session of Object.values(sessions))
      for (const { whyNot: why, caution } of choicesAt(stateOf(session)))
        expect(why !== undefined && caution !== undefined).toBe(false);
  });

  test("in L2 VMRUN is L1's to see", () => {
    const { caution } = choicesAt(stateOf(inL2)).find(({ label }) => label === 'VMRUN')!;
    expect(caution).toMatch(/#VMEXIT to L1/);
    expect(derivedAt(doing(inL2, { do: 'VMRUN' }), 2, '7.0').made?.step.outcome).toEqual({
      kind: 'nested-vmexit',
      exitCode: 0x80,
    });
  });
});

/** A guest without SVME on such a host. */
const noSvme = (host: Partial<Program['host']>): Session =>
  startSession({ ...clearsSvme, guest: defaults.guest, host: { ...defaults.host, ...host } }, [
    '6.12',
    '7.0',
    '7.1',
  ]);

/** Choices that are said to raise #UD, and do not. */
function untrue(session: Session, kernel: string): readonly string[] {
  return choicesAt(stateOf(session, kernel)).flatMap(({ op, label, caution }) => {
    if (caution?.includes('#UD') !== true) return [];
    const { made } = derivedAt(doing(session, op), session.nodes.length, kernel);
    const { outcome } = made!.step;
    return outcome.kind === 'exception' && outcome.vector === 6 ? [] : [label];
  });
}

describe('a caution of #UD comes true', () => {
  test('on 6.12 without virtual GIF and VMLOAD', () => {
    const session = noSvme({ vgif: false, vls: false });
    expect(choicesAt(stateOf(session, '6.12')).filter(({ caution }) => caution !== undefined)).toHaveLength(
      6,
    );
    expect(untrue(session, '6.12')).toEqual([]);
  });

  // INVLPGA of 7.0 and 7.1 lacks the check of permissions.
  test('on 7.1', () => {
    expect(untrue(noSvme({}), '7.1')).toEqual([]);
  });

  // With virtual GIF and VMLOAD, CLGI, STGI, VMLOAD and VMSAVE do not even exit.
  test('on 6.12 with virtual GIF and VMLOAD', () => {
    expect(untrue(noSvme({}), '6.12')).toEqual([]);
  });
});

describe('a label', () => {
  test.each<[Op, string]>([
    [{ do: 'WRMSR', msr: 'EFER', set: ['NX'], clear: ['SVME', 'SCE'] }, 'WRMSR EFER NX=1 SVME=0 SCE=0'],
    [{ do: 'WRMSR', msr: 'VM_CR', value: '0x10' }, 'WRMSR VM_CR 0x10'],
    [{ do: 'RDMSR', msr: 'EFER' }, 'RDMSR EFER'],
    [{ do: 'CPL', cpl: 3 }, 'CPL 3'],
    [{ do: 'TRIPLE_FAULT' }, 'TRIPLE_FAULT'],
    [{ do: 'TRIPLE_FAULT', via: 'hardware' }, 'TRIPLE_FAULT in hardware'],
    [{ do: 'VMCB12', rip: 'next', intercepts: { HLT: true } }, 'VMCB12 rip=next intercepts={HLT:true}'],
    [{ do: 'SMRAM', efer: { clear: ['SVME'] } }, 'SMRAM EFER SVME=0'],
    [{ do: 'KVM_SET_SREGS', efer: {} }, 'KVM_SET_SREGS EFER as it is'],
    [{ do: 'KVM_RUN', syncSregs: { efer: { clear: ['SVME'] } } }, 'KVM_RUN sync regs EFER SVME=0'],
    [
      { do: 'KVM_SET_NESTED_STATE', flags: ['GUEST_MODE', 'GIF_SET'] },
      'KVM_SET_NESTED_STATE GUEST_MODE|GIF_SET',
    ],
    [{ do: 'KVM_SET_NESTED_STATE', flags: [] }, 'KVM_SET_NESTED_STATE no flags'],
    [{ do: 'KVM_SET_VCPU_EVENTS', tripleFault: false }, 'KVM_SET_VCPU_EVENTS tripleFault=0'],
    [{ do: 'EXIT' }, 'EXIT'],
  ])('%j is %s', (op, label) => {
    expect(labelOf(op)).toBe(label);
  });

  test('of every operation of userspace begins with its name', () => {
    for (const { op, label } of choicesAt(stateOf(outside)).filter((choice) => isUserspaceOp(choice.op)))
      expect(label.startsWith(op.do)).toBe(true);
  });
});
