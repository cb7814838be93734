import { describe, expect, test } from 'vitest';

import type { FactName } from '#machine/facts.ts';
import { localsIn } from '#machine/expr.ts';
import { invariants } from './invariants.ts';
import { stepWordNames, type StepWord } from './step-words.ts';
import { judge } from './violations.ts';

type Values = Partial<Record<FactName | StepWord, number>>;

const scope = (values: Values) => ({
  read: (name: FactName) => values[name] ?? 0,
  local: (name: string) => values[name as StepWord] ?? 0,
});

/** A vCPU that keeps its promises. */
const living: Values = { efer01: 0x1000 };

/** A state or an operation that breaks the invariant, and where it is quite like it one that does not. */
const breaking: Readonly<Record<string, readonly [Values, Values?]>> = {
  I1: [{ warned: 1 }],
  I2: [{ warned: 2 }],
  I3: [{ warned: 4 }],
  I5: [{ guestMode: 1 }, { guestMode: 1, vmcb: 1 }],
  I6: [{ guestMode: 1 }, { guestMode: 1, svme: 1 }],
  I7: [{}, { efer01: 0x1000 }],
  I8: [{ guestMode: 1, smm: 1 }, { smm: 1 }],
  I9: [{ warned: 16 }],
  I10: [{ warned: 32 }],
  I11: [{ nested_vmexit: 1 }, { nested_vmexit: 1, gif: 1 }],
  I12: [{ forced_leave: 1, guestMode: 1 }, { forced_leave: 1 }],
  I13: [{ by_userspace: 1, stuffed_fault: 1 }, { by_userspace: 1 }],
  I14: [
    { next_context: 1, stray: 1 },
    { next_context: 1, stray: 2 },
  ],
  I15: [{ guestMode: 1 }, { guestMode: 1, icptw4: 1 }],
  I16: [{ getNestedStatePages: 1 }, { getNestedStatePages: 1, guestMode: 1 }],
  I18: [
    { l2_fault: 1, l1_shutdown_intercept: 1, shutdown: 1 },
    { l2_fault: 1, l1_shutdown_intercept: 1 },
  ],
  I19: [{ nested: 1 }, { nested: 1, smm: 1 }],
  I20: [
    { next_context: 1, stray: 2 },
    { next_context: 1, stray: 1 },
  ],
};

test('the invariants are numbered from 1, without a gap', () => {
  expect(invariants.map(({ id }) => id)).toEqual(Array.from({ length: 20 }, (_, index) => `I${index + 1}`));
});

describe.each(invariants.filter(({ notModelled }) => notModelled === undefined))('$id', (one) => {
  const [bad, good] = breaking[one.id]!;

  test('can be broken', () => {
    expect(judge(one, scope(bad))).toBe('broken');
  });

  test('is not broken by what is quite like it', () => {
    expect(judge(one, scope(good ?? { ...living, warned: 0 }))).not.toBe('broken');
  });
});

test('one that is not modelled asks for nothing', () => {
  const idle = invariants.filter(({ notModelled }) => notModelled !== undefined);
  expect(idle.map(({ id }) => id)).toEqual(['I4', 'I17']);
  expect(idle.map((one) => judge(one, scope({})))).toEqual(['idle', 'idle']);
});

test('an invariant asks only for words that there are', () => {
  const words = invariants.flatMap(({ when, holds }) => [...localsIn(when), ...localsIn(holds)]);
  expect(stepWordNames).toEqual(expect.arrayContaining(words));
});
