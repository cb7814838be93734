import { expect, test } from 'vitest';

import { fuzzPatches } from './fuzz.testing.ts';

test('2,000 broken mails and diffs: an error in one line, or what the text says', async () => {
  const { wrong, opened } = await fuzzPatches(6, 2000);
  expect(wrong).toEqual([]);
  expect(opened).toBeGreaterThan(200);
  expect(opened).toBeLessThan(1900);
}, 60_000);
