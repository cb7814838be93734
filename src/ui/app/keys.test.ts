import { expect, test } from 'vitest';

import { entryFor, keyEntries, pressedKey } from './keys.ts';

test('no key does two things', () => {
  const keys = keyEntries.flatMap((entry) => entry.keys);
  expect(new Set(keys).size).toBe(keys.length);
});

test.each([
  [{ key: 'ArrowRight', shiftKey: false }, 'Execute the next operation'],
  [{ key: 'ArrowRight', shiftKey: true }, 'On by one node of KVM code'],
  [{ key: '?', shiftKey: true }, 'All keys'],
  [{ key: '/', shiftKey: false }, 'Search the intercepts, or the events of a recording'],
  [{ key: 'J', shiftKey: true }, 'Next change between L1 and L2; with Shift the one before'],
])('%j: %s', (event, title) => {
  expect(entryFor(pressedKey(event))?.title).toBe(title);
});
