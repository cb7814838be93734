import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { svmeMask } from '#kvm/words.ts';
import { factBits, isRegion, region, stateIndex, type FactName } from '#machine/facts.ts';
import { packedFacts } from '#machine/packed.ts';
import { invariants, type Invariant } from '#program/invariants.ts';
import { stepWordNames } from '#program/step-words.ts';
import { judge } from '#program/violations.ts';
import { kernelPaths, names } from './expression-names.ts';
import { ownInvariant, parseExpression } from './expression.ts';
import { parsed, scope, valueOf, type Values } from './expression.testing.ts';

const l2 = { guestMode: stateIndex('guestMode', 'l2') };

describe('precedence', () => {
  test.each([
    ['1 || 0 && 0', 1],
    ['(1 || 0) && 0', 0],
    ['0 && 0 || 1', 1],
    ['6 & 3 | 8', 10],
    ['8 | 6 & 3', 10],
    ['(8 | 6) & 3', 2],
    ['1 && 2 | 4', 1],
    ['0 | 0 || 4', 1],
    ['!1 || 1', 1],
    ['!(1 || 1)', 0],
    ['!!7', 1],
    ['1 == 1 && 2 != 2', 0],
    ['1 == (2 == 3)', 0],
    ['(6 & 2) == 2', 1],
    ['0 -> 0', 1],
    ['1 -> 0', 0],
    ['1 -> 0 || 1', 1],
    ['1 && 0 -> 0', 1],
    // From the right: (0 -> 0) -> 0 would be 0.
    ['0 -> 0 -> 0', 1],
    ['(0 -> 0) -> 0', 0],
    ['1 -> 1 -> 0', 0],
    ['0xFFFFFFFF & 4294967295', 0xffffffff],
    ['0x80000000 | 1', 0x80000001],
    ['0XaB', 0xab],
    [' \t( 5 )\n', 5],
  ])('%s', (text, expected) => {
    expect(valueOf(text)).toBe(expected);
  });
});

describe('a name', () => {
  test.each<readonly [text: string, values: Values, expected: number]>([
    ['is_guest_mode(vcpu)', l2, 1],
    ['is_guest_mode( vcpu )', {}, 0],
    ['is_smm(vcpu)', { smm: stateIndex('smm', 'inside') }, 1],
    ['is_smm(vcpu)', {}, 0],
    ['gif_set(svm)', { gif: stateIndex('gif', 'set') }, 1],
    ['svm_smi_blocked(vcpu)', { gif: stateIndex('gif', 'clear') }, 1],
    ['svm->nested.initialized', { nested: stateIndex('nested', 'allocated') }, 1],
    ['svm->nested.initialized', {}, 0],
    ['svm->vmcb == svm->vmcb01.ptr', {}, 1],
    ['svm->vmcb == svm->nested.vmcb02.ptr', { vmcb: stateIndex('vmcb', 'vmcb02') }, 1],
    ['vcpu->arch.efer', { efer: 0x500, svme: stateIndex('svme', 'set') }, 0x1500],
    ['vcpu->arch.efer & EFER_SVME', { svme: stateIndex('svme', 'set') }, 0x1000],
    ['vcpu->arch.efer & EFER_SVME', { efer: 0x500 }, 0],
    ['(EFER_LME | EFER_LMA) == 0x500', {}, 1],
    ['vcpu->run->exit_reason == KVM_EXIT_SHUTDOWN', { exitReason: 8 }, 1],
    ['svm->nested.nested_run_pending', { runPending: 1 }, 1],
    ['vmcb01->save.efer & EFER_SVME', { efer01: 0x1000 }, 0x1000],
    ['vmcb12_is_intercept(INTERCEPT_SHUTDOWN)', { icptw3: 0x80000000 }, 1],
    ['vmcb12_is_intercept(INTERCEPT_SHUTDOWN)', { icptw3: 0x7fffffff }, 0],
    ['vmcb12_is_intercept(&svm->nested.ctl, INTERCEPT_VMRUN)', { icptw4: 1 }, 1],
    // A bool in the kernel, so that it can be compared.
    ['is_guest_mode(vcpu) == vmcb12_is_intercept(INTERCEPT_MSR_PROT)', { ...l2, icptw3: 1 << 28 }, 1],
    ['guestMode == l2', l2, 1],
    ['guestMode==l2->stray', { ...l2, stray: 0 }, 0],
    ['svm->nested.initialized->svme == set', { nested: 1 }, 0],
    ['vmcb == vmcb02 -> is_guest_mode(vcpu)', { vmcb: 1 }, 0],
    ['vmcb==vmcb01->gif==set', {}, valueOf('gif == set')],
    ['svme != set', {}, 1],
    ['run == shutdown', { run: stateIndex('run', 'shutdown') }, 1],
    ['tripleFault == pending', { tripleFault: 1 }, 1],
    ['icptw3', { icptw3: 0xdeadbeef }, 0xdeadbeef],
    ['rip == 0', {}, 1],
    ['rip != 0', { rip: 1025 }, 1],
    ['svm->nested.ctl.next_rip == 0', { nextRip: 1025 }, 0],
    ['next_context == 1 -> stray == 0', { next_context: 1, stray: 2 }, 0],
  ])('%s', (text, values, expected) => {
    expect(valueOf(text, values)).toBe(expected);
  });

  test.each(packedFacts.filter(isRegion))('is there for every state of %s', (name) => {
    for (const [index, state] of region(name).states.entries()) {
      expect(valueOf(`${name} == ${state}`, { [name]: index })).toBe(1);
      expect(valueOf(`${name} != ${state}`, { [name]: index })).toBe(0);
    }
  });

  test('is there for every register, and every word about the operation', () => {
    const asked = packedFacts.filter((name) => !isRegion(name) && name !== 'warned');
    for (const name of [...asked, ...stepWordNames]) {
      const isPointer = names.some(({ text, kind }) => text === name && kind === 'choice');
      expect(`${name}: ${valueOf(isPointer ? `${name} != 0` : name, { [name]: 1 })}`).toBe(`${name}: 1`);
    }
  });

  test('is there once', () => {
    expect(new Set(names.map(({ text }) => text)).size).toBe(names.length);
  });

  test('of a field of the kernel is taken from what is said of the register', () => {
    expect(kernelPaths).toEqual([
      'svm->nested.initialized',
      'vcpu->arch.efer',
      'svm->vmcb',
      'vcpu->run->exit_reason',
      'svm->nested.nested_run_pending',
      'vcpu->wants_to_run',
      'vcpu->arch.smi_pending',
      'svm->nmi_masked',
      'vmcb01->save.efer',
      'vmcb01->save.cpl',
      'vmcb01->control.next_rip',
      'vmcb02->save.cpl',
      'vmcb02->control.next_rip',
      'vmcb12->control.asid',
      'vmcb12->save.efer',
      'vmcb12->save.rip',
      'vmcb12->save.cpl',
      'svm->nested.ctl.asid',
      'svm->nested.ctl.next_rip',
      'svm->nested.save.efer',
      'svm->vmcb01.ptr',
      'svm->nested.vmcb02.ptr',
    ]);
  });
});

