import { expect, test } from 'vitest';
import { effectTypes } from '#machine/effects.ts';
import { regions } from '#machine/facts.ts';
import { vcpuMachine } from '#machine/vcpu.ts';
import { warnIds } from '#machine/warns.ts';
import { chartRegions, shortLabel } from './chart-graph.ts';

const passages = chartRegions.flatMap(({ arrows }) => arrows.flatMap((arrow) => arrow.passages));

test('has the regions and states of the machine, in its order', () => {
  expect(chartRegions.map(({ name, path, states }) => ({ name, path, states }))).toEqual(regions);
});

test('has every event that moves the chart, and every WARN', () => {
  expect(new Set(passages.map(({ event }) => event))).toEqual(new Set(effectTypes));
  expect(new Set(passages.flatMap(({ warn }) => warn ?? []))).toEqual(new Set(warnIds));
});

test('leads where the machine leads', () => {
  for (const { name, path, arrows } of chartRegions) {
    for (const { event, from, to } of arrows.flatMap((arrow) => arrow.passages)) {
      const node = vcpuMachine.getStateNodeById(`vcpu.${[...path, from].join('.')}`);
      const targets = node.transitions.get(event)?.map(({ target }) => target?.[0]?.key ?? from);
      expect([name, event, new Set(targets)]).toEqual([name, event, new Set([to])]);
    }
  }
});

test('knows a guard with its WARN, and an event that only warns', () => {
  expect(passages.find(({ id }) => id === 'nested.allocated FREE_NESTED')).toMatchObject({
    to: 'none',
    label: 'FREE',
    guard: 'vmcb01IsCurrent',
    warn: 'I1',
  });
  expect(passages.find(({ id }) => id === 'guestMode.l2 RESET')).toMatchObject({
    to: 'l2',
    guard: undefined,
    warn: 'I9',
  });
});

test.each([
  ['SET_SVME', 'svme', 'set', 'SET'],
  ['REQUEST_NESTED_STATE_PAGES', 'getNestedStatePages', 'pending', 'REQUEST'],
  ['ENTER_GUEST_MODE', 'guestMode', 'l2', 'ENTER'],
  ['ENTER_GUEST_MODE', 'smm', 'inside', 'ENTER_GUEST_MODE'],
  ['EXIT_TO_USERSPACE', 'run', 'userspace', 'EXIT'],
  ['SWITCH_TO_VMCB02', 'vmcb', 'vmcb02', 'SWITCH'],
  ['SHUT_DOWN', 'run', 'shutdown', 'SHUT_DOWN'],
  ['VMEXIT', 'run', 'kvm', 'VMEXIT'],
])('%s in %s to %s reads %s', (event, region, target, label) => {
  expect(shortLabel(event, region, target)).toBe(label);
});
