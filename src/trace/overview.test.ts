import { expect, test } from 'vitest';

import { eventReplayer, gapWords, isJump } from './event-replayer.ts';
import { OverviewDraft } from './overview.ts';
import { eferMsr } from './replay-facts.ts';
import { glance, wholeGroup } from './replay.testing.ts';
import type { Glance } from './replayer.ts';

const events: readonly Glance[] = [
  wholeGroup,
  glance('kvm_entry', { rip: 0x1000n }),
  glance('kvm_exit', { reason: 'vmrun' }),
  glance('kvm_nested_vmenter'),
  glance('kvm_entry', { rip: 0x2000n, pause: 0.2 }),
  glance('kvm_exit', { reason: 'msr' }),
  glance('kvm_nested_vmexit', { reason: 'msr' }),
  glance('kvm_msr', { msr: eferMsr, write: true, value: 0xd00n }),
  glance('kvm_userspace_exit', { reason: 'KVM_EXIT_SHUTDOWN' }),
  glance('kvm_fpu', { afterLoss: true }),
];

function overviewOf(buckets: number, from = 0, to = events.length) {
  const draft = new OverviewDraft(from, to, buckets);
  let state = eventReplayer.start;
  for (const [index, event] of events.entries()) {
    draft.visit({ index, state, event });
    state = eventReplayer.step(state, event);
  }
  return draft.done();
}

test('buckets count who had the processor before each event, and what happened', () => {
  const { buckets } = overviewOf(2);
  expect(buckets).toEqual([
    { lanes: { userspace: 0, kvm: 3, l1: 0, l2: 0, unknown: 2 }, nested: 1, efer: 0, gaps: 1 },
    { lanes: { userspace: 1, kvm: 3, l1: 0, l2: 1, unknown: 0 }, nested: 0, efer: 1, gaps: 1 },
  ]);
});

test('no event is counted twice or lost, and there are no more buckets than events', () => {
  for (const asked of [1, 3, 7, 10, 2000]) {
    const { buckets } = overviewOf(asked);
    expect(buckets.length).toBe(Math.min(asked, events.length));
    expect(buckets.flatMap(({ lanes }) => Object.values(lanes)).reduce((sum, count) => sum + count)).toBe(10);
  }
});

test('only the stretch is counted, and an empty one is', () => {
  const { from, to, buckets } = overviewOf(100, 3, 5);
  expect([from, to, buckets.length]).toEqual([3, 5, 2]);
  expect(buckets[0]?.nested).toBe(1);
  expect(overviewOf(100, 4, 4).buckets).toEqual([]);
});

test('one can jump to guest mode, to EFER writes, refused ones too, and to gaps', () => {
  expect(isJump('nested', glance('kvm_nested_vmexit_inject'))).toBe(true);
  expect(isJump('nested', glance('kvm_nested_vmexit'))).toBe(false);
  expect(isJump('efer', glance('kvm_msr', { msr: eferMsr, write: true, gp: true }))).toBe(true);
  expect(isJump('efer', glance('kvm_msr', { msr: eferMsr }))).toBe(false);
  expect(isJump('gap', glance('kvm_entry', { pause: 0.1 }))).toBe(true);
  expect(isJump('gap', glance('kvm_entry', { pause: 0.09 }))).toBe(false);
  expect(gapWords).toContain('100 ms');
});
