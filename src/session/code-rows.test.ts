import { describe, expect, test } from 'vitest';

import { codeLines, codeTable, type CodeRow } from './code-rows.ts';
import { commonPairs } from './common-pairs.ts';
import { codeView, type TreeRow } from './code-view.ts';
import { derivedAt, viewsAt } from './derive.ts';
import { visited } from './visited.testing.ts';
import { setEferWriteIntercept } from './what-if.ts';

/** The operation in which L2 clears SVME, on these kernels. */
const story = (...kernels: readonly string[]) => visited(2, undefined, kernels);
const rowsOf = (session: ReturnType<typeof story>): readonly TreeRow[] => codeView(viewsAt(session)).rows;

/** How a row fared in each kernel: `T` and `F` of a test, `ran`, `-` skipped, nothing where it did not get. */
function fates({ kind, cells }: CodeRow): string {
  return cells
    .map((cell) => {
      if (cell?.state !== 'ran') return cell ? '-' : '.';
      return kind === 'test' ? (cell.value ? 'T' : 'F') : 'ran';
    })
    .join(' ');
}

const differing = (rows: readonly TreeRow[]): readonly string[] =>
  rows.filter(({ differs }) => differs).map((row) => `${row.owner}: ${row.text}: ${fates(row)}`);

describe('the table of one operation', () => {
  test('has for each kernel the rows that it has alone, and nothing left out', () => {
    const session = story('7.0', '7.0+v1', '7.1');
    const columns = viewsAt(session).map(({ derived: { made, state } }) => ({
      kernel: state.kernel,
      calls: made!.calls,
    }));
    const table = codeTable(columns);
    for (const [column, { calls }] of columns.entries()) {
      const own = table.flatMap((row) => (row.cells[column] ? [row.key] : []));
      expect(own).toEqual(codeLines(calls).map(({ key }) => key));
    }
  });

  test('says of each row which kernels have its code', () => {
    const row = rowsOf(story('7.0', '7.1')).find(
      ({ text }) => text === 'is_guest_mode(vcpu) && vcpu->wants_to_run',
    );
    expect(row).toMatchObject({ owner: 'svm_set_efer', has: [false, true], differs: true });
  });

  test('gives each micro-step one row, in order', () => {
    const session = story('7.1');
    const made = derivedAt(session, 2, '7.1').made!;
    const micros = rowsOf(session).flatMap(({ cells }) => cells[0]?.micro ?? []);
    expect(micros).toEqual(made.moments.map((_, index) => index));
  });
});

describe("the story's step, 7.0 beside 7.1", () => {
  const rows = rowsOf(story('7.0', '7.1'));

  test('differs in the test, the requests, and what follows from them', () => {
    const found = differing(rows);
    expect(found.slice(0, 3)).toEqual([
      'svm_set_efer: is_guest_mode(vcpu) && vcpu->wants_to_run: . T',
      'svm_set_efer: kvm_make_request(KVM_REQ_TRIPLE_FAULT, vcpu): . ran',
      'svm_set_efer: kvm_make_request(KVM_REQ_RECALC_INTERCEPTS, vcpu): . ran',
    ]);
    expect(found[3]).toMatch(/^vcpu_enter_guest: kvm_test_request\(KVM_REQ_TRIPLE_FAULT, vcpu\): F T$/);
    expect(found.filter((line) => /^svm_(leave|free)_nested|^kvm_skip/.test(line))).toEqual([]);
  });

  test('shows the branches that were not taken, skipped', () => {
    const skipped = rows.filter((row) => row.owner === 'svm_set_efer' && fates(row) === '- -');
    expect(skipped.map(({ text }) => text)).toEqual([
      'efer |= EFER_NX',
      '!(efer & EFER_LMA)',
      'efer &= ~EFER_LME',
      'svm_allocate_nested()',
      'ret',
      'vcpu->arch.efer = old_efer',
      'return ret',
      'svm_gp_erratum_intercept && !sev_guest(vcpu->kvm)',
      'set_exception_intercept()',
    ]);
  });

  test('puts every row under the call or test that it stands in', () => {
    const request = rows.find(({ text }) => text.includes('KVM_REQ_TRIPLE_FAULT'))!;
    const trail: string[] = [];
    for (let at = request.parent; at !== undefined; at = rows[at]!.parent) trail.push(rows[at]!.text);
    expect(trail.slice(0, 5)).toEqual([
      'is_guest_mode(vcpu) && vcpu->wants_to_run',
      '!(efer & EFER_SVME)',
      '(old_efer & EFER_SVME) != (efer & EFER_SVME)',
      'svm_set_efer()',
      'set_efer()',
    ]);
  });

  test('has an id for each row, alone', () => {
    expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
  });
});

test('beside v1 the toggle stands in two functions: no row of one is taken for one of the other', () => {
  const rows = rowsOf(story('7.0', '7.0+v1'));
  const leave = rows.filter(({ text }) => text === 'svm_leave_nested()');
  expect(leave.map((row) => [row.owner, fates(row)])).toEqual([['svm_set_efer', 'ran .']]);
  const early = rows.find(
    ({ owner, text }) => owner === 'svm_set_efer_svme' && text === 'is_guest_mode(vcpu)',
  );
  expect([fates(early!), early!.has]).toEqual(['. T', [false, true]]);
});

test('where L1 intercepts the write, nothing differs between kernels that part otherwise', () => {
  const kernels = ['7.0', '7.0+v2', '7.0+hook', '7.0+merged'];
  const rows = rowsOf(setEferWriteIntercept(visited(2, undefined, kernels), true));
  expect(rows.length).toBeGreaterThan(50);
  expect(differing(rows)).toEqual([]);
});

describe('the common keys of two lists', () => {
  test.each<[string, string, readonly (readonly [number, number])[]]>([
    ['', 'ab', []],
    [
      'ab',
      'ab',
      [
        [0, 0],
        [1, 1],
      ],
    ],
    ['abc', 'xbz', [[1, 1]]],
    [
      'aba',
      'ba',
      [
        [1, 0],
        [2, 1],
      ],
    ],
    [
      'abcd',
      'acbd',
      [
        [0, 0],
        [2, 1],
        [3, 3],
      ],
    ],
    ['ab', 'cd', []],
  ])('%j and %j', (left, right, pairs) => {
    const found = commonPairs(left.split(''), right.split(''), (one, other) => one === other);
    expect(found.length).toBe(pairs.length);
    for (const [at, other] of found) expect(left[at]).toBe(right[other]);
    expect(found).toEqual(found.toSorted(([a], [b]) => a - b));
  });
});
