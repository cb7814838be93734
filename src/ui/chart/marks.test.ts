import { expect, test } from 'vitest';

import { present } from '#base/assert.ts';
import { scenarios } from '#scenarios/scenarios.ts';
import { openScenario } from '#scenarios/scenario.ts';
import { viewsAt } from '#session/derive.ts';
import { chartMoves } from '#session/passages.ts';
import { stepForward } from '#session/steps.ts';
import { differingRegions, marksOf, shortKernels, stateName } from './marks.ts';

const session = stepForward(openScenario(present(scenarios[0], 'a scenario')));
const views = viewsAt(session);
const focused = present(views[0], 'a kernel');
const marks = marksOf(views, focused, chartMoves(session, focused));

const nameOf = (region: string, state: string): string =>
  stateName(region, state, present(marks[`${region}.${state}`], state));

test('a state says what happened to it', () => {
  expect(nameOf('guestMode', 'l1')).toBe('guestMode: l1, current, entered in this step');
  expect(nameOf('guestMode', 'l2')).toBe('guestMode: l2, left in this step');
  expect(nameOf('gif', 'set')).toBe('gif: set, current');
  expect(nameOf('gif', 'clear')).toBe('gif: clear');
});

test('where the kernels differ, a state says which are in it', () => {
  expect([...differingRegions(views)]).toContain('run');
  expect(nameOf('run', 'guest')).toBe('run: guest, current, entered in this step, here: 7.0');
  expect(nameOf('run', 'shutdown')).toBe('run: shutdown, here: 7.1');
});

test('kernel names lose the base that the first one has', () => {
  expect(shortKernels(['7.0', '7.0+v1', '7.0+gif+v2', '7.1'])).toEqual({
    '7.0': '7.0',
    '7.0+v1': '+v1',
    '7.0+gif+v2': '+gif+v2',
    '7.1': '7.1',
  });
});
