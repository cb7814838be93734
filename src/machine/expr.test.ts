import { describe, expect, test } from 'vitest';

import {
  add,
  all,
  any,
  bitAnd,
  bitAndNot,
  bitOr,
  choose,
  differ,
  equal,
  evaluate,
  fact,
  factsOf,
  is,
  local,
  not,
  shiftRight,
  type Expr,
  type Scope,
} from './expr.ts';
import type { FactName } from './facts.ts';

/** A vCPU of a few facts; everything else is 0. */
const facts: Partial<Record<FactName, number>> = { efer: 0xd00, asid: 0xffffffff, svme: 1, rip: 7 };
const scope: Scope = {
  read: (name) => facts[name] ?? 0,
  local: (name) => (name === 'data' ? 5 : 0),
};
const value = (expr: Expr): number => evaluate(expr, scope);

describe('an expression', () => {
  test.each<[string, Expr, number]>([
    ['a register', fact('efer'), 0xd00],
    ['a region', fact('svme'), 1],
    ['a local', local('data'), 5],
    ['a local that nobody set', local('nothing'), 0],
    ['a state that it is in', is('svme', 'set'), 1],
    ['a state that it is not in', is('svme', 'clear'), 0],
    ['not 5', not(local('data')), 0],
    ['not 0', not(0), 1],
    ['all of nothing', all(), 1],
    ['all', all(2, local('data')), 1],
    ['all but one', all(2, 0), 0],
    ['any of nothing', any(), 0],
    ['any', any(0, 4), 1],
    ['any of zeroes', any(0, 0), 0],
    ['equal', equal(local('data'), 5), 1],
    ['not equal', equal(local('data'), 6), 0],
    ['differ', differ(local('data'), 6), 1],
    ['do not differ', differ(local('data'), 5), 0],
    ['and', bitAnd(fact('efer'), 0x500), 0x500],
    ['and, of the highest bit', bitAnd(fact('asid'), 0x80000000), 0x80000000],
    ['or', bitOr(fact('efer'), 0x1000), 0x1d00],
    ['or, of the highest bit', bitOr(0x80000000, 1), 0x80000001],
    ['without', bitAndNot(fact('efer'), 0x400), 0x900],
    ['without, of the highest bit', bitAndNot(fact('asid'), 1), 0xfffffffe],
    ['add', add(fact('rip'), 1), 8],
    ['add, past the word', add(fact('asid'), 2), 1],
    ['add a negative number', add(fact('rip'), -1), 6],
    ['shift', shiftRight(fact('asid'), 31), 1],
    ['choose the first', choose(local('data'), 1, 2), 1],
    ['choose the second', choose(0, 1, 2), 2],
  ])('%s', (_, expr, expected) => {
    expect(value(expr)).toBe(expected);
  });

  test('is evaluated anew in each scope', () => {
    const expr = fact('rip');
    expect(evaluate(expr, scope)).toBe(7);
    expect(evaluate(expr, { ...scope, read: () => 9 })).toBe(9);
  });
});

describe('the facts of an expression', () => {
  test('are found in every kind, each once, regions first', () => {
    const expr = all(
      any(fact('rip'), not(fact('asid'))),
      equal(bitAnd(fact('rip'), fact('efer')), local('data')),
      choose(is('gif', 'set'), fact('cpl01'), fact('vmCr')),
    );
    expect(factsOf(expr)).toEqual(['gif', 'rip', 'asid', 'efer', 'cpl01', 'vmCr']);
  });

  test('of a constant or a local are none', () => {
    expect(factsOf(all(1, local('data')))).toEqual([]);
  });
});
