import { describe, expect, test as check } from 'vitest';

import { call, effect, fn, giveBack, test, type Node } from './ir.ts';
import { functionSet, type FunctionSet } from './kernel.ts';
import { kernelOf, outline } from './kernels.testing.ts';
import { applyPatch, type Change, type Patch } from './patch.ts';
import { gif } from './patches/gif.ts';
import { isGuestMode } from './words.ts';

const say = (text: string): Node => effect(text, []);

const bare = (lines: readonly string[]): readonly string[] => lines.map((line) => line.trim());
const without = (lines: readonly string[], others: readonly string[]): readonly string[] =>
  lines.filter((line) => !others.includes(line));

/** `f() { a; if (t) { b; a } c }` */
const small = functionSet([
  fn('f', 'x.c', [say('a'), test('t', isGuestMode, [say('b'), say('a')]), say('c')]),
]);

function patched(set: FunctionSet, ...changes: readonly Change[]): FunctionSet {
  const patch: Patch = { ...gif, id: 'made-up', changes };
  return applyPatch(set, patch);
}

const outlineOf = (set: FunctionSet, name = 'f'): readonly string[] => outline(set[name]!);

describe('a change', () => {
  const nodes = [say('new')];

  check.each<[string, Change, readonly string[]]>([
    [
      'before a node',
      { do: 'insert-before', fn: 'f', at: 'b', nodes },
      ['a', 't', '  new', '  b', '  a#2', 'c'],
    ],
    [
      'after a node',
      { do: 'insert-after', fn: 'f', at: 'b', nodes },
      ['a', 't', '  b', '  new', '  a#2', 'c'],
    ],
    ['in place of a node', { do: 'replace', fn: 'f', at: 't', nodes }, ['a', 'new', 'c']],
    ['that takes a node away', { do: 'remove', fn: 'f', at: 'a#2' }, ['a', 't', '  b', 'c']],
  ])('%s', (_, change, expected) => {
    expect(outlineOf(patched(small, change))).toEqual(expected);
    expect(outlineOf(small)).toEqual(['a', 't', '  b', '  a#2', 'c']);
  });

  check('leaves every other node its id, and gives the new ones ids of their own', () => {
    const twice = patched(small, { do: 'insert-before', fn: 'f', at: 'a', nodes: [say('a'), say('b')] });
    expect(without(outlineOf(small), outlineOf(twice))).toEqual([]);
    expect(new Set(bare(outlineOf(twice))).size).toBe(7);
    expect(outlineOf(patched(small, { do: 'remove', fn: 'f', at: 'a' }))).toEqual(['t', '  b', '  a#2', 'c']);
  });

  // A second change of one patch does not look for the name that the first one gave.
  check('gives a node its own id also where an earlier change of the patch added the same', () => {
    const changes = ['b', 'c'].map((at): Change => ({ do: 'insert-after', fn: 'f', at, nodes: [say('a')] }));
    const ids = bare(outlineOf(patched(small, ...changes)));
    expect(new Set(ids).size).toBe(ids.length);
  });

  check('adds a function once', () => {
    const add: Change = { do: 'add-function', function: fn('g', 'x.c', []) };
    expect(Object.keys(patched(small, add))).toEqual(['f', 'g']);
    expect(() => patched(small, add, add)).toThrow('made-up adds g() anew');
  });

  check('moves a branch into a function of its own, which later changes find', () => {
    const extract: Change = {
      do: 'extract',
      fn: 'f',
      at: 't',
      into: { name: 'g', params: ['p'], visibility: 'inlined' },
      before: [say('first')],
      after: [giveBack('return', 0)],
      leaving: [call('g')],
    };
    const set = patched(small, extract, { do: 'insert-after', fn: 'f', at: 'b', nodes });
    expect(outlineOf(set)).toEqual(['a', 'g', 'c']);
    expect(outlineOf(set, 'g')).toEqual(['first', 'b', 'new', 'a#2', 'return']);
    expect(set['g']).toMatchObject({ file: 'x.c', params: ['p'], extractedFrom: 'f' });
  });

  check('that names a node or a function that is not there is a mistake', () => {
    expect(() => patched(small, { do: 'remove', fn: 'f', at: 'd' })).toThrow('made-up finds "d" in f()');
    expect(() => patched(small, { do: 'remove', fn: 'g', at: 'a' })).toThrow('made-up finds "a" in g()');
  });
});

