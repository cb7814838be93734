import { describe, expect, test } from 'vitest';

import { eferMsr } from './replay-facts.ts';
import { laneOf, nothingKnown, stateBits } from './replay-state.ts';
import { glance, replayed, wholeGroup } from './replay.testing.ts';
import { stepReplay } from './replay.ts';
import type { Glance } from './replayer.ts';

const entry = glance('kvm_entry', { rip: 0x1000n });
const exit = (reason: string, requests?: bigint): Glance => glance('kvm_exit', { reason, requests });
const nestedExit = glance('kvm_nested_vmexit', { reason: 'msr' });
const vmenter = glance('kvm_nested_vmenter');
const inject = glance('kvm_nested_vmexit_inject', { reason: 'msr' });
const wrote = (value: bigint, gp = false): Glance =>
  glance('kvm_msr', { msr: eferMsr, value, write: true, gp });

/** L1, known by what every rule needs. */
const intoL1 = [wholeGroup, entry, exit('msr'), nestedExit, inject];
const intoL2 = [wholeGroup, entry, exit('vmrun'), vmenter, glance('kvm_nested_intercepts'), entry];

const toldAfter = (...events: readonly Glance[]) => replayed(events);

const laneAfter = (events: readonly Glance[]) => laneOf(events.reduce(stepReplay, nothingKnown));

test('what is known fits into an integer below 2^31', () => {
  expect(stateBits).toBeLessThanOrEqual(31);
});

describe('who runs', () => {
  test('is told by entries and exits', () => {
    expect(laneAfter([])).toBe('unknown');
    expect(laneAfter([entry])).toBe('unknown');
    expect(laneAfter([...intoL1, entry])).toBe('l1');
    expect(laneAfter(intoL2)).toBe('l2');
    expect(laneAfter([...intoL2, exit('npf')])).toBe('kvm');
    expect(laneAfter([glance('kvm_userspace_exit', { reason: 'KVM_EXIT_IO' })])).toBe('userspace');
    expect(toldAfter(glance('kvm_userspace_exit', { reason: 'KVM_EXIT_SHUTDOWN' }))).toEqual({
      run: 'shutdown',
    });
  });

  test('was L1 where no kvm_nested_vmexit follows an exit, if all events are recorded', () => {
    const handled = glance('kvm_page_fault');
    expect(toldAfter(wholeGroup, entry, exit('npf'), handled).guestMode).toBe('l1');
    expect(toldAfter(entry, exit('npf'), handled).guestMode).toBeUndefined();
    expect(toldAfter(wholeGroup, entry, exit('npf')).guestMode).toBeUndefined();
  });

  test('is not told by what a host interrupt does between the exit and its handler', () => {
    const interrupt = glance('kvm_set_irq');
    expect(toldAfter(wholeGroup, entry, exit('interrupt'), interrupt).guestMode).toBeUndefined();
    expect(toldAfter(wholeGroup, entry, exit('interrupt'), interrupt, nestedExit).guestMode).toBe('l2');
  });
});

describe('EFER', () => {
  test('is what was read or written', () => {
    expect(toldAfter(...intoL1, wrote(0x1d00n))).toMatchObject({ svme: 'set', nested: 'allocated' });
    expect(toldAfter(wrote(0xd00n)).svme).toBe('clear');
    expect(toldAfter(wrote(0x3d00n, true)).svme).toBeUndefined();
    expect(toldAfter(glance('kvm_msr', { msr: 0x10, value: 0x1000n })).svme).toBeUndefined();
  });

  test('cleared by L1 frees the nested state, if it was set outside SMM', () => {
    expect(toldAfter(...intoL1, entry, exit('msr'), wrote(0xd00n))).toMatchObject({
      guestMode: 'l1',
      nested: 'none',
    });
    expect(toldAfter(wholeGroup, entry, exit('msr'), wrote(0xd00n)).nested).toBeUndefined();
  });

  test('cleared by L2 leaves open what becomes of guest mode, until the next exit tells', () => {
    const cleared = [...intoL2, exit('msr'), nestedExit, wrote(0xd00n), entry];
    expect(toldAfter(...cleared)).toMatchObject({ run: 'guest', svme: 'clear', smm: 'outside' });
    for (const name of ['guestMode', 'vmcb', 'nested', 'gif'] as const)
      expect(toldAfter(...cleared)[name]).toBeUndefined();
    expect(toldAfter(...cleared, exit('io'), glance('kvm_pio')).guestMode).toBe('l1');
    expect(toldAfter(...cleared, exit('io'), nestedExit).guestMode).toBe('l2');
  });

  test('is set where an instruction that needs it came back without an exception', () => {
    expect(toldAfter(wholeGroup, entry, exit('vmload'), entry).svme).toBe('set');
    const refused = glance('kvm_inj_exception');
    expect(toldAfter(wholeGroup, entry, exit('vmload'), refused, entry).svme).toBeUndefined();
    expect(toldAfter(wholeGroup, entry, exit('invlpga'), entry).svme).toBeUndefined();
  });
});

