import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { seededRandom } from '#base/random.ts';
import { anyCodeOp, anyUserspaceOp } from './arbitrary.testing.ts';
import { completionAt, formatOp, listingNames, readOps, type ListingName } from './notation.ts';
import { readProgram, type Listings } from './notation-program.ts';
import { defaults, type Op, type Program } from './types.ts';

const { smm, ...parts } = defaults;
const small: Program = { title: 'a program', ...parts, code: { l1: [], l2: [], smm } };
const empty: Listings = { l1: '', l2: '', smm: '', userspace: '' };

/** What the visitor reads: where, and what; or the operations. */
function told(list: ListingName, text: string): readonly string[] {
  const { ops, problems } = readOps(list, text);
  if (problems.length === 0) return ops.map(({ op }) => JSON.stringify(op));
  return problems.map(({ line, column, message }) => `${line}:${column} ${message}`);
}

describe('a line', () => {
  test.each<readonly [ListingName, string, Op]>([
    ['l1', 'WRMSR EFER SVME=0 SCE=1', { do: 'WRMSR', msr: 'EFER', set: ['SCE'], clear: ['SVME'] }],
    ['l2', '  WRMSR  EFER\t0xf00 # as a value', { do: 'WRMSR', msr: 'EFER', value: '0xf00' }],
    ['l1', 'WRMSR VM_HSAVE_PA 0x21000', { do: 'WRMSR', msr: 'VM_HSAVE_PA', value: '0x21000' }],
    ['l1', 'RDMSR EFER', { do: 'RDMSR', msr: 'EFER' }],
    ['smm', 'RSM', { do: 'RSM' }],
    [
      'l1',
      'VMCB12 +MSR_PROT -VMMCALL msrpm.write=1 efer=LME,LMA,NX,SVME np=0 asid=0 rip=next',
      {
        do: 'VMCB12',
        intercepts: { MSR_PROT: true, VMMCALL: false },
        msrpm: { EFER: { write: true } },
        efer: ['LME', 'LMA', 'NX', 'SVME'],
        nestedPaging: false,
        asid: 0,
        rip: 'next',
      },
    ],
    ['l1', 'VMCB12 efer=none rip=2', { do: 'VMCB12', efer: [], rip: 2 }],
    ['l2', 'CPL 3', { do: 'CPL', cpl: 3 }],
    ['l2', 'TRIPLE_FAULT', { do: 'TRIPLE_FAULT' }],
    ['l2', 'TRIPLE_FAULT hardware', { do: 'TRIPLE_FAULT', via: 'hardware' }],
    ['smm', 'SMRAM SVME=0', { do: 'SMRAM', efer: { clear: ['SVME'] } }],
    ['userspace', 'KVM_RUN', { do: 'KVM_RUN' }],
    ['userspace', 'KVM_RUN immediate', { do: 'KVM_RUN', immediateExit: true }],
    ['userspace', 'KVM_RUN sync SVME=0', { do: 'KVM_RUN', syncSregs: { efer: { clear: ['SVME'] } } }],
    ['userspace', 'KVM_SET_SREGS', { do: 'KVM_SET_SREGS', efer: {} }],
    [
      'userspace',
      'KVM_SET_NESTED_STATE GUEST_MODE GIF_SET on KVM_EXIT_IO',
      { do: 'KVM_SET_NESTED_STATE', flags: ['GUEST_MODE', 'GIF_SET'], on: 'KVM_EXIT_IO' },
    ],
    ['userspace', 'KVM_SET_NESTED_STATE flags=none', { do: 'KVM_SET_NESTED_STATE', flags: [] }],
    ['userspace', 'KVM_SET_NESTED_STATE restore', { do: 'KVM_SET_NESTED_STATE', restore: true }],
    ['userspace', 'KVM_SET_VCPU_EVENTS latchedInit=1', { do: 'KVM_SET_VCPU_EVENTS', latchedInit: true }],
  ])('of %s: %s', (list, line, op) => {
    const { ops, problems } = readOps(list, line);
    expect(problems).toEqual([]);
    expect(ops).toEqual([{ op, line: 1 }]);
  });

  test('without an operation counts for nothing', () => {
    expect(readOps('l1', '\n# L1 runs L2\r\n\n  VMRUN\n#\nEND')).toEqual({
      ops: [
        { op: { do: 'VMRUN' }, line: 4 },
        { op: { do: 'END' }, line: 6 },
      ],
      problems: [],
    });
  });

  test.each<readonly [ListingName, string, string]>([
    [
      'l1',
      'VMRUNN',
      '1:1 unknown operation "VMRUNN", one of WRMSR RDMSR VMRUN VMMCALL VMLOAD VMSAVE STGI CLGI SKINIT INVLPGA CPUID HLT RSM TRIPLE_FAULT CPL VMCB12 EXIT END',
    ],
    [
      'userspace',
      'VMRUN',
      '1:1 VMRUN stands only in L1, L2, SMM; here one of KVM_RUN KVM_SET_SREGS KVM_SET_MSRS KVM_GET_NESTED_STATE KVM_SET_NESTED_STATE KVM_SMI KVM_SET_VCPU_EVENTS CLOSE',
    ],
    ['l1', '\n VMRUN now', '2:8 unknown operand "now", nothing more here'],
    ['l1', 'WRMSR', '1:1 WRMSR without an operand, one of EFER VM_HSAVE_PA VM_CR'],
    ['l1', 'WRMSR EFR', '1:7 unknown MSR "EFR", one of EFER VM_HSAVE_PA VM_CR'],
    [
      'l1',
      'WRMSR EFER',
      '1:1 WRMSR EFER without a value, needs bits such as SVME=0, or a value such as 0xf00',
    ],
    ['l1', 'WRMSR VM_CR', '1:1 WRMSR VM_CR without a value, hexadecimal such as 0x1000'],
    ['l1', 'WRMSR VM_CR SVME=0', '1:13 bits only with EFER, VM_CR takes a value such as 0x1000'],
    ['l1', 'WRMSR EFER SVME', '1:12 SVME without a value, one of SVME=0 SVME=1'],
    ['l1', 'WRMSR EFER SVME=2', '1:12 unknown value "2" of SVME, one of 0 1'],
    ['l1', 'WRMSR EFER SVME=0 SVME=1', '1:19 "SVME" a second time, each once'],
    ['l1', 'WRMSR EFER 12', '1:12 not 0x and 1 to 16 hexadecimal digits: "12"'],
    ['l1', 'WRMSR EFER SCE=1 0x1', '1:18 "0x1" beside bits, needs bits such as SVME=0, or a value'],
    ['l1', 'WRMSR EFER 0x1 SCE=1', '1:16 beside "0x1", needs bits such as SVME=0, or a value'],
    ['l1', 'WRMSR EFER 0x1 0x2', '1:16 "0x2" is a second value, at most one'],
    ['l1', 'WRMSR EFER set=none SCE=1', '1:21 beside set=none, which is allowed alone'],
    ['l1', 'WRMSR EFER SCE=1 set=none', '1:18 set=none beside others, allowed alone'],
    ['l1', 'CPL', '1:1 CPL without an operand, one of 0 3'],
    ['l1', 'CPL 2', '1:5 unknown privilege level "2", one of 0 3'],
    ['l1', 'VMCB12 MSR_PROT', '1:8 MSR_PROT without a sign, one of +MSR_PROT -MSR_PROT'],
    ['l1', 'VMCB12 +MSR_PRO', '1:8 unknown intercept "MSR_PRO", did you mean MSR_PROT'],
    ['l1', 'VMCB12 +HLT -HLT', '1:13 "HLT" a second time, each once'],
    [
      'l1',
      'VMCB12 efer=LME,SVM',
      '1:8 unknown EFER bit "SVM", one of SCE LME LMA NX SVME LMSLE FFXSR TCE AUTOIBRS',
    ],
    ['l1', 'VMCB12 efer', '1:8 efer without a value, such as efer=SCE'],
    ['l1', 'VMCB12 asid=-1', '1:8 not a whole number from 0 to 4294967295: "-1"'],
    ['l1', 'VMCB12 rip=back', '1:8 not "next" or an index into l2: "back"'],
    ['l1', 'VMCB12 np=yes', '1:8 unknown value "yes" of np, one of 0 1'],
    ['l1', 'VMCB12 np=1 np=1', '1:13 "np" a second time, each once'],
    ['l2', 'TRIPLE_FAULT hardware exceptions', '1:23 "exceptions" is a second way, at most one'],
    ['userspace', 'KVM_RUN SVME=0', '1:9 bits only after sync, as in KVM_RUN sync SVME=0'],
    ['userspace', 'KVM_RUN on', '1:9 on without an exit reason, one of KVM_EXIT_UNKNOWN'],
    ['userspace', 'KVM_RUN on KVM_EXIT_IOO', '1:12 unknown exit reason "KVM_EXIT_IOO", one of'],
    [
      'userspace',
      'KVM_SET_NESTED_STATE',
      '1:1 KVM_SET_NESTED_STATE without a state, needs flags such as GIF_SET, flags=none, or restore',
    ],
    [
      'userspace',
      'KVM_SET_NESTED_STATE restore GIF_SET',
      '1:30 "GIF_SET" beside restore, needs flags, or restore',
    ],
    ['userspace', 'KVM_SET_NESTED_STATE GIF_SET restore', '1:1 flags and restore, allowed is one of them'],
    [
      'userspace',
      'KVM_SET_VCPU_EVENTS',
      '1:1 KVM_SET_VCPU_EVENTS without an event, needs one of latchedInit=1 tripleFault=1 smm=1',
    ],
  ])('of %s says what is wrong with: %s', (list, line, expected) => {
    const lines = told(list, line);
    expect(lines).toHaveLength(1);
    expect(lines[0]?.slice(0, expected.length)).toBe(expected);
  });

  test('with a fault does not hide the next', () => {
    expect(told('l1', 'VMRUNN\nVMRUN\nEND END').map((line) => line.slice(0, 3))).toEqual(['1:1', '3:5']);
  });
});

