import { expect, test } from 'vitest';

import { parseProgram, problemLine } from './parse.ts';

const format = 'svmscope/program@1';
const program = (parts: object): unknown => ({ format, title: 'a program', code: { l1: [] }, ...parts });
const inL1 = (op: object | string): unknown => program({ code: { l1: [op], l2: [{ do: 'VMMCALL' }] } });
const inL2 = (op: object): unknown => program({ code: { l1: [], l2: [op] } });
const inSmm = (op: object): unknown => program({ code: { l1: [], smm: [op] } });
const wrmsr = (operands: object): unknown => inL1({ do: 'WRMSR', ...operands });
const efer = (operands: object): unknown => wrmsr({ msr: 'EFER', ...operands });
const vmcb12 = (fields: object): unknown => inL1({ do: 'VMCB12', ...fields });
const byUserspace = (...userspace: readonly object[]): unknown => program({ userspace });
const run = { do: 'KVM_RUN' };
const bits = 'SCE LME LMA NX SVME LMSLE FFXSR TCE AUTOIBRS';
const host = 'npt vgif vls nrips vmwareBackdoor gpErratum allocNestedFails irqchip eferWriteFilter';
const plain = 'VMRUN VMLOAD VMSAVE VMMCALL STGI CLGI SKINIT INVLPGA CPUID HLT RSM';
const common = `WRMSR RDMSR ${plain} TRIPLE_FAULT CPL EXIT END`;
const ioctls =
  'KVM_RUN KVM_SET_SREGS KVM_SET_MSRS KVM_GET_NESTED_STATE KVM_SMI CLOSE KVM_SET_NESTED_STATE KVM_SET_VCPU_EVENTS';
const reasons =
  'KVM_EXIT_UNKNOWN KVM_EXIT_IO KVM_EXIT_HLT KVM_EXIT_SHUTDOWN KVM_EXIT_FAIL_ENTRY KVM_EXIT_INTR KVM_EXIT_INTERNAL_ERROR KVM_EXIT_X86_RDMSR KVM_EXIT_X86_WRMSR';

