import { expect, test } from 'vitest';

import { present } from '#base/assert.ts';
import { scenarios } from '#scenarios/scenarios.ts';
import { openScenario } from '#scenarios/scenario.ts';
import { microSteps } from '#session/derive.ts';
import { lanesOf, type LaneStep } from '#session/lanes.ts';
import { microTo, stepForward } from '#session/steps.ts';
import { barLane, columnWidth, corruptWords, isShutdown, laneRows, wrapped } from './lane-geometry.ts';
import { moveBy, moveToPosition, positionOf, positionWords } from './position.ts';

const session = stepForward(openScenario(present(scenarios[0], 'a scenario')));
const labels = lanesOf(session, '7.0').map(({ label }) => label);
const total = microSteps(session, 2);

test('a position counts operations, and parts of the one that the cursor is in', () => {
  expect(positionOf(session)).toBe(2);
  expect(positionOf(microTo(session, 10))).toBeCloseTo(1 + 10 / total);
  expect(positionOf(moveBy(session, 'start'))).toBe(0);
});

test('a position is a place to go to; near the end of an operation the end is meant', () => {
  expect(moveToPosition(session, 1.02).cursor).toEqual({ node: 1 });
  expect(moveToPosition(session, 1.5).cursor).toEqual({ node: 2, micro: Math.round(total / 2) });
  expect(moveToPosition(session, 0).cursor).toEqual({ node: 0 });
  expect(positionOf(moveToPosition(session, 0.5))).toBeCloseTo(0.5, 1);
});

test('a position has words', () => {
  expect(positionWords(session, labels)).toBe('2 of 2: WRMSR EFER SVME=0');
  expect(positionWords(microTo(session, 3), labels)).toBe(`2 of 2: WRMSR EFER SVME=0, node 3 of ${total}`);
  expect(positionWords(moveBy(session, 'start'), labels)).toBe('start, before operation 1 of 2');
});

const stepOn = (kernel: string): LaneStep => present(lanesOf(session, kernel)[1], 'a second operation');

test('what goes wrong is said in the lanes', () => {
  expect(corruptWords(stepOn('7.0'))).toBe("L2's registers");
  expect(corruptWords(stepOn('7.1'))).toBeUndefined();
  expect([isShutdown(stepOn('7.0')), isShutdown(stepOn('7.1'))]).toEqual([false, true]);
  expect(barLane(stepOn('7.0'))).toBe('L2');
});

test('SMM has a lane only where it is used; two runs below each other have flat ones', () => {
  const steps = lanesOf(session, '7.0');
  expect(laneRows(steps, false).map(({ lane }) => lane)).toEqual(['userspace', 'KVM', 'L1', 'L2']);
  expect(laneRows(steps, true).map(({ lane }) => lane)).toEqual(['KVM', 'L1', 'L2']);
});

test('text is broken between words, and cut where there is no room', () => {
  expect(wrapped('the guest goes on', 80, 2)).toEqual(['the guest', 'goes on']);
  expect(wrapped('#VMEXIT to L1: vmmcall (0x81)', 110, 2)).toEqual(['#VMEXIT to L1:', 'vmmcall (0x81)']);
  expect(wrapped('KVM_SET_NESTED_STATE restore', 110, 1)).toEqual(['KVM_SET_NESTED_…']);
});

test('columns share the room as long as they can be read', () => {
  expect(columnWidth(600, 2)).toBe(172);
  expect(columnWidth(600, 9)).toBe(136);
});
