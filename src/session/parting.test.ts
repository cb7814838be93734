import { describe, expect, test } from 'vitest';

import { comparisons, firstParting, partingRows } from './code-partings.ts';
import { codeView } from './code-view.ts';
import { viewsAt } from './derive.ts';
import type { Session } from './session.ts';
import { clearsSvme, visited } from './visited.testing.ts';
import { setEferWriteIntercept, setHost } from './what-if.ts';

const viewOf = (session: Session) => codeView(viewsAt(session));
const story = (...kernels: readonly string[]): Session => visited(2, undefined, kernels);

/** How every other kernel compares with the first, in words. */
const words = (session: Session): readonly string[] =>
  comparisons(viewOf(session), 0).map((one) => one.words);
const kinds = (session: Session): readonly string[] =>
  comparisons(viewOf(session), 0).map(({ kernel, parting }) => `${kernel} ${parting.kind}`);

describe('where kernels part when L2 clears SVME', () => {
  test('7.1: in svm_set_efer(), at the test of wants_to_run', () => {
    expect(words(story('7.0', '7.1'))).toEqual([
      'They part in svm_set_efer(): 7.1 tests `is_guest_mode(vcpu) && vcpu->wants_to_run`, true; 7.0 has no such test; next on both: svm_leave_nested().',
    ]);
  });

  test('the same the other way round', () => {
    expect(words(story('7.1', '7.0'))[0]).toMatch(
      /^They part in svm_set_efer\(\): 7\.0 .*; 7\.1 tests `is_guest_mode\(vcpu\) && vcpu->wants_to_run`, true\.$/,
    );
  });

  test('v2: at the test of guest mode alone; hook: in msr_interception(); v1: in its own function', () => {
    const [v2, hook, v1] = words(story('7.0', '7.0+v2', '7.0+hook', '7.0+v1'));
    expect(v2).toMatch(/^They part in svm_set_efer\(\): 7\.0\+v2 tests `is_guest_mode\(vcpu\)`, true; 7\.0 /);
    expect(hook).toMatch(
      /^They part in msr_interception\(\): 7\.0\+hook tests `r && efer_l2 && !is_guest_mode\(vcpu\)`, true; 7\.0 has no such test(; next on both:| and goes on to) /,
    );
    expect(v1).toMatch(/^They part in svm_set_efer_svme\(\): 7\.0\+v1 tests `is_guest_mode\(vcpu\)`, true; /);
  });

  test('every sentence names a function, and code that the table has', () => {
    const session = story('7.0', '6.12', '7.0+v2', '7.1');
    const texts = new Set(viewOf(session).rows.map(({ text }) => text));
    for (const sentence of words(session)) {
      expect(sentence).toMatch(/^They part in \w+\(\): .*; .*\.$/);
      const named = sentence.match(/(?<=`)[^`;]+(?=`)|(?<=calls )\w+\(\)/g) ?? [];
      expect(named.length).toBeGreaterThan(0);
      expect(named.filter((code) => !texts.has(code))).toEqual([]);
    }
  });

  test('the row that is pointed out is the first in which they differ', () => {
    const view = viewOf(story('7.0', '7.1'));
    const [compared] = comparisons(view, 0);
    const first = view.rows.findIndex(({ differs }) => differs);
    expect(compared?.parting.row).toBe(first);
    expect(firstParting(partingRows(comparisons(view, 0)))).toBe(first);
  });
});

describe('kernels that do not part', () => {
  test('where L1 intercepts the write: node for node where no patch is reached, else the same effects', () => {
    const kernels = ['7.0', '7.0+v2', '7.0+merged', '7.0+v1'];
    const [v2, merged, v1] = words(setEferWriteIntercept(story(...kernels), true));
    expect(v2).toBe('7.0 and 7.0+v2 do the same, node for node.');
    expect(merged).toBe('7.0 and 7.0+merged do the same, node for node.');
    // v1 asks whether SVME toggles in a function of its own.
    expect(v1).toMatch(/^7\.0 and 7\.0\+v1 do the same here\. Only the code differs, in svm_set_efer/);
    expect(kinds(setEferWriteIntercept(story('7.0', '7.1'), true))).toEqual(['7.1 arranged']);
  });

  test('v2 and hook: other code, the same effects and outcome or not', () => {
    expect(kinds(setHost(story('7.0+v2', '7.0+merged', '7.0+hook'), 'nrips', false))).toEqual([
      '7.0+merged arranged',
      '7.0+hook parts',
    ]);
  });

  test('at the start there is nothing to compare', () => {
    expect(words(visited(0))).toEqual([]);
  });

  test('nor where one of them has come to its end', () => {
    expect(words(visited(3))).toEqual([]);
  });
});

// Since the story, 7.0 is at L1's CPUID and 7.1 at a KVM_RUN: their code is not that of one operation.
test('kernels that stand at different operations are not said to part in a function', () => {
  const program = {
    ...clearsSvme,
    code: { ...clearsSvme.code, l1: [{ do: 'VMRUN' }, { do: 'CPUID' }] },
  } as const;
  expect(words(visited(3, program))).toEqual(['7.0 and 7.1 stand at different operations.']);
});
