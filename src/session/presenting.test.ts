import { expect, test } from 'vitest';

import { firstLook, type PageView } from './page-look.ts';
import {
  followStop,
  moved,
  toggleBlank,
  togglePanel,
  togglePredict,
  togglePresenting,
  withoutFuture,
} from './presenting.ts';
import { lanesOf } from './lanes.ts';
import { moveTo } from './session.ts';
import { stepBack, stepForward } from './steps.ts';
import { visited } from './visited.testing.ts';

const onStage: PageView = { session: visited(1), look: togglePresenting(firstLook) };
const predicting: PageView = { ...onStage, look: togglePredict(onStage.look) };

test('a move on a blank screen brings the screen back, and moves nothing', () => {
  const blank = { ...onStage, look: toggleBlank(onStage.look) };
  expect(moved(blank, stepForward)).toEqual(onStage);
});

test('where the audience predicts, the first press asks and the second one answers', () => {
  const asked = moved(predicting, stepForward);
  expect(asked.session).toBe(predicting.session);
  expect(asked.look.presenting?.covered).toBe(true);
  const answered = moved(asked, stepForward);
  expect(answered.session).toEqual(stepForward(predicting.session));
  expect(answered.look.presenting?.covered).toBe(false);
});

test('going back asks nothing, and takes a question back', () => {
  expect(moved(predicting, stepBack).session).toEqual(stepBack(predicting.session));
  const asked = moved(predicting, stepForward);
  expect(moved(asked, stepBack).look.presenting?.covered).toBe(false);
});

test('where nothing comes next, nothing is asked', () => {
  let { session } = predicting;
  while (stepForward(session) !== session) session = stepForward(session);
  expect(moved({ ...predicting, session }, stepForward).look.presenting?.covered).toBe(false);
});

test('while a prediction is asked for, the lanes end at the cursor', () => {
  const back = moveTo(visited(3), { node: 1 });
  expect(lanesOf(back, '7.0')).toHaveLength(3);
  expect(lanesOf(withoutFuture(back), '7.0')).toHaveLength(1);
});

test('panels come and go in one order, and the last one stays', () => {
  const lanes = togglePanel(onStage.look, ['chart', 'code'], 'lanes');
  expect(lanes.presenting?.panels).toEqual(['chart', 'lanes', 'code']);
  expect(togglePanel(lanes, ['code'], 'code')).toBe(lanes);
  expect(followStop(lanes).presenting?.panels).toBeUndefined();
});

test('present mode leaves no trace', () => {
  expect(togglePresenting(predicting.look)).toEqual(firstLook);
});