/** What the visitor reads, and the program that it is said of. */
test.each([
  ['program: not an object: 5', 5],
  ['program: not an object: null', null],
  ['program: not an object: a list', []],
  [`format: missing, only ${format}`, {}],
  ['title: missing, a string', { format }],
  ['code: missing, an object with l1, and l2 and smm where needed', { format, title: 'x' }],
  [`format: unknown format "svmscope/program@2", only ${format}`, program({ format: 'svmscope/program@2' })],
  ['title: not a string: 1', program({ title: 1 })],
  ['hosts: unknown key, one of format title host guest vmcb12 code userspace', program({ hosts: {} })],
  ['code.l1: missing, a list of operations', program({ code: {} })],
  ['code.l1: not a list: an object', program({ code: { l1: {} } })],
  ['code.l3: unknown key, one of l1 l2 smm', program({ code: { l1: [], l3: [] } })],
  ['host: not an object: a list', program({ host: [] })],
  [`host.nrip: unknown key, one of ${host}`, program({ host: { nrip: true } })],
  ['host.npt: not a boolean: "yes"', program({ host: { npt: 'yes' } })],
  ['guest.gif: not a boolean: 1', program({ guest: { gif: 1 } })],
  ['guest.efer: not a list: "SVME"', program({ guest: { efer: 'SVME' } })],
  [`guest.efer[0]: unknown EFER bit "SVM", one of ${bits}`, program({ guest: { efer: ['SVM'] } })],
  [
    'vmcb12.intercepts[0]: unknown intercept "VMMCAL", did you mean VMMCALL VMLOAD VMRUN ... of 103',
    program({ vmcb12: { intercepts: ['VMMCAL'] } }),
  ],
  [
    'vmcb12.msrpm.EFER.execute: unknown key, one of read write',
    program({ vmcb12: { msrpm: { EFER: { execute: true } } } }),
  ],
  ['vmcb12.msrpm.STAR: unknown key, only EFER', program({ vmcb12: { msrpm: { STAR: {} } } })],
  ['code.l1[0]: not an object: "VMRUN"', inL1('VMRUN')],
  ['code.l1[0]: not an object: a list', inL1([])],
  [`code.l1[0].do: missing, one of ${common} VMCB12`, inL1({})],
  [`code.l1[0].do: unknown operation "VMRUNN", one of ${common} VMCB12`, inL1({ do: 'VMRUNN' })],
  [`code.l1[0].do: unknown operation 7, one of ${common} VMCB12`, inL1({ do: 7 })],
  [`code.l1[0].do: unknown operation "SMRAM", one of ${common} VMCB12`, inL1({ do: 'SMRAM', efer: {} })],
  [`code.l2[0].do: unknown operation "VMCB12", one of ${common}`, inL2({ do: 'VMCB12' })],
  [`code.smm[0].do: unknown operation "VMCB12", one of ${common} SMRAM`, inSmm({ do: 'VMCB12' })],
  ['code.l1[0].vmcb: unknown key, only do', inL1({ do: 'VMRUN', vmcb: 1 })],
  ['code.l1[0].msr: missing, one of EFER VM_HSAVE_PA VM_CR', wrmsr({})],
  ['code.l1[0].mrs: unknown key, one of do msr set clear value', wrmsr({ mrs: 'EFER' })],
  ['code.l1[0].msr: unknown MSR "STAR", one of EFER VM_HSAVE_PA VM_CR', wrmsr({ msr: 'STAR' })],
  [`code.l1[0].clear[0]: unknown EFER bit "SVM", one of ${bits}`, efer({ clear: ['SVM'] })],
  ['code.l1[0].value: not 0x and 1 to 16 hexadecimal digits: "1000"', efer({ value: '1000' })],
  ['code.l1[0].value: not 0x and 1 to 16 hexadecimal digits: "0x"', efer({ value: '0x' })],
  [
    'code.l1[0].value: not 0x and 1 to 16 hexadecimal digits: "0x12345678901234567"',
    efer({ value: '0x12345678901234567' }),
  ],
  ['code.l1[0].value: not a string: 4096', efer({ value: 4096 })],
  ['code.l2[0].via: unknown way "ud", one of exceptions hardware', inL2({ do: 'TRIPLE_FAULT', via: 'ud' })],
  ['code.l2[0].cpl: missing, one of 0 3', inL2({ do: 'CPL' })],
  ['code.l2[0].cpl: unknown privilege level 1, one of 0 3', inL2({ do: 'CPL', cpl: 1 })],
  ['code.l2[0].cpl: unknown privilege level -0, one of 0 3', inL2({ do: 'CPL', cpl: -0 })],
  ['code.l1[0].rip: not "next" or an index into l2: "first"', vmcb12({ rip: 'first' })],
  ['code.l1[0].rip: not "next" or an index into l2: -1', vmcb12({ rip: -1 })],
  ['code.l1[0].rip: not "next" or an index into l2: 0.5', vmcb12({ rip: 0.5 })],
  ['code.l1[0].asid: not a whole number from 0 to 4294967295: 4294967296', vmcb12({ asid: 2 ** 32 })],
  ['code.l1[0].asid: not a whole number from 0 to 4294967295: -0', vmcb12({ asid: -0 })],
  ['code.l1[0].intercepts: not an object: a list', vmcb12({ intercepts: ['HLT'] })],
  [
    'code.l1[0].intercepts.INTERCEPT_HLT: unknown intercept, did you mean HLT INTR STORE_IDTR ... of 103',
    vmcb12({ intercepts: { INTERCEPT_HLT: true } }),
  ],
  ['code.l1[0].intercepts.HLT: not a boolean: 1', vmcb12({ intercepts: { HLT: 1 } })],
  ['code.l1[0].msrpm.EFER: missing, an object with read and/or write', vmcb12({ msrpm: {} })],
  ['code.smm[0].efer: missing, an object with set and/or clear', inSmm({ do: 'SMRAM' })],
  [`userspace[0].do: unknown operation "VMRUN", one of ${ioctls}`, byUserspace({ do: 'VMRUN' })],
  [`userspace[0].on: unknown exit reason "IO", one of ${reasons}`, byUserspace({ ...run, on: 'IO' })],
  [
    'userspace[0].syncSregs.efer: missing, an object with set and/or clear',
    byUserspace({ ...run, syncSregs: {} }),
  ],
  ['userspace[0].efer: missing, an object with set and/or clear', byUserspace({ do: 'KVM_SET_SREGS' })],
  ['userspace[0].efer: not an object: a list', byUserspace({ do: 'KVM_SET_SREGS', efer: [] })],
  [
    'userspace[0].flags[0]: unknown flag "GIF", one of GUEST_MODE RUN_PENDING GIF_SET',
    byUserspace({ do: 'KVM_SET_NESTED_STATE', flags: ['GIF'] }),
  ],
])('%s', (line, value) => {
  const parsed = parseProgram(value);
  expect(parsed.ok ? 'ok' : problemLine(parsed.error)).toBe(line);
});