describe('GIF', () => {
  test('is 1 after VMRUN and 0 after a #VMEXIT, and then the guest may change it unseen', () => {
    expect(toldAfter(...intoL1, entry, exit('vmrun'), vmenter).gif).toBe('set');
    expect(toldAfter(...intoL1).gif).toBe('clear');
    expect(toldAfter(...intoL1, entry).gif).toBeUndefined();
    expect(toldAfter(...intoL2).gif).toBeUndefined();
  });

  test('stays where L1 intercepts STGI and CLGI of L2', () => {
    const held = glance('kvm_nested_intercepts', { interceptsGif: true });
    expect(toldAfter(...intoL1, entry, exit('vmrun'), vmenter, held, entry).gif).toBe('set');
  });

  test('stays on a host that was seen to have no virtual GIF: CLGI came to KVM', () => {
    const clgi = [wholeGroup, entry, exit('clgi'), entry];
    expect(toldAfter(...clgi).gif).toBe('clear');
    expect(toldAfter(...clgi, exit('npf'), glance('kvm_page_fault'), entry).gif).toBe('clear');
    expect(toldAfter(...clgi, exit('stgi'), entry).gif).toBe('set');
    expect(toldAfter(...clgi, exit('stgi')).gif).toBeUndefined();
  });

  test('after a failed VMRUN is 0 on some kernels only', () => {
    expect(toldAfter(...intoL1, entry, exit('vmrun'), glance('kvm_nested_vmenter_failed'))).toMatchObject({
      guestMode: 'l1',
    });
    expect(
      toldAfter(...intoL1, entry, exit('vmrun'), glance('kvm_nested_vmenter_failed')).gif,
    ).toBeUndefined();
  });
});

describe('what is forgotten', () => {
  test('all, where userspace has the vCPU, where events are lost, and where one cannot be read', () => {
    expect(toldAfter(...intoL2, glance('kvm_userspace_exit', { reason: 'KVM_EXIT_IO' }))).toEqual({
      run: 'userspace',
    });
    expect(toldAfter(...intoL2, glance('kvm_set_irq', { afterLoss: true }))).toEqual({});
    expect(toldAfter(...intoL2, glance('kvm_msr', { unread: true }))).toEqual({});
  });

  test('most, where the vCPU begins as after INIT', () => {
    const { guestMode, svme, smm } = toldAfter(...intoL1, glance('kvm_entry', { rip: 0n }));
    expect([guestMode, svme, smm]).toEqual(['l1', undefined, 'outside']);
  });

  test('most, where events are picked', () => {
    const { svme, guestMode } = toldAfter(entry, exit('msr'), nestedExit, inject, entry);
    expect([svme, guestMode]).toEqual([undefined, undefined]);
  });

  test('most, where an exit is missing', () => {
    expect(toldAfter(...intoL2, glance('kvm_page_fault'))).toEqual({ run: 'kvm' });
  });
});

test('SMM is entered and left; what EFER becomes is told later', () => {
  const entering = [...intoL1, glance('kvm_smm_transition', { entering: true })];
  expect(toldAfter(...entering)).toMatchObject({ smm: 'inside', guestMode: 'l1', nested: 'allocated' });
  expect(toldAfter(...entering).svme).toBeUndefined();
  expect(toldAfter(...entering, glance('kvm_smm_transition')).smm).toBe('outside');
});

test('requests are told by the exit that prints them, and two by every entry', () => {
  expect(toldAfter(entry, exit('hlt', (1n << 10n) | (1n << 20n)))).toMatchObject({
    tripleFault: 'pending',
    event: 'idle',
    smi: 'pending',
    getNestedStatePages: 'idle',
  });
  expect(toldAfter(entry)).toEqual({ run: 'guest', tripleFault: 'idle', getNestedStatePages: 'idle' });
});
