import { transition } from 'xstate';
import { describe, expect, test } from 'vitest';

import { seededRandom } from '#base/random.ts';
import { applyToChart, ChartPort, initialSnapshot } from './chart-port.ts';
import { effectTypes } from './effects.ts';
import { randomEvent } from './random-event.testing.ts';
import { vcpuMachine } from './vcpu.ts';

const stateOf = ({ value, context }: ReturnType<typeof initialSnapshot>) => ({ value, context });

describe('an event', () => {
  test("does what xstate's own transition() does, over 1000 random ones", { timeout: 30_000 }, () => {
    const random = seededRandom(7);
    const seen = new Set<string>();
    let ours = initialSnapshot({ nrips: 1 });
    let theirs = ours;
    for (let made = 0; made < 1000; made += 1) {
      const event = randomEvent(random);
      ours = applyToChart(ours, event);
      [theirs] = transition(vcpuMachine, theirs, event);
      expect(stateOf(ours), `event ${made}, ${event.type}`).toEqual(stateOf(theirs));
      seen.add(JSON.stringify(ours.value));
    }
    expect(seen.size).toBeGreaterThan(200);
  });

  test('that means nothing in a state leaves the very same snapshot', () => {
    const before = initialSnapshot({});
    const unanswered = effectTypes.filter((type) => applyToChart(before, { type }) === before);
    expect(unanswered).toEqual([
      'VMENTRY',
      'IOCTL',
      'EXIT_TO_USERSPACE',
      'SHUT_DOWN',
      'HALT',
      'LEAVE_GUEST_MODE',
      'SWITCH_TO_VMCB01',
      'CLEAR_SVME',
      'FREE_NESTED',
      'SET_GIF',
      'LEAVE_SMM',
      'RESET',
      'CLEAR_TRIPLE_FAULT',
      'CLEAR_NESTED_STATE_PAGES',
      'SERVE_NESTED_STATE_PAGES',
      'CLEAR_EVENT',
      'CLEAR_SMI',
      'CLEAR_RECALC_INTERCEPTS',
    ]);
  });

  test('leaves the snapshot that it came to as it was', () => {
    const before = initialSnapshot({});
    const kept = structuredClone(stateOf(before));
    applyToChart(applyToChart(before, { type: 'SET_SVME' }), { type: 'WRITE', register: 'rip', value: 5 });
    expect(stateOf(before)).toEqual(kept);
  });
});

test('the port reads what it has applied', () => {
  const port = new ChartPort(initialSnapshot({ npt: 1 }));
  port.apply({ type: 'WRITE', register: 'efer', value: 0xd00 });
  port.apply({ type: 'SET_SVME' });
  expect([port.read('npt'), port.read('efer'), port.read('svme'), port.read('gif')]).toEqual([
    1, 0xd00, 1, 0,
  ]);
});
