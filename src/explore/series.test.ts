import { beforeAll, describe, expect, test } from 'vitest';

import { present } from '#base/assert.ts';
import type { Kernel } from '#kvm/kernel.ts';
import { kernel, patches } from '#kvm/kernels.ts';
import { reduced } from './bounds.ts';
import { check } from './check.ts';
import { diff } from './diff.ts';
import type { WorkProgress } from './reach.ts';
import { offeredSeries, series, seriesOf, type SeriesPoint } from './series.ts';
import { Space } from './space.ts';

function kernelOf(id: string): Kernel {
  const built = kernel(id);
  return present(built.ok ? built.value : undefined, id);
}

/** Run to the end; what was yielded and what came of it. */
function finish<Step, End>(
  work: Generator<Step, End>,
): { readonly steps: readonly Step[]; readonly end: End } {
  const steps: Step[] = [];
  let next = work.next();
  for (; !next.done; next = work.next()) steps.push(next.value);
  return { steps, end: next.value };
}

const spaceOf = (ids: readonly string[]): Space => new Space(ids.map(kernelOf), reduced);

describe('the points of a series', () => {
  test.each([
    ['6.12', ['6.12']],
    ['7.0+v2', ['7.0', '7.0+v2']],
    ['7.1', ['7.0', '7.0+merged', '7.1']],
    ['7.0+merged+recalc', ['7.0', '7.0+merged', '7.0+merged+recalc']],
    ['6.12+gif+merged+recalc', ['6.12', '6.12+gif', '6.12+gif+merged', '6.12+gif+merged+recalc']],
  ])('of %s', (id, points) => {
    expect(seriesOf(id)).toEqual(points);
  });

  test('are one patch apart each', () => {
    for (const { points } of offeredSeries()) {
      const counts = points.map((id) => kernelOf(id).patches.length);
      expect(counts).toEqual([...counts.keys()]);
    }
  });
});

describe('what is offered', () => {
  const offers = offeredSeries();

  test('has one id and one title each, and points that exist', () => {
    for (const key of ['id', 'title'] as const)
      expect(new Set(offers.map((one) => one[key])).size).toBe(offers.length);
    for (const { id, points } of offers) expect(points).toEqual(seriesOf(id));
  });

  test('has the release, its patches on 6.12, and each answer to EFER.SVME alone', () => {
    expect(offers.map(({ id }) => id)).toEqual([
      '7.1',
      '6.12+gif+merged+recalc',
      '7.0+v1',
      '7.0+v2',
      '7.0+hook',
      '7.0+merged',
    ]);
  });
});

describe('the series of 7.1', () => {
  const ids = seriesOf('7.1');
  let points: readonly SeriesPoint[];
  let steps: readonly WorkProgress[];

  beforeAll(() => {
    const done = finish(series(spaceOf(ids), ids.map(kernelOf)));
    points = done.end;
    steps = done.steps;
  });

  test('has a point for each kernel, with the patch that it adds', () => {
    expect(points.map((one) => one.kernel)).toEqual(ids);
    expect(points.map(({ added }) => added?.id)).toEqual([undefined, 'merged', 'recalc']);
    const { subject, date, author } = present(
      patches.find(({ id }) => id === 'merged'),
      'merged',
    );
    expect(points[1]!.added).toEqual({ id: 'merged', subject, date, author });
  });

  test('has the verdicts of a check, and what is broken anew or no longer', () => {
    const { end } = finish(check(spaceOf(ids), ids.map(kernelOf)));
    const outcome = (list: typeof end) =>
      list.map(({ kernel: id, invariants }) => [id, invariants.map((one) => one.verdict)]);
    expect(outcome(points.map(({ verdict }) => verdict))).toEqual(outcome(end));
    const broken = end.map(({ invariants }) =>
      invariants.filter(({ verdict }) => verdict === 'broken').map(({ id }) => id),
    );
    for (const [at, point] of points.entries()) {
      const before = broken[at - 1] ?? broken[at]!;
      expect(point.breaks).toEqual(broken[at]!.filter((id) => !before.includes(id)));
      expect(point.mends).toEqual(before.filter((id) => !broken[at]!.includes(id)));
      expect(point.sane).toBe(point.breaks.length === 0);
    }
  });

  test('has the differences that change an outcome, and counts the others', () => {
    expect(points[0]).toMatchObject({ flips: [], others: { register: 0, path: 0 } });
    for (const [at, point] of points.entries()) {
      if (at === 0) continue;
      const { groups } = finish(diff(spaceOf(ids), kernelOf(ids[at - 1]!), kernelOf(ids[at]!))).end;
      const { flips, others } = point;
      expect(flips.every(({ kinds }) => kinds.report > 0)).toBe(true);
      expect(flips.length + others.register + others.path).toBe(groups.length);
      const flipping = groups.filter(({ kinds }) => kinds.report > 0);
      expect(flips.map(({ cause }) => cause)).toEqual(flipping.map(({ cause }) => cause));
    }
    expect(points[1]!.flips.map(({ cause }) => cause.fn)).toContain('svm_set_efer');
  });

  test('tells how far it is, and never goes back', () => {
    expect(steps.length).toBeGreaterThan(0);
    const done = steps.map((one) => one.done);
    expect(done).toEqual(done.toSorted((left, right) => left - right));
    const { of } = steps[0]!;
    expect(of).toBe(5 * reduced.parts.length);
    expect(steps.every((one) => one.of === of && one.done < of)).toBe(true);
  });

  test('is plain data', () => {
    expect(structuredClone(points)).toEqual(points);
  });
});

test('a patch that breaks an invariant is not sane, and what it mends is named', () => {
  const ids = seriesOf('7.0+v1');
  const { end } = finish(series(spaceOf(ids), ids.map(kernelOf)));
  expect(end[1]).toMatchObject({ breaks: ['I6', 'I19'], sane: false });
  expect(end[1]!.mends).toContain('I14');
});

test('a series of one kernel has nothing to compare', () => {
  const { end } = finish(series(spaceOf(['7.0']), [kernelOf('7.0')]));
  expect(end).toHaveLength(1);
  expect(end[0]).toMatchObject({ added: undefined, breaks: [], mends: [], flips: [], sane: true });
});
