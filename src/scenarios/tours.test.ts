import { describe, expect, test } from 'vitest';

import { present } from '#base/assert.ts';
import { invariants } from '#program/invariants.ts';
import { parseTalk } from '#program/talk-schema.ts';
import type { Stop } from '#program/talk.ts';
import { aboutRow } from '#session/code-about.ts';
import { codeView } from '#session/code-view.ts';
import { viewsAt } from '#session/derive.ts';
import { markdownText, parseMarkdown } from '#session/markdown.ts';
import type { Session } from '#session/session.ts';
import { progressOf } from '#session/summary.ts';
import { firstOf } from './scenarios.testing.ts';
import { goToStop, standingOf } from './talks.ts';
import { tours } from './tours.ts';

/** Whether what a stop is about is to be seen where it stands. */
function pointsAtSomething(session: Session, { about }: Stop): boolean {
  if (about === undefined) return true;
  if (about.kind === 'invariant') return invariants.some(({ id }) => id === about.id);
  return aboutRow(codeView(viewsAt(session)), about) !== undefined;
}

describe.each(tours.map((tour) => [tour.id, tour] as const))('%s', (id, tour) => {
  const start: Session = { ...firstOf(), talk: { kind: 'tour', id } };

  test('is a talk of the format', () => {
    const { title, stops } = tour;
    expect(parseTalk({ title, stops })).toEqual({ ok: true, value: { title, stops } });
  });

  test('goes from stop to stop, each where it says, with what it is about in sight', () => {
    let visit = goToStop(start, 0);
    for (const [index, stop] of tour.stops.entries()) {
      visit = goToStop(visit.session, index, visit.shelf);
      const { session } = visit;
      expect(session.scenario).toBe(present(stop.scenario, 'a scenario'));
      expect(session.kernels).toEqual(present(stop.kernels, 'kernels'));
      expect(progressOf(session)).toMatchObject({ made: stop.at, scripted: true });
      expect(standingOf(session)).toMatchObject({ index, here: true });
      expect([stop.title, pointsAtSomething(session, stop)]).toEqual([stop.title, true]);
    }
  });

  test('tells it in the order of the dates, every argument with its author', () => {
    const dates = tour.stops.flatMap(({ source }) => (source ? [source.date] : []));
    expect(dates).toEqual(dates.toSorted());
    const named = tour.stops.filter(({ source, text, at }) => source ?? (text.includes('Ours') || at === 1));
    expect(named).toHaveLength(tour.stops.length);
  });

  test('can be read aloud: a title and a few sentences each', () => {
    for (const { title, text } of tour.stops) {
      expect(present(title, 'a title').length).toBeLessThanOrEqual(48);
      expect(markdownText(parseMarkdown(text)).length).toBeLessThanOrEqual(420);
    }
  });
});

test('the discussion breaks the invariants that it speaks of', () => {
  const tour = present(tours[0], 'a tour');
  const broken = tour.stops.flatMap((stop, index) => {
    if (stop.about?.kind !== 'invariant') return [];
    const { id } = stop.about;
    const { session } = goToStop({ ...firstOf(), talk: { kind: 'tour', id: tour.id } }, index);
    const found = viewsAt(session).filter(({ derived }) => derived.made?.violations.includes(id));
    return [[id, found.map(({ kernel }) => kernel)] as const];
  });
  expect(broken).toEqual([
    ['I6', ['7.0+v1']],
    ['I14', ['7.0']],
    ['I13', ['7.0+v2']],
    ['I9', []],
    ['I14', ['7.0+hook', '7.1']],
  ]);
});
