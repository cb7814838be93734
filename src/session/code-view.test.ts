import { describe, expect, test } from 'vitest';

import { foldedAtFirst, kvmRan } from './code-folding.ts';
import { comparisons, firstParting, partingRows, spokenOf } from './code-partings.ts';
import { above, codeView, shownRows, type CodeView, type Shown } from './code-view.ts';
import { tableOf, written } from './code-view.testing.ts';
import { viewsAt } from './derive.ts';
import { clearsSvme, visited } from './visited.testing.ts';

const open: Shown = { density: 'decisions', folded: new Set(), search: '', keep: new Set() };
const shownOf = ({ rows }: CodeView, shown: Partial<Shown> = {}) => shownRows(rows, { ...open, ...shown });

describe('the table of an operation', () => {
  test('is the same value while the operation is the same', () => {
    const session = visited(2);
    expect(codeView(viewsAt({ ...session, cursor: { ...session.cursor, micro: 3 } }))).toBe(
      codeView(viewsAt(session)),
    );
    expect(codeView(viewsAt(visited(1)))).not.toBe(codeView(viewsAt(session)));
  });

  test('has every row under the function whose code it is', () => {
    const { rows } = tableOf('7.0', '7.0+v1', '7.0+v2', '7.0+hook');
    const strays = rows.filter((row) => {
      const fn = above(rows, row).find(({ kind }) => kind === 'function');
      return fn ? fn.callee !== row.owner : row.parent !== undefined;
    });
    expect(strays).toEqual([]);
    expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
  });

  test('says which function a row calls, also where it was not called', () => {
    const { rows } = tableOf('7.0', '7.1');
    const named = rows.filter(({ callee }) => callee === 'kvm_queue_exception_e');
    expect(named.map(({ ran }) => ran)).toEqual([false]);
  });
});

describe('what is shown', () => {
  const table = tableOf('7.0', '7.1');

  test('is by default what ran of functions, tests and effects, and what a patch did', () => {
    const plain = shownOf(table).rows.filter(({ marks }) => marks.length === 0);
    expect(plain.filter(({ ran }) => !ran)).toEqual([]);
    expect(new Set(plain.map(({ kind }) => kind))).toEqual(new Set(['function', 'test', 'effect']));
    expect(shownOf(table, { density: 'all' }).rows).toHaveLength(table.rows.length);
  });

  test('can be the functions alone', () => {
    const last = table.rows.length - 1;
    const { rows } = shownOf(table, { density: 'functions', keep: new Set([last]) });
    expect(rows.filter(({ kind }) => kind !== 'function')).toEqual([table.rows[last]]);
  });

  test.each(['all', 'decisions', 'differences'] as const)(
    'with %s has what each row stands in',
    (density) => {
      const shown = new Set(shownOf(table, { density }).rows);
      const missing = [...shown]
        .flatMap((row) => above(table.rows, row))
        .filter((outer) => !shown.has(outer));
      expect(missing).toEqual([]);
    },
  );

  test('can be the differences, with what they stand in as context', () => {
    const { rows, context } = shownOf(table, { density: 'differences' });
    expect(written(rows.filter((row) => !context.has(row)).slice(0, 3))).toEqual([
      ' T is_guest_mode(vcpu) && vcpu->wants_to_run',
      ' F kvm_make_request(KVM_REQ_TRIPLE_FAULT, vcpu)',
      ' F kvm_make_request(KVM_REQ_RECALC_INTERCEPTS, vcpu)',
    ]);
    expect(shownOf(tableOf('7.0', '7.0+v2'), { density: 'differences' }).rows.length).toBeGreaterThan(0);
  });

  test('is what a search finds, wherever it is folded or skipped', () => {
    const all = new Set(table.rows.map(({ id }) => id));
    const { rows, context, foldable } = shownOf(table, { search: ' KVM_queue', folded: all });
    expect(rows.filter((row) => !context.has(row)).map(({ text }) => text)).toEqual([
      'kvm_queue_exception_e()',
    ]);
    expect(foldable.size).toBe(0);
    expect(shownOf(table, { search: 'no such thing' }).rows).toEqual([]);
  });

  test('is less by what is inside a folded function', () => {
    const fn = table.rows.find(({ callee }) => callee === 'svm_set_efer')!;
    const { rows, foldable } = shownOf(table, { folded: new Set([fn.id]) });
    expect(foldable.has(fn.id)).toBe(true);
    expect(rows).toContain(fn);
    expect(rows.filter((row) => above(table.rows, row).includes(fn))).toEqual([]);
  });
});

