import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { eventQuery, parseQuery, reasonQuery, type Known } from './query.ts';

const known: Known = {
  counts: [
    { name: 'kvm_exit', count: 5 },
    { name: 'kvm_entry', count: 4 },
  ],
  reasons: [
    { reason: 'msr', count: 3 },
    { reason: 'UD excp', count: 2 },
  ],
  vcpus: [
    { number: 0, task: undefined, pid: undefined, events: 1 },
    { number: 3, task: undefined, pid: undefined, events: 1 },
  ],
};

const read = (text: string) => parseQuery(text, known);

describe('a query', () => {
  test.each([
    ['', undefined],
    ['   ', undefined],
    ['msr_write', { text: 'msr_write' }],
    ['msr_write c0000080', { text: 'msr_write c0000080' }],
    ['"two  spaces"', { text: 'two  spaces' }],
    ['"reason:none"', { text: 'reason:none' }],
    ['event:kvm_exit', { names: ['kvm_exit'] }],
    ['event:kvm_exit,KVM_ENTRY', { names: ['kvm_exit', 'kvm_entry'] }],
    ['reason:msr', { reason: 'msr' }],
    ['reason:"ud EXCP" rip:0x20146F', { reason: 'UD excp', rip: 0x20146fn }],
    ['rip:ffffffffffffffff', { rip: 0xffff_ffff_ffff_ffffn }],
    ['lane:L2 vcpu:3 jump:gap word', { lane: 'l2', vcpu: 1, jump: 'gap', text: 'word' }],
  ])('%s', (text, query) => {
    expect(read(text)).toEqual({ ok: true, value: query });
  });

  test.each([
    [
      'raison:msr',
      'raison: no such field: one of event reason rip lane vcpu jump; for that text write "raison:msr"',
    ],
    ['event:kvm_exot', 'event: "kvm_exot" does not occur: one of kvm_exit kvm_entry'],
    ['reason:vmrun', 'reason: "vmrun" does not occur: one of msr UD excp'],
    ['rip:0x', 'rip: "0x" is not an address: hexadecimal, up to 16 digits'],
    ['rip:0x11112222333344445', 'is not an address'],
    ['lane:l3', 'lane: "l3" is none: one of userspace kvm l1 l2 unknown'],
    ['vcpu:1', 'vcpu: "1" is none: one of 0 3'],
    ['jump:x', 'jump: "x" is none: one of nested efer gap'],
    ['"open', 'a " without its end'],
    ['reason:"open', 'a " without its end'],
  ])('%s is refused with what is allowed', (text, message) => {
    const result = read(text);
    expect(result.ok ? '' : result.error).toContain(message);
  });

  test('whatever is typed is read or refused in one line', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 60 }), (text) => {
        const result = read(text);
        return result.ok || !/[\n\r]/.test(result.error);
      }),
      { seed: 6, numRuns: 2000 },
    );
  });

  test('what a click writes is read as it was meant', () => {
    for (const { name } of known.counts)
      expect(read(eventQuery(name))).toMatchObject({ value: { names: [name] } });
    for (const { reason } of known.reasons)
      expect(read(reasonQuery(reason))).toMatchObject({ value: { reason } });
  });
});
