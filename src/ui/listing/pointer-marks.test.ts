import { expect, test } from 'vitest';

import { viewsAt } from '#session/derive.ts';
import { pointersOf } from '#session/listing.ts';
import { stepForward } from '#session/steps.ts';
import { firstSession } from '../app/opening.ts';
import { marksOf } from './pointer-marks.ts';

const together = firstSession();
const parted = stepForward(together);

test('kernels that stand at one place are not named', () => {
  expect(marksOf(viewsAt(together), 0, pointersOf).flatMap(({ kernels }) => kernels)).toEqual([]);
});

test('where they part, each place names its kernels, and one is the focused one', () => {
  const current = marksOf(viewsAt(parted), 1, pointersOf).filter(({ kind }) => kind === 'current');
  expect(current.map(({ list, kernels, focused }) => [list, kernels, focused])).toEqual([
    ['userspace', ['7.1'], true],
    ['l1', ['7.0'], false],
  ]);
});