/** Ids as the nodes are spelled: without number and patch. */
const spelled = (lines: readonly string[]): readonly string[] =>
  lines.map((line) => line.replace(/(#\d+| \(\w+( \d+)?\))$/, ''));

/** What svm_set_efer() does where SVME toggles, as 6.12 has it. */
const toggle612 = [
  '(old_efer & EFER_SVME) != (efer & EFER_SVME)',
  '  !(efer & EFER_SVME)',
  '    svm_leave_nested',
  '    svm_set_gif',
  '    !enable_vmware_backdoor',
  '      clr_exception_intercept',
  '    !is_smm(vcpu)',
  '      svm_free_nested',
  '    svm_allocate_nested',
  '    ret',
  '      vcpu->arch.efer = old_efer',
  '      return ret',
  '    svm_gp_erratum_intercept && !sev_guest(vcpu->kvm)',
  '      set_exception_intercept',
];
const request = 'kvm_make_request(KVM_REQ_TRIPLE_FAULT, vcpu)';
const recalcRequest = 'kvm_make_request(KVM_REQ_RECALC_INTERCEPTS, vcpu)';

function functionIn(id: string, name: string): readonly string[] {
  return outline(kernelOf(id).functions[name]!);
}

/** The nodes that one list has more than the other, and less, wherever they stand. */
function difference(before: readonly string[], after: readonly string[]) {
  return { more: without(bare(after), bare(before)), less: without(bare(before), bare(after)) };
}

describe('svm_set_efer()', () => {
  check('6.12 toggles as the kernel does', () => {
    const lines = functionIn('6.12', 'svm_set_efer');
    const from = lines.indexOf(toggle612[0]!);
    expect(spelled(lines.slice(from, from + toggle612.length))).toEqual(toggle612);
    expect(lines.slice(from + toggle612.length)).toEqual([
      'svm->vmcb->save.efer = efer | EFER_SVME',
      'return 0',
    ]);
  });

  check.each([
    ['6.12', '6.12+gif', { more: [], less: ['svm_set_gif'] }],
    ['7.0', '7.0+v2', { more: ['is_guest_mode(vcpu)', request], less: [] }],
    ['7.0', '7.0+merged', { more: ['is_guest_mode(vcpu) && vcpu->wants_to_run', request], less: [] }],
    ['7.0', '7.0+hook', { more: [], less: [] }],
    ['7.0', '7.0+recalc', { more: [recalcRequest], less: [] }],
  ])('%s against %s', (before, after, expected) => {
    expect(difference(functionIn(before, 'svm_set_efer'), functionIn(after, 'svm_set_efer'))).toEqual(
      expected,
    );
  });

  check('v2 and merged ask and request before they leave', () => {
    for (const id of ['6.12+v2', '7.0+v2', '7.0+merged', '7.1']) {
      const lines = functionIn(id, 'svm_set_efer').map((line) => line.trim());
      expect(lines.indexOf(request), `of ${id}`).toBeGreaterThan(0);
      expect(lines.indexOf(request), `of ${id}`).toBe(lines.indexOf('svm_leave_nested') - 1);
    }
  });

  check('recalc requests after either branch, and not where the allocation failed', () => {
    const lines = functionIn('7.1', 'svm_set_efer');
    expect(lines.indexOf(`  ${recalcRequest}`)).toBeGreaterThan(lines.indexOf('      return ret'));
  });
});

describe('gif', () => {
  check('moves the call of svm_set_gif() to where guest mode is really left', () => {
    const before = functionIn('6.12', 'svm_leave_nested');
    const after = functionIn('6.12+gif', 'svm_leave_nested');
    expect(before).not.toContain('  svm_set_gif');
    expect(after).toEqual(
      before.toSpliced(before.indexOf('  vmcb_mark_all_dirty(svm->vmcb)') + 1, 0, '  svm_set_gif'),
    );
  });

  check('is in 7.0', () => {
    for (const name of ['svm_set_efer', 'svm_leave_nested'])
      expect(functionIn('7.0', name)).toEqual(functionIn('6.12+gif', name));
  });
});

/** The function that v1 takes out of svm_set_efer(). */
const extracted = (id: string): readonly string[] => functionIn(id, 'svm_set_efer_svme');

describe('v1', () => {
  check('takes the toggle into svm_set_efer_svme(), behind the test of guest mode', () => {
    expect(spelled(extracted('6.12+v1'))).toEqual([
      '(old_efer & EFER_SVME) == (new_efer & EFER_SVME)',
      '  return 0',
      'is_guest_mode(vcpu)',
      '  return 0',
      ...toggle612
        .slice(1)
        .map((line) => line.slice(2))
        .filter((line) => !line.includes('old_efer')),
      'return 0',
    ]);
  });

  check('leaves a call, and the old value where it failed', () => {
    const lines = functionIn('6.12+v1', 'svm_set_efer');
    expect(lines.slice(lines.indexOf('svm_set_efer_svme'))).toEqual([
      'svm_set_efer_svme',
      'r',
      '  vcpu->arch.efer = old_efer',
      '  return r',
      'svm->vmcb->save.efer = efer | EFER_SVME',
      'return 0',
    ]);
  });

  check('composes with gif, which came before it, and with recalc, which comes after', () => {
    expect(difference(extracted('6.12+v1'), extracted('6.12+gif+v1'))).toEqual({
      more: [],
      less: ['svm_set_gif'],
    });
    expect(difference(extracted('7.0+v1'), extracted('7.0+v1+recalc'))).toEqual({
      more: [recalcRequest],
      less: [],
    });
    expect(extracted('7.0+v1+recalc').at(-2)).toBe(recalcRequest);
  });
});

check('hook stands around kvm_emulate_wrmsr(), and reads guest mode before and after', () => {
  expect(functionIn('7.0+hook', 'msr_interception')).toEqual([
    'svm->vmcb->control.exit_info_1',
    '  efer_l2 = is_guest_mode(vcpu) && kvm_rcx_read(vcpu) == MSR_EFER',
    '  kvm_emulate_wrmsr',
    '  r && efer_l2 && !is_guest_mode(vcpu)',
    `    ${request}`,
    '  return kvm_emulate_wrmsr(vcpu)',
    '  kvm_emulate_rdmsr',
    '  return kvm_emulate_rdmsr(vcpu)',
  ]);
});

check('recalc handles its request behind the triple fault and before events', () => {
  const lines = functionIn('7.1', 'vcpu_enter_guest');
  const order = [
    'kvm_test_request(KVM_REQ_TRIPLE_FAULT, vcpu)',
    'kvm_check_request(KVM_REQ_RECALC_INTERCEPTS, vcpu)',
    'kvm_check_request(KVM_REQ_EVENT, vcpu)',
  ].map((line) => lines.indexOf(line));
  expect(order.toSorted((left, right) => left - right)).toEqual(order);
  expect(order).not.toContain(-1);
});
