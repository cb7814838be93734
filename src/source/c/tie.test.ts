import { describe, expect, test } from 'vitest';

import {
  allNodes,
  call,
  effect,
  fn,
  giveBack,
  send,
  test as check,
  trace,
  type KvmFunction,
} from '#kvm/ir.ts';
import { kernelOf } from '#kvm/kernels.testing.ts';
import { isOfKernel } from '#kvm/links.ts';
import { fact } from '#machine/expr.ts';
import { disagreements } from './compare.ts';
import { readFile } from './functions.ts';
import { sourceOf } from './model.testing.ts';
import { SourceTree } from './tree.ts';
import { tieFunction } from './tie.ts';

const kernel = kernelOf('7.1');
const paging = fact('paging');

/** The ties of a function that is made up, on text that is, as `id: line how`. */
function tied(one: KvmFunction, text: string): readonly string[] {
  const found = tieFunction(new SourceTree([readFile('svm/svm.c', text)]), kernel, one);
  return allNodes(one.body).map(({ id }) => {
    const tie = found?.ties.get(id);
    if (!tie) return `${id}: ${found?.untied.get(id)}`;
    const more = [
      tie.through,
      tie.inverted ? 'inverted' : '',
      tie.source === found?.source ? '' : tie.source.name,
    ];
    return [`${id}: ${tie.from}`, tie.how, ...more].filter((part) => part).join(' ');
  });
}

const inFunction = (body: string): string => `int f(struct kvm_vcpu *vcpu)\n{\n${body}\n}\n`;

describe('ties', () => {
  test('are found by what tests, calls, effects, traces and returns say', () => {
    const one = fn('f', 'svm/svm.c', [
      check('!(efer & EFER_SVME)', paging, [
        call('svm_leave_nested'),
        effect('vcpu->arch.efer = efer', [send('CLEAR_SVME')]),
        giveBack('return 1', 1),
      ]),
      trace('kvm_entry'),
      giveBack('return 0', 0),
    ]);
    const text = inFunction(
      '\tif (unlikely( !( efer & EFER_SVME ) )) {\n\t\tsvm_leave_nested(vcpu);\n\t\tvcpu->arch.efer = efer;\n\t\treturn 1;\n\t}\n\ttrace_kvm_entry(vcpu);\n\treturn 0;',
    );
    expect(tied(one, text)).toEqual([
      '!(efer & EFER_SVME): 3 sure',
      'svm_leave_nested: 4 sure',
      'vcpu->arch.efer = efer: 5 sure',
      'return 1: 6 sure',
      'trace_kvm_entry: 8 sure',
      'return 0: 9 sure',
    ]);
  });

  test.each(['\n', '\r\n'])('count lines the same whatever ends them: %j', (end) => {
    const one = fn('f', 'svm/svm.c', [call('svm_set_gif'), call('svm_leave_nested')]);
    const text = inFunction('\tsvm_set_gif(svm, 1);\n\n\tsvm_leave_nested(vcpu);');
    expect(tied(one, text.replaceAll('\n', end))).toEqual([
      'svm_set_gif: 3 sure',
      'svm_leave_nested: 5 sure',
    ]);
  });

  test('keep the order where a name comes twice', () => {
    const one = fn('f', 'svm/svm.c', [
      call('svm_set_gif'),
      check('is_smm(vcpu)', paging, [call('svm_leave_nested')]),
      call('svm_set_gif'),
    ]);
    const text = inFunction(
      '\tsvm_set_gif(svm, 1);\n\tif (is_smm(vcpu))\n\t\tsvm_leave_nested(vcpu);\n\tsvm_set_gif(svm, 0);',
    );
    expect(tied(one, text)).toEqual([
      'svm_set_gif: 3 sure',
      'is_smm(vcpu): 4 sure',
      'svm_leave_nested: 5 sure',
      'svm_set_gif#2: 6 sure',
    ]);
  });

  test('go through static calls, tables, macros and functions that the model does not have', () => {
    const one = fn('f', 'svm/svm.c', [
      call('svm_set_efer'),
      call('nested_svm_triple_fault'),
      call('kvm_queue_exception_e'),
      trace('kvm_msr'),
    ]);
    const text =
      '#define trace_kvm_msr_read(a) trace_kvm_msr(0, a)\nstatic void kvm_inject_gp(struct kvm_vcpu *vcpu)\n{\n\tkvm_queue_exception_e(vcpu, 13, 0);\n}\n' +
      inFunction(
        '\tkvm_x86_call(set_efer)(vcpu, efer);\n\tkvm_x86_ops.nested_ops->triple_fault(vcpu);\n\tkvm_inject_gp(vcpu);\n\ttrace_kvm_msr_read(ecx);',
      ) +
      'struct ops o = {\n\t.triple_fault = nested_svm_triple_fault,\n};\n';
    expect(tied(one, text)).toEqual([
      'svm_set_efer: 8 sure',
      'nested_svm_triple_fault: 9 sure',
      'kvm_queue_exception_e: 10 sure kvm_inject_gp()',
      'trace_kvm_msr: 11 sure trace_kvm_msr_read()',
    ]);
  });

  test('say when the source asks the other way round, and what is not where the model has it', () => {
    const one = fn('f', 'svm/svm.c', [
      check('exitintinfo & SVM_EXITINTINFO_VALID', paging, [call('svm_set_gif')]),
      call('svm_leave_nested'),
      call('svm_free_nested'),
    ]);
    const text = inFunction(
      '\tsvm_free_nested(svm);\n\tif (!(exitintinfo & SVM_EXITINTINFO_VALID))\n\t\treturn 0;\n\tsvm_set_gif(svm, 1);\n\tsvm_leave_nested(vcpu);\n\treturn 1;',
    );
    expect(tied(one, text)).toEqual([
      'exitintinfo & SVM_EXITINTINFO_VALID: 4 sure inverted',
      'svm_set_gif: 6 sure',
      'svm_leave_nested: 7 sure',
      'svm_free_nested: 3 apart',
    ]);
  });

  test('look into a helper for what the model tells in its caller', () => {
    const one = fn('f', 'svm/svm.c', [
      check('lapic_in_kernel(vcpu)', paging, [effect('vcpu->arch.mp_state = KVM_MP_STATE_HALTED', [])]),
    ]);
    const text =
      'static int helper(struct kvm_vcpu *vcpu)\n{\n\tif (lapic_in_kernel(vcpu))\n\t\tvcpu->arch.mp_state = KVM_MP_STATE_HALTED;\n}\n' +
      inFunction('\treturn helper(vcpu);');
    expect(tied(one, text)).toEqual([
      'lapic_in_kernel(vcpu): 3 sure helper',
      'vcpu->arch.mp_state = KVM_MP_STATE_HALTED: 4 sure helper',
    ]);
  });

  test('are not made up: what is not there, is prose, or is the processor has a reason instead', () => {
    const one = fn('f', 'svm/svm.c', [
      check('is_paging(vcpu)', paging, [giveBack('return the map lies below the limit', 1)]),
      call('enter_guest'),
      call('svm_free_nested'),
    ]);
    expect(tied(one, inFunction('\tif (vcpu->halted)\n\t\tschedule();'))).toEqual([
      'is_paging(vcpu): not in the source',
      'return the map lies below the limit: told in words',
      'enter_guest: done by the processor',
      'svm_free_nested: not in the source',
    ]);
  });

  test('see calls that the grammar takes for declarations', () => {
    const one = fn('f', 'svm/svm.c', [call('svm_set_efer'), call('svm_set_cr4')]);
    const text = inFunction(
      '\tsave &= ~EFER_LMA;\n\n\tsvm_set_efer(vcpu, svm->nested.save.efer);\n\tsvm_set_cr4(vcpu, svm->a.b);',
    );
    expect(tied(one, text)).toEqual(['svm_set_efer: 5 sure', 'svm_set_cr4: 6 sure']);
  });
});

