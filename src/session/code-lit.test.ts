import { describe, expect, test } from 'vitest';

import { litOf, markedRows, reachedAt } from './code-lit.ts';
import { shownRows } from './code-view.ts';
import { tableOf } from './code-view.testing.ts';

describe('a cursor inside the operation', () => {
  const view = tableOf('7.0', '7.1');
  const test70 = view.rows.find(({ text }) => text === 'is_guest_mode(vcpu) && vcpu->wants_to_run')!;
  const micro = test70.cells[1]!.micro! + 1;
  const reached = reachedAt(view, { node: 2, micro })!;
  const lit = (index: number, shown = new Set(view.rows)): string =>
    litOf(view.rows[index]!, reached, markedRows(view.rows, reached, shown));

  test('lights what ran, marks what ran last, and leaves the rest for later', () => {
    expect(lit(0)).toBe('pp');
    expect(lit(test70.index)).toBe('.n');
    expect(lit(test70.index + 1)).toBe('.l');
    expect(view.rows.filter(({ index }) => lit(index)[0] === 'n')).toHaveLength(1);
  });

  test('stands on the function that a row is folded into', () => {
    const fn = view.rows.find(({ callee }) => callee === 'svm_set_efer')!;
    const shown = shownRows(view.rows, {
      density: 'all',
      folded: new Set([fn.id]),
      search: '',
      keep: new Set(),
    });
    expect(lit(fn.index, new Set(shown.rows))).toBe('nn');
  });

  test('is nowhere once all is done', () => {
    expect(reachedAt(view, { node: 2 })).toBeUndefined();
    expect(litOf(view.rows[0]!, undefined, [])).toBe('');
  });

  test('stays at the end of a kernel that has fewer nodes', () => {
    const most = Math.max(...view.columns.map(({ made }) => made!.moments.length));
    expect(reachedAt(view, { node: 2, micro: most })!.done).toEqual(
      view.columns.map(({ made }) => made!.moments.length),
    );
  });
});
