import fc from 'fast-check';
import { expect, test } from 'vitest';

import { pack, unpack, type Plain } from './pack.ts';

const { tree: anyPlain } = fc.letrec<{ tree: Plain }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    fc.boolean(),
    fc.maxSafeNat(),
    fc.constantFrom('do', 'SVME', 'KVM_RUN', 'something else'),
    fc.string({ unit: 'binary' }),
    fc.array(tie('tree')),
    fc.dictionary(fc.oneof(fc.string(), fc.constantFrom('do', 'msr', '__proto__')), tie('tree')),
  ),
}));

test('every value comes back', () => {
  fc.assert(
    fc.property(anyPlain, (value) => {
      // As text: the order of keys counts, prototypes do not.
      expect(JSON.stringify(unpack(pack(value)))).toBe(JSON.stringify(value));
    }),
    { numRuns: 1000, seed: 3 },
  );
});

test('what comes again takes the room of its number', () => {
  const op = { do: 'WRMSR', msr: 'EFER', value: '0xabcdef0123' };
  expect(pack([op, op, op]).length - pack([op, op]).length).toBe(2);
  const other = { brand: 'new', keys: 'here' };
  const again = { brand: 'old', keys: 'here' };
  expect(pack([other, again]).length - pack([other]).length).toBeLessThan(pack([again]).length - 8);
});

test('an operation of free play takes a byte', () => {
  expect(pack({ do: 'WRMSR', msr: 'EFER', clear: ['SVME'] })).toHaveLength(1);
  expect(pack({ do: 'KVM_SET_NESTED_STATE', restore: true })).toHaveLength(1);
});

test('what has no value is left out', () => {
  expect(unpack(pack({ a: undefined, b: [true] }))).toEqual({ b: [true] });
});
