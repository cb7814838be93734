import { describe, expect, test } from 'vitest';

import { present } from '#base/assert.ts';
import type { Talk } from '#program/talk.ts';
import { append, branchEnds, changeSetup, startSession, type Session } from '#session/session.ts';
import { microForward, stepBack, stepForward } from '#session/steps.ts';
import { progressOf } from '#session/summary.ts';
import { clearsSvme } from '#session/visited.testing.ts';
import { scenarios } from './scenarios.ts';
import { firstOf } from './scenarios.testing.ts';
import { followed, followedStop, goToStop, ownProgram, standingOf, stopAt, talkOf } from './talks.ts';
import { tours } from './tours.ts';

const scenario = present(scenarios[0], 'a scenario');
const tour = present(tours[0], 'a tour');
const plays = (session: Session): Session =>
  append(session, session.cursor.node, { kind: 'do', op: { do: 'CPUID' } });

describe('which talk', () => {
  test('the notes of the scenario, a stop after each operation', () => {
    expect(talkOf(firstOf())?.stops.map(({ at, text }) => [at, text])).toEqual([...scenario.notes.entries()]);
    expect(talkOf(startSession(clearsSvme, ['7.0']))).toBeUndefined();
  });

  test('the tour, the visitor’s own; of a tour that is not known any more the scenario’s', () => {
    const own: Talk = { title: 'mine', stops: [] };
    expect(talkOf({ ...firstOf(), talk: { kind: 'tour', id: tour.id } })).toBe(tour);
    expect(talkOf({ ...firstOf(), talk: { kind: 'own', talk: own } })).toBe(own);
    expect(talkOf({ ...firstOf(), talk: { kind: 'tour', id: 'gone' } })?.title).toBe(scenario.title);
  });
});

describe('stepping by hand', () => {
  test('the note is that of the step, as long as the program’s own way is gone', () => {
    const start = firstOf();
    expect(stopAt(start)?.text).toBe(scenario.notes[1]);
    expect(stopAt(stepForward(start))?.text).toBe(scenario.notes[2]);
    expect(standingOf(stepBack(start))).toMatchObject({ index: 0, here: true, previous: undefined, next: 1 });
  });

  test('no stop fits in a branch, inside an operation or under another setup; the talk waits', () => {
    const start = followed(stepForward(firstOf()));
    expect(start.stop).toBe(2);
    const away = [plays(start), microForward(start), changeSetup(start, { host: { nrips: false } })];
    for (const session of away) {
      expect(followedStop(session)).toBeUndefined();
      expect(standingOf(followed(session))).toMatchObject({ index: 2, here: false });
    }
  });

  test('of several stops at a step the nearest one is followed, with its kernels shown', () => {
    const talk: Talk = {
      title: 'mine',
      stops: [
        { at: 2, text: 'a' },
        { at: 1, text: 'b' },
        { at: 2, text: 'c', kernels: ['7.0+v1'] },
        { at: 2, text: 'd' },
      ],
    };
    const session: Session = { ...startSession(clearsSvme, ['7.0']), talk: { kind: 'own', talk }, stop: 1 };
    const two = stepForward(stepForward(session));
    expect(followedStop(two)).toBe(0);
    expect(followedStop({ ...two, kernels: ['7.0+v1'] })).toBe(2);
    expect(followedStop({ ...two, stop: 2 })).toBe(2);
    expect(followedStop({ ...two, stop: 3 })).toBe(3);
  });
});

describe('going to a stop', () => {
  test('reuses the nodes that are there and loses no branch', () => {
    const branched = plays(stepForward(firstOf()));
    const { session, shelf } = goToStop(branched, 2);
    expect(session.nodes.slice(0, branched.nodes.length)).toEqual(branched.nodes);
    expect(branchEnds(session).map(({ id }) => id)).toContain(branched.cursor.node);
    expect(progressOf(session)).toMatchObject({ made: 2, scripted: true });
    expect(session.cursor.node).toBe(2);
    expect(shelf).toEqual([]);
  });

  test('from there → goes on with the program, not with the branch', () => {
    const branched = plays(firstOf());
    const { session } = goToStop(branched, 1);
    expect(session.cursor).toEqual({ node: 1 });
    expect(progressOf(stepForward(session))).toMatchObject({ made: 2, scripted: true });
  });

  test('goes as far as the program goes', () => {
    const talk: Talk = { title: 'mine', stops: [{ at: 900, text: '' }] };
    const { session } = goToStop({ ...firstOf(), talk: { kind: 'own', talk } }, 0);
    expect(progressOf(session).made).toBeLessThan(20);
    expect(stepForward(session)).toBe(session);
    expect(standingOf(session)).toMatchObject({ here: false });
  });

  test('another program: the run is kept, and taken up again with its branches', () => {
    const start: Session = plays({ ...firstOf(), talk: { kind: 'tour', id: tour.id } });
    const gif = tour.stops.findIndex((stop) => stop.scenario === 'gif-and-svme');
    const there = goToStop(start, gif);
    expect(there.session).toMatchObject({ scenario: 'gif-and-svme', stop: gif, talk: start.talk });
    expect(there.shelf).toEqual([start]);
    const back = goToStop(plays(there.session), 0, there.shelf);
    expect(back.session.nodes.slice(0, start.nodes.length)).toEqual(start.nodes);
    expect(back.session).toMatchObject({ scenario: start.scenario, stop: 0, cursor: { node: 1 } });
    expect(back.shelf).toHaveLength(1);
    expect(back.shelf[0]).toMatchObject({ scenario: 'gif-and-svme' });
  });

  test('a talk’s own program goes along, and is found again without a shelf', () => {
    const talk: Talk = {
      title: 'mine',
      stops: [
        { at: 1, text: 'a' },
        { at: 0, scenario: 'gif-and-svme', text: 'b' },
        { at: 0, scenario: 'userspace-sregs', text: 'c' },
      ],
    };
    const start: Session = { ...startSession(clearsSvme, ['7.0']), talk: { kind: 'own', talk } };
    const away = goToStop(goToStop(start, 1).session, 2).session;
    expect(away.talk).toEqual({ kind: 'own', talk, program: clearsSvme });
    expect(ownProgram(away)).toEqual(clearsSvme);
    const back = goToStop(away, 0).session;
    expect(back).toMatchObject({ program: clearsSvme, scenario: undefined, talk: { kind: 'own', talk } });
    expect(back.talk).not.toHaveProperty('program');
    expect(standingOf(back)).toMatchObject({ index: 0, here: true });
  });

  test('no such stop and no such scenario are said', () => {
    expect(() => goToStop(firstOf(), 99)).toThrow('no stop 100, the talk has 4');
    const talk: Talk = { title: 'mine', stops: [{ at: 0, scenario: 'gone', text: '' }] };
    expect(() => goToStop({ ...firstOf(), talk: { kind: 'own', talk } }, 0)).toThrow('unknown scenario gone');
  });
});
