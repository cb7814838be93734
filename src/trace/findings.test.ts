import { expect, test } from 'vitest';

import { findingsIn } from './findings.ts';
import { bytesSource, fixture } from './source.testing.ts';

const nothing = (): void => undefined;
const never = { aborted: false };

const found = (name: string) => findingsIn(bytesSource(fixture(name)), never, nothing);

test('the events of a kernel with the bug show it, those of a kernel without do not', async () => {
  const { list, count } = await found('events/6.12/S07-l2-clear-svme-no-msrprot');
  expect([list.length, count]).toEqual([1, 1]);
  expect(list[0]).toMatchObject({ kind: 'l2-runs-as-l1', vcpu: 0 });
  expect(await found('events/6.12+v2/S07-l2-clear-svme-no-msrprot')).toEqual({ list: [], count: 0 });
});

test('all are counted, however many are listed', async () => {
  const { list, count } = await found('long/L05-long-clear-svme-loop-6.12');
  expect(count).toBeGreaterThanOrEqual(list.length);
  expect(list.length).toBeLessThanOrEqual(1000);
  expect(list.map(({ from }) => from)).toEqual(list.map(({ from }) => from).toSorted((a, b) => a - b));
});
