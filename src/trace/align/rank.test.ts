import { describe, expect, test } from 'vitest';
import { kernelOf } from '#kvm/kernels.testing.ts';
import type { Alignment } from '../questions.ts';
import { seenIn, vocabulary } from './align.testing.ts';
import { alignAll, rankingOf } from './rank.ts';

const alignment = (kernel: string, more: Partial<Alignment> = {}): Alignment => ({
  kernel,
  steps: 1,
  events: { explained: 1, unexplained: 0, impossible: 0 },
  assumed: 0,
  mismatches: [],
  impossible: 0,
  undecided: 0,
  unmodelled: [],
  findings: [],
  ...more,
});

const places = (...all: readonly Alignment[]): readonly (readonly [string, number])[] =>
  rankingOf(all.map((one) => ({ alignment: one, digest: '' }))).kernels.map(({ kernel, place }) => [
    kernel,
    place,
  ]);

describe('kernels are put in order', () => {
  test('by what is impossible, then by what is undecided, then by what is assumed', () => {
    expect(
      places(
        alignment('assumes', { assumed: 1 }),
        alignment('fails', { impossible: 1 }),
        alignment('leaves open', { undecided: 1 }),
        alignment('explains'),
      ),
    ).toEqual([
      ['explains', 1],
      ['assumes', 2],
      ['leaves open', 3],
      ['fails', 4],
    ]);
  });

  test('those that fare alike share a place, and the next has the one behind them', () => {
    expect(places(alignment('a'), alignment('b'), alignment('c', { impossible: 1 }))).toEqual([
      ['a', 1],
      ['b', 1],
      ['c', 3],
    ]);
  });
});

const tieWords = (one: string, other: string): string =>
  rankingOf([
    { alignment: alignment('a'), digest: one },
    { alignment: alignment('b'), digest: other },
  ]).words;

describe('a tie', () => {
  test('is said to be for doing the same where every step is', () => {
    expect(tieWords('same', 'same')).toContain('they do the same here');
  });

  test('is only a tie where steps differ', () => {
    expect(tieWords('same', 'other')).not.toContain('the same');
    expect(tieWords('same', 'other')).toContain('equally well');
  });
});

test('what could not be decided is said apart from what is impossible', () => {
  const { words } = rankingOf([{ alignment: alignment('a', { undecided: 2 }), digest: '' }]);
  expect(words).toContain('nothing is impossible, 2 steps with too many possibilities to decide');
});

const s07 = 'events/6.12/S07-l2-clear-svme-no-msrprot';

test('whoever stops it in the middle of a batch gets what came until then', async () => {
  const seen = await seenIn(s07);
  const stop = { aborted: false };
  let turns = 0;
  const pause = async (): Promise<void> => {
    turns += 1;
    stop.aborted = true;
  };
  const batches = async function* () {
    yield [...seen, ...seen, ...seen];
  };
  const { kernels } = await alignAll(batches(), [kernelOf('6.12')], vocabulary, { stop, pause });
  const whole = await alignAll(batches(), [kernelOf('6.12')], vocabulary);
  expect(turns).toBe(1);
  expect(kernels[0]!.steps).toBeLessThan(whole.kernels[0]!.steps);
});
