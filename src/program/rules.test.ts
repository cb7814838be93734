import { expect, test } from 'vitest';

import { parseProgram, problemLine } from './parse.ts';

const format = 'svmscope/program@1';
const program = (parts: object): unknown => ({ format, title: 'a program', code: { l1: [] }, ...parts });
const inL1 = (op: object | string): unknown => program({ code: { l1: [op], l2: [{ do: 'VMMCALL' }] } });
const inSmm = (op: object): unknown => program({ code: { l1: [], smm: [op] } });
const wrmsr = (operands: object): unknown => inL1({ do: 'WRMSR', ...operands });
const efer = (operands: object): unknown => wrmsr({ msr: 'EFER', ...operands });
const vmcb12 = (fields: object): unknown => inL1({ do: 'VMCB12', ...fields });
const byUserspace = (...userspace: readonly object[]): unknown => program({ userspace });
const run = { do: 'KVM_RUN' };
const get = { do: 'KVM_GET_NESTED_STATE' };

/** What the visitor reads, and the program that it is said of. */
test.each([
  ['guest.efer[1]: "NX" a second time, each name once', program({ guest: { efer: ['NX', 'NX'] } })],
  ['vmcb12.efer[1]: "NX" a second time, each name once', program({ vmcb12: { efer: ['NX', 'NX'] } })],
  [
    'vmcb12.intercepts[1]: "HLT" a second time, each name once',
    program({ vmcb12: { intercepts: ['HLT', 'HLT'] } }),
  ],
  ['code.l1[0]: WRMSR without a value, needs set and/or clear, or value', efer({})],
  ['code.l1[0].value: beside set, needs set and/or clear, or value', efer({ set: [], value: '0x0' })],
  ['code.l1[0].clear[0]: "NX" is in set too, allowed in one of them', efer({ clear: ['NX'], set: ['NX'] })],
  ['code.l1[0].set[2]: "NX" a second time, each name once', efer({ set: ['NX', 'TCE', 'NX'] })],
  ['code.l1[0].set: only with EFER, VM_CR takes value', wrmsr({ msr: 'VM_CR', set: [] })],
  ['code.l1[0].value: missing, hexadecimal such as 0x1000', wrmsr({ msr: 'VM_CR' })],
  ['code.l1[0].rip: 2 is past the end of l2, "next" or from 0 to 1', vmcb12({ rip: 2 })],
  ['ok', vmcb12({ rip: 1, asid: 0 })],
  ['code.l1[0].efer[1]: "NX" a second time, each name once', vmcb12({ efer: ['NX', 'NX'] })],
  [
    'code.smm[0].efer.set[1]: "NX" a second time, each name once',
    inSmm({ do: 'SMRAM', efer: { set: ['NX', 'NX'] } }),
  ],
  ['ok', byUserspace({ ...run, on: 'KVM_EXIT_IO' })],
  [
    'userspace[0].syncSregs.efer.clear[0]: "NX" is in set too, allowed in one of them',
    byUserspace({ ...run, syncSregs: { efer: { set: ['NX'], clear: ['NX'] } } }),
  ],
  [
    'userspace[0].efer.clear[1]: "NX" a second time, each name once',
    byUserspace({ do: 'KVM_SET_MSRS', efer: { clear: ['NX', 'NX'] } }),
  ],
  [
    'userspace[0]: KVM_SET_NESTED_STATE without a state, needs flags, or restore: true',
    byUserspace({ do: 'KVM_SET_NESTED_STATE' }),
  ],
  [
    'userspace[0]: KVM_SET_NESTED_STATE without a state, needs flags, or restore: true',
    byUserspace({ do: 'KVM_SET_NESTED_STATE', restore: false }),
  ],
  [
    'userspace[1].restore: beside flags, needs flags, or restore: true',
    byUserspace(get, { do: 'KVM_SET_NESTED_STATE', flags: [], restore: true }),
  ],
  ['ok', byUserspace({ do: 'KVM_SET_NESTED_STATE', flags: [] })],
  [
    'userspace[0].flags[1]: "GIF_SET" a second time, each name once',
    byUserspace({ do: 'KVM_SET_NESTED_STATE', flags: ['GIF_SET', 'GIF_SET'] }),
  ],
  [
    'userspace[0].restore: needs a KVM_GET_NESTED_STATE earlier in the list',
    byUserspace({ do: 'KVM_SET_NESTED_STATE', restore: true }, get),
  ],
  ['ok', byUserspace(get, { do: 'KVM_SET_NESTED_STATE', restore: true })],
  [
    'userspace[0]: KVM_SET_VCPU_EVENTS without an event, needs one of latchedInit tripleFault smm',
    byUserspace({ do: 'KVM_SET_VCPU_EVENTS' }),
  ],
  ['ok', byUserspace({ do: 'KVM_SET_VCPU_EVENTS', tripleFault: false })],
])('%s', (line, value) => {
  const parsed = parseProgram(value);
  expect(parsed.ok ? 'ok' : problemLine(parsed.error)).toBe(line);
});
