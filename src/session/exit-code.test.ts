import { expect, test } from 'vitest';

import { exitCodeAge } from './exit-code.ts';
import { visited } from './visited.testing.ts';
import { setEferWriteIntercept } from './what-if.ts';

test.each([
  ['nothing before the first VMRUN', visited(0), { age: 'none', written: false }],
  ['L2 runs', visited(1), { age: 'pending', written: false }],
  ['guest mode was left without a #VMEXIT', visited(2), { age: 'stale', written: false }],
  ['a #VMEXIT wrote it', setEferWriteIntercept(visited(2), true), { age: 'written', written: true }],
])('%s', (_, session, age) => {
  expect(exitCodeAge(session, '7.0')).toEqual(age);
});