/** A value that the fact can have; of a region any of its states, of a register often a telling one. */
function anyValueOf(name: FactName): fc.Arbitrary<number> {
  if (isRegion(name)) return fc.nat({ max: region(name).states.length - 1 });
  const max = 2 ** factBits(name) - 1;
  const telling = [0, 1, 0x1000].filter((value) => value <= max);
  return fc.oneof(fc.constantFrom(...telling), fc.nat({ max }));
}

const anyValues: fc.Arbitrary<Values> = fc.record({
  ...Object.fromEntries(packedFacts.map((name) => [name, anyValueOf(name)])),
  ...Object.fromEntries(stepWordNames.map((name) => [name, fc.nat({ max: 1 })])),
  // SVME is a region, and no bit of the register.
  efer: anyValueOf('efer').map((value) => value & ~svmeMask),
  stray: fc.nat({ max: 2 }),
  next_context: fc.nat({ max: 3 }),
});

describe('an own invariant', () => {
  test.each([
    ['I5', 'is_guest_mode(vcpu) == (vmcb == vmcb02)'],
    ['I5', '(guestMode == l2) == (svm->vmcb == svm->nested.vmcb02.ptr)'],
    ['I6', 'is_guest_mode(vcpu) -> svme == set'],
    ['I6', 'guestMode == l2 -> vcpu->arch.efer & EFER_SVME'],
    ['I7', 'vmcb01->save.efer & EFER_SVME'],
    ['I8', 'is_guest_mode(vcpu) || is_smm(vcpu) -> !(is_guest_mode(vcpu) && is_smm(vcpu))'],
    ['I11', 'nested_vmexit || vmrun_entered -> gif_set(svm) == vmrun_entered'],
    ['I14', 'next_context == 1 -> stray != 1'],
    ['I15', 'is_guest_mode(vcpu) -> vmcb12_is_intercept(INTERCEPT_VMRUN)'],
    ['I15', 'guestMode == l2 -> icptw4 & 1'],
    ['I16', 'getNestedStatePages == pending -> is_guest_mode(vcpu)'],
    ['I19', 'smm == outside -> svm->nested.initialized == (svme == set)'],
    ['I20', 'next_context == 1 -> stray != 2'],
  ])('can say %s: %s', (id, text) => {
    const own = ownInvariant(text);
    const { asserted: _, ...named } = invariants.find((one) => one.id === id)!;
    const verdicts = new Set<string>();
    fc.assert(
      fc.property(anyValues, (values) => {
        const at = scope(values);
        const verdict = own.ok ? judge(own.value, at) : own.error.message;
        expect(verdict).toBe(judge(named satisfies Invariant, at));
        verdicts.add(verdict);
      }),
      { seed: 11, numRuns: 500 },
    );
    // Neither verdict is just never asked for.
    expect([...verdicts]).toEqual(expect.arrayContaining(['holds', 'broken']));
  });

  test('asks for something only where the left side of its outermost -> holds', () => {
    const own = ownInvariant(' is_smm(vcpu) -> stray -> shutdown\n');
    if (!own.ok) throw new Error(own.error.message);
    const { when, holds, ...rest } = own.value;
    expect(rest).toEqual({
      id: 'own',
      statement: 'is_smm(vcpu) -> stray -> shutdown',
      source: 'written here',
      ofLiving: true,
    });
    expect(when).toEqual(parsed('is_smm(vcpu)'));
    expect(holds).toEqual(parsed('stray -> shutdown'));
    expect(judge(own.value, scope({}))).toBe('idle');
    expect(judge(own.value, scope({ smm: 1 }))).toBe('holds');
    expect(judge(own.value, scope({ smm: 1, stray: 1 }))).toBe('broken');
  });

  test('without one asks always', () => {
    const own = ownInvariant('svme == set');
    expect(own.ok && judge(own.value, scope({}))).toBe('broken');
    expect(own.ok && judge(own.value, scope({ svme: 1 }))).toBe('holds');
  });

  test('is located where it is wrong', () => {
    expect(ownInvariant('svme == on')).toEqual(parseExpression('svme == on'));
  });
});
