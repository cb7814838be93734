import { expect, test } from 'vitest';

import { isLater, readMessage } from './twin-message.ts';

test.each([{ kind: 'view', clock: 3, name: 'a', text: '{}' }, { kind: 'ask', clock: 0 }, { kind: 'here' }])(
  'understands %j',
  (message) => {
    expect(readMessage({ ...message, more: 1 })).toEqual(message);
  },
);

test.each([
  null,
  'view',
  [],
  {},
  { kind: 'go' },
  { kind: 'ask' },
  { kind: 'ask', clock: 0.5 },
  { kind: 'ask', clock: Infinity },
  { kind: 'view', clock: 1, name: 'a' },
  { kind: 'view', clock: 1, text: '{}' },
  { kind: 'view', clock: '1', name: 'a', text: '{}' },
])('does not understand %j', (value) => {
  expect(readMessage(value)).toBeUndefined();
});

test('of two changes both windows take the same one for the later', () => {
  const early = { clock: 1, name: 'b' };
  const late = { clock: 2, name: 'a' };
  const tied = { clock: 2, name: 'b' };
  expect([isLater(late, early), isLater(early, late)]).toEqual([true, false]);
  expect([isLater(tied, late), isLater(late, tied)]).toEqual([true, false]);
  expect(isLater(late, late)).toBe(false);
});
