import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { codePointer } from '#machine/code-pointer.ts';
import { kernelOf } from '#kvm/kernels.testing.ts';
import { columnOf, Codes, ownCodes } from './columns.ts';
import { Family } from './family.ts';
import { NumberSet } from './number-set.ts';
import { PairTable } from './pair-table.ts';
import { isOpen, isPointer, isWritten, settle, unwritten } from './pointers.ts';
import { QuestionTree } from './question-tree.ts';
import { StateTable } from './state-table.ts';
import { TracedPort } from './traced-port.ts';
import { columnCount } from './columns.ts';

const seeded = { seed: 4, numRuns: 60 };

describe('a table of states', () => {
  test('keeps each row once, numbered as they came', () => {
    const rows = fc.array(fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 9, maxLength: 9 }), {
      minLength: 1,
      maxLength: 4000,
    });
    fc.assert(
      fc.property(rows, (list) => {
        const table = new StateTable(9);
        const known = new Map<string, number>();
        const bytes = new Uint8Array(12);
        const words = new Uint32Array(bytes.buffer);
        for (const row of list) {
          bytes.set(row);
          const key = row.join();
          const number = table.add(words);
          expect(number).toBe(known.get(key) ?? known.size);
          known.set(key, number);
        }
        expect(table.count).toBe(known.size);
        for (const [key, number] of known) {
          table.get(number, words);
          expect([...bytes.subarray(0, 9)].join()).toBe(key);
        }
      }),
      { ...seeded, numRuns: 12 },
    );
  });

  test('says what it occupies', () => {
    expect(new StateTable(4).memory).toBeGreaterThan(0);
  });
});

test('a set of numbers is one', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 5000 }), { maxLength: 4000 }), (list) => {
      const set = new NumberSet();
      const known = new Set<number>();
      for (const number of list) {
        expect(set.add(number)).toBe(!known.has(number));
        known.add(number);
      }
    }),
    seeded,
  );
});

test('a table of pairs keeps each once', () => {
  const table = new PairTable();
  expect([table.add(1, 2), table.add(2, 1), table.add(1, 2)]).toEqual([true, true, false]);
  expect([table.count, table.left(1), table.right(1)]).toEqual([2, 2, 1]);
});

describe('a tree of questions', () => {
  test('finds what was hung under the same answers', () => {
    const tree = new QuestionTree<{ readonly name: string }>();
    const look = (row: readonly number[], columns: readonly number[], name: string): string =>
      tree.findOr(Uint8Array.from(row), (asked) => {
        asked.push(...columns);
        return { name };
      }).name;
    expect(look([1, 2, 3], [2, 0], 'first')).toBe('first');
    expect(look([7, 2, 3], [2, 0], 'second')).toBe('second');
    expect(look([7, 9, 4], [2, 1], 'third')).toBe('third');
    expect(look([1, 99, 3], [], 'made anew')).toBe('first');
    expect(look([7, 0, 3], [], 'made anew')).toBe('second');
    expect(look([0, 9, 4], [], 'made anew')).toBe('third');
    expect(look([0, 8, 4], [2, 1], 'fourth')).toBe('fourth');
  });

  test('refuses to be asked something else after the same answers', () => {
    const tree = new QuestionTree<object>();
    const ask = (row: readonly number[], column: number): object =>
      tree.findOr(Uint8Array.from(row), (asked) => {
        asked.push(column);
        return {};
      });
    ask([1, 1], 0);
    expect(() => ask([2, 1], 1)).toThrow('the same is asked');
  });
});

describe('codes', () => {
  test('of small values are the values, others are numbered', () => {
    const codes = new Codes();
    expect([0, 1, ownCodes - 1].map((value) => codes.code(value))).toEqual([0, 1, ownCodes - 1]);
    const code = codes.code(0xd00);
    expect(code).toBe(ownCodes);
    expect(codes.code(0xd00)).toBe(code);
    expect(codes.value(code)).toBe(0xd00);
  });

  test('run out', () => {
    const codes = new Codes();
    expect(() => Array.from({ length: 300 }, (_, value) => codes.code(value))).toThrow('at most 256');
  });
});

