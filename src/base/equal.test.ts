import fc from 'fast-check';
import { expect, test } from 'vitest';

import { equalJson } from './equal.ts';

test('a copy is equal, whatever the order of its keys', () => {
  const turned = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(turned);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value)
        .toReversed()
        .map(([key, one]) => [key, turned(one)]),
    );
  };
  fc.assert(
    fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => equalJson(value, turned(value))),
  );
});

test.each([
  [1, 2],
  [null, {}],
  [[], {}],
  [
    [1, 2],
    [2, 1],
  ],
  [{ a: 1 }, { b: 1 }],
  [{ a: 1 }, { a: 1, b: 2 }],
  [{ a: { b: [1] } }, { a: { b: [2] } }],
  ['1', 1],
])('%j is not %j', (left, right) => {
  expect(equalJson(left, right)).toBe(false);
  expect(equalJson(right, left)).toBe(false);
});

test('what is undefined is as good as absent', () => {
  expect(equalJson({ a: 1, b: undefined }, { a: 1 })).toBe(true);
});
