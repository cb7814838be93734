import { expect, test } from 'vitest';

import { bytesText, importWords } from './figures.ts';

test('bytes', () => {
  expect([0, 9999, 1_234_567, 1_073_741_824].map(bytesText)).toEqual([
    '0 bytes',
    '9,999 bytes',
    '1.23 MB',
    '1074 MB',
  ]);
});

test.each([
  [
    { bytes: 50_000_000, of: 200_000_000, lines: 1000, events: 900 },
    2000,
    '50 MB of 200 MB, 25 %, 1,000 lines, 900 events, 2.0 s, about 6 s left',
  ],
  [{ bytes: 0, of: 10, lines: 0, events: 0 }, 0, '0 bytes of 10 bytes, 0 %, 0 lines, 0 events, 0.0 s'],
  [{ bytes: 20_000_000, of: undefined, lines: 1, events: 1 }, 1000, '20 MB, 1 lines, 1 events, 1.0 s'],
])('%j after %i ms', (progress, took, words) => {
  expect(importWords(progress, took)).toBe(words);
});
