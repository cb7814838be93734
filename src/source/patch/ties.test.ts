import { expect, test } from 'vitest';

import { readDiff } from './diff-read.ts';
import { avicDiff, gifDiff, tripleFaultDiff, v1Diff } from './mails.testing.ts';
import { tieHunk, type HunkTies } from './ties.ts';

function tied(text: string, file = 0): HunkTies {
  const diff = readDiff(text);
  if (!diff.ok) throw new Error(diff.error);
  const one = diff.value.files[file]!;
  return tieHunk(one, one.hunks[0]!);
}

const said = ({ ties }: HunkTies): readonly string[] =>
  ties.map(({ sign, fn, id, by, exact }) => `${sign}${fn}: ${id} by ${by}${exact ? '' : ', nearly'}`);

const hunk = (path: string, heading: string, ...lines: readonly string[]): string => {
  const count = (signs: string): number => lines.filter((line) => signs.includes(line[0]!)).length;
  return [
    `--- a/${path}`,
    `+++ b/${path}`,
    `@@ -1,${count(' -')} +1,${count(' +')} @@ ${heading}`,
    ...lines,
    '',
  ].join('\n');
};

const svm = 'arch/x86/kvm/svm/svm.c';

test('tests, statements and calls are tied to the nodes that say the same', () => {
  const found = tied(tripleFaultDiff('is_guest_mode(vcpu)'));
  expect(said(found)).toEqual([
    ' svm_set_efer: (old_efer & EFER_SVME) != (efer & EFER_SVME) by its test',
    ' svm_set_efer: !(efer & EFER_SVME) by its test',
    '+svm_set_efer: is_guest_mode(vcpu) by its test',
    '+svm_set_efer: kvm_make_request(KVM_REQ_TRIPLE_FAULT, vcpu) by the statement',
    ' svm_set_efer: svm_leave_nested by the call',
    ' svm_set_efer: !enable_vmware_backdoor by its test',
  ]);
  expect(found.words).toBe('ties to 6 nodes in svm_set_efer()');
});

test('a condition that is only nearly one is tied by what it shares', () => {
  expect(said(tied(tripleFaultDiff('is_guest_mode(vcpu) && made_up(vcpu)')))).toContain(
    '+svm_set_efer: is_guest_mode(vcpu) by a part of its test, nearly',
  );
  const turned = hunk(
    svm,
    'int svm_set_efer(int x)',
    ' \tif (old_efer & EFER_SVME == efer & EFER_SVME)',
    '+\t\treturn;',
  );
  expect(said(tied(turned))).toContain(
    ' svm_set_efer: (old_efer & EFER_SVME) != (efer & EFER_SVME) by the names old_efer, EFER_SVME, efer, nearly',
  );
});

test('what resembles a node is not tied to it where another line is that node', () => {
  const resembling = hunk(
    svm,
    'static int svm_set_efer_svme(int x)',
    '+\tif ((old_efer & EFER_SVME) == (new_efer & EFER_SVME))',
    '+\t\treturn 0;',
    '+\tif (new_efer & EFER_SVME)',
    '+\t\tmade_up(svm);',
  );
  expect(said(tied(resembling)).map((tie) => tie.split(' by ')[0])).toEqual([
    '+svm_set_efer_svme: (old_efer & EFER_SVME) == (new_efer & EFER_SVME)',
    '+svm_set_efer_svme: return 0',
  ]);
});

test('a removed line is tied as removed, in the function of its own side', () => {
  expect(said(tied(gifDiff, 1))).toContain('-svm_set_efer: svm_set_gif by the call');
  expect(said(tied(gifDiff, 0))).toContain('+svm_leave_nested: svm_set_gif by the call');
});

test('of returns that read alike the one below its test is tied', () => {
  const { ties } = tied(v1Diff);
  const returns = ties
    .filter(({ text }) => text === 'return 0')
    .map(({ sign, id, alike }) => [sign, id, alike]);
  expect(returns).toEqual([
    [' ', 'return 0', 1],
    ['+', 'return 0 (v1)', 1],
  ]);
});

test('a function that the hunk begins counts, not the one in its heading', () => {
  const text = hunk(
    svm,
    'static void before(void)',
    ' }',
    ' ',
    ' int svm_set_efer(struct kvm_vcpu *vcpu,',
    ' \t\t u64 efer)',
    ' {',
    '+\tvcpu->arch.efer = efer;',
  );
  expect(tied(text)).toMatchObject({
    functions: ['svm_set_efer'],
    words: 'ties to 1 node in svm_set_efer()',
  });
});

test('without a name in its head a hunk stands where most of its lines are nodes, if that is one place', () => {
  const text = tripleFaultDiff('is_guest_mode(vcpu)').replace(/@@ int.*/, '@@');
  expect(tied(text).words).toBe('ties to 6 nodes in svm_set_efer()');
  const little = hunk(svm, '', ' \tint i;', '+\treturn 0;');
  expect(tied(little).words).toBe(`in no function that the hunk names; ${svm} is covered in part`);
});

test('comments, strings and prototypes are no code', () => {
  const text = hunk(
    svm,
    'int svm_set_efer(int x)',
    '+\t/* svm_leave_nested(vcpu);',
    '+\t * svm_leave_nested(vcpu);',
    '+\t */',
    '+\tpr_debug("svm_leave_nested(vcpu)");',
  );
  expect(tied(text)).toMatchObject({
    ties: [],
    words: 'in svm_set_efer(), which the model has; none of the lines is a node of it',
  });
});

test('what a vendor module does is tied through the table it is called by', () => {
  const text = hunk(
    'arch/x86/kvm/x86.c',
    'static int set_efer(int x)',
    '+\tr = kvm_x86_call(set_efer)(vcpu, efer);',
  );
  expect(said(tied(text))).toEqual(['+set_efer: svm_set_efer by the call']);
});

test.each([
  ['a file outside', avicDiff, 'not covered by the model: arch/x86/kvm/svm/avic.c'],
  [
    'a function outside',
    hunk(svm, 'static int made_up(int x)', '+\tx();'),
    `not covered by the model: made_up() in ${svm}`,
  ],
  [
    'no function',
    hunk(svm, '', '+static int x;'),
    `in no function that the hunk names; ${svm} is covered in part`,
  ],
  [
    'the same name elsewhere',
    hunk('arch/arm64/kvm/arm.c', 'int kvm_arch_vcpu_ioctl_run(struct kvm_vcpu *vcpu)', '+\tx();'),
    'not covered by the model: arch/arm64/kvm/arm.c',
  ],
])('%s is said', (_, text, words) => {
  const found = tied(text);
  expect(found.words).toBe(words);
  expect(found.ties).toEqual([]);
});
