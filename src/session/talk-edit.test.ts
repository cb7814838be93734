import { describe, expect, test } from 'vitest';

import type { Stop, Talk } from '#program/talk.ts';
import { append } from './session.ts';
import { microForward } from './steps.ts';
import {
  changeStop,
  insertStop,
  moveStop,
  placeNow,
  removeStop,
  togglePanel,
  withTalk,
} from './talk-edit.ts';
import { clearsSvme, visited } from './visited.testing.ts';

const a: Stop = { at: 0, text: 'a' };
const b: Stop = { at: 1, text: 'b', title: 'B' };
const c: Stop = { at: 2, text: 'c' };
const talk: Talk = { title: 'mine', stops: [a, b] };

test('a talk becomes the visitor’s own, and goes on with its own program', () => {
  const session = withTalk(visited(1), talk, 1);
  expect(session).toMatchObject({ talk: { kind: 'own', talk }, stop: 1 });
  const away = { ...session, talk: { kind: 'own', talk, program: clearsSvme } as const };
  expect(withTalk(away, removeStop(talk, 1))).toMatchObject({
    talk: { kind: 'own', talk: { stops: [a] }, program: clearsSvme },
    stop: 0,
  });
});

test('a talk beyond the limits is refused with where and what', () => {
  const long = changeStop(talk, 1, { text: 'x'.repeat(20_001) });
  expect(() => withTalk(visited(1), long)).toThrow('talk.stops[1].text: 20001 characters, at most 20000');
  const many = { ...talk, stops: Array.from({ length: 501 }, () => a) };
  expect(() => withTalk(visited(1), many)).toThrow('talk.stops: 501 stops, at most 500');
});

test('stops are changed, added, moved and taken away, and nothing else changes', () => {
  expect(changeStop(talk, 1, { title: undefined, at: 3 }).stops).toEqual([a, { at: 3, text: 'b' }]);
  expect(changeStop(talk, 1, { title: undefined }).stops[1]).not.toHaveProperty('title');
  expect(insertStop(talk, 1, c).stops).toEqual([a, c, b]);
  expect(removeStop(insertStop(talk, 1, c), 1)).toEqual(talk);
  expect(moveStop(insertStop(talk, 2, c), 2, 0).stops).toEqual([c, a, b]);
  expect(moveStop(talk, 0, -1)).toBe(talk);
  expect(moveStop(talk, 1, 2)).toBe(talk);
  expect(talk.stops).toEqual([a, b]);
});

describe('a stop is put', () => {
  test('at the step that is shown', () => {
    expect(placeNow(visited(2))).toEqual({ at: 2, scenario: undefined });
  });

  test('nowhere on a way of the visitor’s own, and not inside an operation', () => {
    const session = visited(1);
    expect(placeNow(append(session, 1, { kind: 'do', op: { do: 'CPUID' } }))).toBeUndefined();
    expect(placeNow(microForward(session))).toBeUndefined();
  });
});

test('panels are added and taken away; none is as if nothing was said', () => {
  expect(togglePanel(a, 'code')).toEqual({ show: ['code'] });
  expect(togglePanel({ ...a, show: ['code', 'chart'] }, 'code')).toEqual({ show: ['chart'] });
  expect(togglePanel({ ...a, show: ['code'] }, 'code')).toEqual({ show: undefined });
});
