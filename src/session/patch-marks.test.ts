import { describe, expect, test } from 'vitest';

import { kernelOf } from '#kvm/kernels.testing.ts';
import { tableOf } from './code-view.testing.ts';
import { patchMarks } from './patch-marks.ts';

function marksOf(id: string, fn: string): readonly string[] {
  return [...patchMarks(kernelOf(id))]
    .filter(([key]) => key.startsWith(`${fn}() `))
    .map(
      ([key, { sign, patch, moved }]) => `${sign}${patch} ${key}${moved === undefined ? '' : ` <> ${moved}`}`,
    );
}

describe('the diff of a kernel against its base', () => {
  test('has what 7.1 adds to svm_set_efer(), each under the patch that brought it', () => {
    expect(marksOf('7.1', 'svm_set_efer')).toEqual([
      '+merged svm_set_efer() is_guest_mode(vcpu) && vcpu->wants_to_run',
      '+merged svm_set_efer() kvm_make_request(KVM_REQ_TRIPLE_FAULT, vcpu)',
      '+recalc svm_set_efer() kvm_make_request(KVM_REQ_RECALC_INTERCEPTS, vcpu)',
    ]);
  });

  test('leaves alone what only got a neighbour of the same name', () => {
    expect(marksOf('7.1', 'vcpu_enter_guest').map((mark) => mark.slice(0, 2))).toEqual(['+r', '+r', '+r']);
  });

  test('tells nodes that v1 moved from nodes that it wrote', () => {
    const taken = marksOf('7.0+v1', 'svm_set_efer_svme');
    expect(taken).toContain('+v1 svm_set_efer_svme() svm_leave_nested <> svm_set_efer');
    expect(taken).toContain('+v1 svm_set_efer_svme() is_guest_mode(vcpu)');
    const left = marksOf('7.0+v1', 'svm_set_efer');
    expect(left).toContain('-v1 svm_set_efer() svm_leave_nested <> svm_set_efer_svme');
    expect(left).toContain('-v1 svm_set_efer() (old_efer & EFER_SVME) != (efer & EFER_SVME)');
    expect(left).toContain('+v1 svm_set_efer() svm_set_efer_svme');
  });

  test('has what gif takes away, and where it puts it', () => {
    expect(marksOf('6.12+gif', 'svm_set_efer')).toEqual(['-gif svm_set_efer() svm_set_gif']);
    expect(marksOf('6.12+gif', 'svm_leave_nested')).toEqual(['+gif svm_leave_nested() svm_set_gif']);
  });

  test('is empty without patches', () => {
    expect(marksOf('7.0', '')).toEqual([]);
  });
});

describe('the marks of a row', () => {
  test('name every shown kernel whose patch it is', () => {
    const row = tableOf('7.0', '7.0+v2', '7.1').rows.find(
      ({ owner, text }) =>
        owner === 'svm_set_efer' && text === 'kvm_make_request(KVM_REQ_TRIPLE_FAULT, vcpu)',
    );
    expect(row?.marks.map(({ sign, patch, kernels }) => [sign + patch, kernels])).toEqual([
      ['+v2', ['7.0+v2']],
      ['+merged', ['7.1']],
    ]);
  });

  test('are told once, on the outermost row that has them', () => {
    const { rows } = tableOf('7.0', '7.1');
    const test_ = rows.find(({ text }) => text === 'is_guest_mode(vcpu) && vcpu->wants_to_run');
    const inner = rows.find(({ parent }) => parent === test_?.index);
    expect(test_?.newMarks).toHaveLength(1);
    expect(inner?.marks).toHaveLength(1);
    expect(inner?.newMarks).toHaveLength(0);
  });

  test('show the row that a patch removed in the kernel that still has it', () => {
    const { rows } = tableOf('6.12', '6.12+gif');
    const removed = rows.find(({ owner, callee }) => owner === 'svm_set_efer' && callee === 'svm_set_gif');
    expect(removed?.has).toEqual([true, false]);
    expect(removed?.marks[0]).toMatchObject({ sign: '-', patch: 'gif' });
  });
});