describe('an instruction pointer of an exploration', () => {
  test('stands at what is not written yet, until that is executed', () => {
    const begin = unwritten(codePointer('l2', 0));
    expect([isOpen(begin), isWritten(begin)]).toEqual([true, false]);
    expect(settle(begin, 'l1')).toBe(begin);
    expect(isWritten(settle(begin, 'l2'))).toBe(true);
    expect(settle(begin + 1, 'l2')).toBe(begin);
    expect(settle(codePointer('l2', 0), 'l2')).toBe(codePointer('l2', 0));
  });

  test('of the SMM handler is open anew each time, and 0 stays 0', () => {
    expect(isOpen(settle(codePointer('smm', 3), 'smm'))).toBe(true);
    expect([settle(0, 'l1'), unwritten(0)]).toEqual([0, 0]);
  });

  test('is told from other values', () => {
    expect([0, 0xd00, 0x1d00, codePointer('l1', 1), codePointer('l2', 0)].map(isPointer)).toEqual([
      false,
      false,
      false,
      true,
      true,
    ]);
  });
});

describe('kernels as a family', () => {
  const family = new Family(['7.0', '7.0+v1', '7.1', '7.0+merged+recalc'].map(kernelOf));

  test('differ in the functions that patches touch, and in nothing else', () => {
    expect(family.differing.toSorted()).toEqual([
      'init_vmcb',
      'svm_recalc_instruction_intercepts',
      'svm_set_efer',
      'svm_set_efer_svme',
      'vcpu_enter_guest',
    ]);
  });

  test('tell when such a function is looked up', () => {
    const looked: string[] = [];
    const traced = family.traced(1, (at) => looked.push(family.differing[at]!));
    expect(traced.functions['svm_set_efer']).toBe(kernelOf('7.0+v1').functions['svm_set_efer']);
    expect(traced.functions['svm_leave_nested']).toBe(kernelOf('7.0').functions['svm_leave_nested']);
    expect(looked).toEqual(['svm_set_efer']);
  });
});

/** A port over a row of ones, and the columns that it asks for. */
const made = () => {
  const asked: number[] = [];
  const port = new TracedPort(new Uint32Array(columnCount).fill(1), (column) => asked.push(column));
  return { port, asked };
};

describe('a traced port', () => {
  test('notes what is read before it is written, once', () => {
    const { port, asked } = made();
    port.read('gif');
    port.read('gif');
    port.apply({ type: 'WRITE', register: 'hsave', value: 0 });
    expect(port.read('hsave')).toBe(0);
    expect(asked).toEqual([columnOf('gif')]);
    expect(port.written).toEqual([columnOf('hsave')]);
  });

  test('moves a value unseen, and notes its source when somebody looks', () => {
    const { port, asked } = made();
    port.apply({ type: 'WRITE', register: 'rip', value: port.tokens.of('rip12') });
    expect(asked).toEqual([]);
    expect(port.sourceOf(columnOf('rip'))).toBe(columnOf('rip12'));
    expect(port.read('rip')).toBe(1);
    expect(asked).toEqual([columnOf('rip12')]);
    expect(port.sourceOf(columnOf('rip'))).toBe(-1);
  });

  test('does not depend on a state that an effect settles anyway', () => {
    const { port, asked } = made();
    port.apply({ type: 'SET_GIF' });
    expect([port.read('gif'), asked]).toEqual([0, []]);
    port.apply({ type: 'FREE_NESTED' });
    expect(asked).toEqual(['nested', 'vmcb', 'warned'].map((name) => columnOf(name as 'nested')));
  });

  test('does not hold what it does not know', () => {
    const { port, asked } = made();
    expect([port.holds('hsave', 1), asked]).toEqual([false, []]);
    port.read('hsave');
    expect(port.holds('hsave', 1)).toBe(true);
  });
});