test('any operation comes back from its line', () => {
  const anyOf = {
    l1: anyCodeOp('l1'),
    l2: anyCodeOp('l2'),
    smm: anyCodeOp('smm'),
    userspace: anyUserspaceOp,
  } as const;
  for (const list of listingNames) {
    fc.assert(
      fc.property(anyOf[list] as fc.Arbitrary<Op>, (op) => {
        expect(readOps(list, formatOp(op))).toEqual({ ops: [{ op, line: 1 }], problems: [] });
      }),
      { seed: 8, numRuns: 1000 },
    );
  }
});

describe('whatever is typed', () => {
  const pieces = [
    'WRMSR',
    'EFER',
    'SVME=0',
    'SVME',
    '=',
    '0x1',
    'VMCB12',
    '+',
    '-',
    'MSR_PROT',
    'efer=',
    'LME,',
    'rip=',
    'next',
    'KVM_RUN',
    'sync',
    'on',
    'KVM_EXIT_IO',
    'KVM_SET_NESTED_STATE',
    'restore',
    'flags=none',
    'set=none',
    'CPL',
    '3',
    '#',
    ' ',
    ' ',
    ' ',
    '\n',
    '\t',
    '\r',
    '\0',
    '\u2028',
    '\ud800',
    '__proto__',
    'constructor',
    'toString',
    'é',
    ',',
  ] as const;

  test('nothing is thrown, and every problem stands in the text', () => {
    const random = seededRandom(9);
    for (let run = 0; run < 2000; run += 1) {
      const list = random.pick(listingNames);
      const text = Array.from({ length: random.next(12) }, () => random.pick(pieces)).join('');
      const lines = text.split(/\r\n|\r|\n/);
      const { problems } = readOps(list, text);
      for (const { line, column, length, message } of problems) {
        expect(column - 1 + length).toBeLessThanOrEqual(lines[line - 1]?.length ?? -1);
        expect(message).toMatch(/^\P{C}{2,400}$/u);
      }
      const [line = ''] = lines;
      for (let column = 0; column <= line.length; column += 1) completionAt(list, line, column);
      readProgram(small, text, { ...empty, [list]: text });
    }
  });

  test('and any text at all', () => {
    fc.assert(
      fc.property(fc.constantFrom(...listingNames), fc.string({ unit: 'binary' }), (list, text) => {
        readOps(list, text);
        completionAt(list, text, text.length);
      }),
      { seed: 10, numRuns: 2000 },
    );
  });
});
