import { expect, test } from 'vitest';
import { placeTowards, type Place } from './grid-moves.ts';

const at = (row: number, column: number): Place => ({ row, column });
// The second row has its first place only.
const places = [at(0, 0), at(0, 1), at(0, 2), at(1, 0), at(2, 0), at(2, 2)];

test.each([
  ['ArrowRight', at(0, 0), at(0, 1)],
  ['ArrowRight', at(2, 0), at(2, 2)],
  ['ArrowLeft', at(2, 2), at(2, 0)],
  ['ArrowDown', at(0, 2), at(1, 0)],
  ['ArrowUp', at(2, 2), at(1, 0)],
  ['ArrowRight', at(1, 0), undefined],
  ['ArrowUp', at(0, 0), undefined],
  ['Enter', at(0, 0), undefined],
])('%s from %o leads to %o', (key, from, to) => {
  expect(placeTowards(places, from, key)).toEqual(to);
});
