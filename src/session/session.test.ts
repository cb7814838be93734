import { describe, expect, test } from 'vitest';

import type { Op } from '#program/types.ts';
import {
  append,
  branchEnds,
  branchThrough,
  changeSetup,
  childrenOf,
  moveTo,
  nameBranch,
  programUnder,
  setupOf,
  trunkTo,
  type Session,
} from './session.ts';
import { stepBack, stepForward } from './steps.ts';
import { clearsSvme, visited } from './visited.testing.ts';

const does = (session: Session, op: Op): Session => append(session, session.cursor.node, { kind: 'do', op });
const ids = (nodes: readonly { readonly id: number }[]): readonly number[] => nodes.map(({ id }) => id);
const kinds = (session: Session): readonly string[] =>
  trunkTo(session, session.cursor.node).map(({ event }) => event.kind);

describe('going back and doing something else', () => {
  const stepped = visited(2);
  const forked = does(stepBack(stepped), { do: 'CPUID' });

  test('makes a branch and loses none', () => {
    expect(forked.nodes.slice(0, 3)).toEqual(stepped.nodes);
    expect(ids(branchEnds(forked))).toEqual([2, 3]);
    expect(ids(childrenOf(forked, 1))).toEqual([2, 3]);
  });

  test('is the way that is followed from then on', () => {
    const start = moveTo(forked, { node: 0 });
    expect(ids(branchThrough(start, 0))).toEqual([0, 1, 3]);
    expect(ids(branchThrough(moveTo(start, { node: 2 }), 0))).toEqual([0, 1, 2]);
  });

  test('a second time is the same branch, not another', () => {
    const again = does(stepBack(forked), { do: 'CPUID' });
    expect(again.nodes).toBe(forked.nodes);
    expect(again.cursor).toEqual({ node: 3 });
    expect(stepForward(stepBack(stepped)).nodes).toBe(stepped.nodes);
  });

  test('and with other operands is another', () => {
    const other = does(does(stepBack(forked), { do: 'CPL', cpl: 3 }), { do: 'CPL', cpl: 0 });
    expect(other.nodes).toHaveLength(6);
  });

  test('leaves the session that it came from as it was', () => {
    const kept = structuredClone(stepped);
    does(moveTo(stepped, { node: 0 }), { do: 'HLT' });
    expect(stepped).toEqual(kept);
  });
});

describe('changing the setup', () => {
  const played = does(visited(2), { do: 'CPUID' });
  const changed = changeSetup(played, { host: { nrips: false } });

  test('plays what was done so far again, as a run of its own', () => {
    expect(kinds(changed)).toEqual(kinds(played));
    expect(
      trunkTo(changed, changed.cursor.node)
        .slice(1)
        .map(({ event }) => event),
    ).toEqual(
      trunkTo(played, played.cursor.node)
        .slice(1)
        .map(({ event }) => event),
    );
    expect(ids(trunkTo(changed, changed.cursor.node))).toEqual([4, 5, 6, 7]);
    expect(setupOf(changed, changed.cursor.node)).toEqual({ host: { nrips: false } });
  });

  test('back returns to the run that was there', () => {
    const back = changeSetup(changed, { host: { nrips: true } });
    expect(back.cursor).toEqual(played.cursor);
    expect(back.nodes).toBe(changed.nodes);
  });

  test('to what it is already changes nothing', () => {
    expect(changeSetup(played, { host: { npt: true } }).cursor).toEqual(played.cursor);
    expect(changeSetup(changed, {}).cursor).toEqual(changed.cursor);
  });

  test('in another order comes to the same run', () => {
    const gifFirst = changeSetup(changeSetup(played, { guest: { gif: false } }), { guest: { hsave: false } });
    const hsaveFirst = changeSetup(changeSetup(played, { guest: { hsave: false } }), {
      guest: { gif: false },
    });
    expect(setupOf(hsaveFirst, hsaveFirst.cursor.node)).toEqual(setupOf(gifFirst, gifFirst.cursor.node));
    const both = changeSetup(changeSetup(gifFirst, { guest: { gif: true, hsave: true } }), {
      guest: { hsave: false, gif: false },
    });
    expect(both.cursor).toEqual(gifFirst.cursor);
  });

  test('stays, where more is changed later', () => {
    const both = changeSetup(changed, { guest: { hsave: false } });
    expect(setupOf(both, both.cursor.node)).toEqual({ host: { nrips: false }, guest: { hsave: false } });
    expect(programUnder(clearsSvme, setupOf(both, both.cursor.node))).toEqual({
      ...clearsSvme,
      host: { ...clearsSvme.host, nrips: false },
      guest: { ...clearsSvme.guest, hsave: false },
    });
  });

  test('at the start of a run is a start', () => {
    const start = changeSetup(visited(0), { host: { npt: false } });
    expect(start.nodes[1]).toEqual({
      id: 1,
      parent: undefined,
      event: { kind: 'setup', setup: { host: { npt: false } } },
    });
  });
});

test('a branch takes a name, trimmed, and loses it by an empty one', () => {
  const named = nameBranch(nameBranch(visited(2), 2, '  the story '), 1, 'x');
  expect(named.names).toEqual({ 1: 'x', 2: 'the story' });
  expect(nameBranch(named, 1, ' ').names).toEqual({ 2: 'the story' });
});