test.each(['6.12', '7.0', '7.0+v1', '7.1'])(
  'every node of %s that is code ties to the model written as C',
  (id) => {
    const own = kernelOf(id);
    const source = sourceOf(own);
    for (const one of Object.values(own.functions).filter(isOfKernel)) {
      const found = source.tied(own, one);
      expect([one.name, [...(found?.untied ?? [])].filter(([, why]) => why === 'not in the source')]).toEqual(
        [one.name, []],
      );
      expect([one.name, found?.disagreements]).toEqual([one.name, []]);
    }
  },
);

/** Where both disagree on a function that is made up: callee, who has it, line. */
const words = (one: KvmFunction, text: string): readonly (readonly unknown[])[] => {
  const tree = new SourceTree([readFile('svm/svm.c', text)]);
  const found = tieFunction(tree, kernel, one);
  return found ? disagreements(tree, kernel, found).map(({ callee, by, line }) => [callee, by, line]) : [];
};

describe('disagreements', () => {
  test('name calls that only one of both has, with the line', () => {
    const one = fn('f', 'svm/svm.c', [call('svm_set_gif'), call('svm_free_nested')]);
    expect(
      words(one, inFunction('\tsvm_set_gif(svm, 1);\n\tsvm_leave_nested(vcpu);\n\tunknown_to_all(vcpu);')),
    ).toEqual([
      ['svm_free_nested', 'model', 3],
      ['svm_leave_nested', 'source', 4],
    ]);
  });

  test('are none where the call goes through another function', () => {
    const one = fn('f', 'svm/svm.c', [call('svm_leave_nested')]);
    const text = `static void leave(void)\n{\n\tsvm_leave_nested(vcpu);\n}\n${inFunction('\tleave();')}`;
    expect(words(one, text)).toEqual([]);
  });
});