const foldedOf = (view: CodeView): readonly (string | undefined)[] =>
  view.rows.filter(({ id }) => foldedAtFirst(view).has(id)).map(({ callee }) => callee);

describe('what is folded at first', () => {
  test('is the processor and the end of KVM_RUN, as long as nothing happens there', () => {
    expect(foldedOf(tableOf('7.0'))).toEqual(['processor: WRMSR', 'svm_vcpu_run', 'vcpu_run']);
  });

  test('is not the loop of KVM_RUN where the kernels part in it or the VM dies', () => {
    expect(foldedOf(tableOf('7.0', '7.1'))).not.toContain('vcpu_run');
    expect(foldedOf(tableOf('7.1'))).not.toContain('vcpu_run');
  });

  test('is nothing where the processor alone acts', () => {
    const program = { ...clearsSvme, code: { ...clearsSvme.code, l1: [{ do: 'CLGI' }] as const } };
    const view = codeView(viewsAt(visited(1, program, ['7.0'])));
    expect(kvmRan(view)).toBe(false);
    expect(foldedOf(view)).toEqual([]);
    expect(kvmRan(tableOf('7.0'))).toBe(true);
  });
});

describe('where kernels part', () => {
  test.each([
    ['7.0+v1', 'svm_set_efer_svme', 'is_guest_mode(vcpu)'],
    ['7.0+v2', 'svm_set_efer', 'is_guest_mode(vcpu)'],
    ['7.0+hook', 'msr_interception', 'r && efer_l2 && !is_guest_mode(vcpu)'],
    ['7.1', 'svm_set_efer', 'is_guest_mode(vcpu) && vcpu->wants_to_run'],
  ])('%s from 7.0: in %s(), at %s', (id, fn, text) => {
    const view = tableOf('7.0', id);
    const [compared] = comparisons(view, 0);
    expect(compared?.words).toContain(`They part in ${fn}(): `);
    expect(compared?.words).toContain(`\`${text}\``);
    expect(comparisons(view, 0)).toBe(comparisons(view, 0));
    expect([...spokenOf([compared!])].map((row) => view.rows[row]?.text)).toContain(text);
  });

  test('is marked at the first row that differs, and at the one that decides instead', () => {
    const view = tableOf('7.0', '7.0+v1', '7.1');
    const rows = partingRows(comparisons(view, 0));
    expect([...rows].map(([row, { kind, kernels }]) => [view.rows[row]?.text, kind, kernels])).toEqual([
      ['(old_efer & EFER_SVME) != (efer & EFER_SVME)', 'parts', ['7.0+v1']],
      ['is_guest_mode(vcpu)', 'decides', ['7.0+v1']],
      ['is_guest_mode(vcpu) && vcpu->wants_to_run', 'parts', ['7.1']],
    ]);
    expect(view.rows[firstParting(rows)!]?.text).toBe('(old_efer & EFER_SVME) != (efer & EFER_SVME)');
  });

  test('is nowhere for a kernel alone, or held against itself', () => {
    expect(comparisons(tableOf('7.0'), 0)).toEqual([]);
    expect(comparisons(tableOf('7.0', '7.1'), 1).map(({ kernel }) => kernel)).toEqual(['7.0']);
    expect(firstParting(new Map())).toBeUndefined();
  });
});
