import { expect, test } from 'vitest';

import { fuzzC } from './fuzz.testing.ts';

test('broken C neither crashes nor is made up', () => {
  const { functions, ties } = fuzzC(20261122, 2000);
  expect(functions).toBeGreaterThan(2000);
  expect(ties).toBeGreaterThan(2000);
}, 60_000);
