import { describe, expect, test } from 'vitest';

import { present } from '#base/assert.ts';
import { programToJson } from '#program/format.ts';
import { problemLine } from '#program/parse.ts';
import type { Session } from '#session/session.ts';
import { startSession } from '#session/session.ts';
import { clearsSvme } from '#session/visited.testing.ts';
import { openFile, parseFileText, talkFileText } from './talk-file.ts';
import { standingOf } from './talks.ts';
import { tours } from './tours.ts';

const program = programToJson(clearsSvme);
const stops = [
  { at: 1, text: 'a', title: 'A', show: ['code'], about: { kind: 'invariant', id: 'I14' } },
  { at: 0, text: 'b', scenario: 'gif-and-svme', kernels: ['6.12', '7.0'] },
];
const good = { format: 'svmscope/talk@1', title: 'mine', kernels: ['7.0+v1'], stops, program };

function problem(value: unknown): string {
  const parsed = parseFileText(JSON.stringify(value));
  return parsed.ok ? 'fine' : problemLine(parsed.error);
}

test('a program is taken as it is, a talk with its program and its kernels', () => {
  expect(parseFileText(JSON.stringify(program))).toEqual({ ok: true, value: { program: clearsSvme } });
  expect(parseFileText(JSON.stringify(good))).toEqual({
    ok: true,
    value: { program: clearsSvme, talk: { title: 'mine', stops }, kernels: ['7.0+v1'] },
  });
});

describe('what is wrong is said, and where', () => {
  const first = (change: object): unknown => ({ ...good, stops: [{ ...stops[0], ...change }, stops[1]] });
  test.each([
    [first({ show: ['code', 'tape'] }), 'talk.stops[0].show[1]: unknown panel "tape"'],
    [first({ at: -1 }), 'talk.stops[0].at: not a number of operations, 0 to 1000: -1'],
    [first({ kernels: ['5.0'] }), 'talk.stops[0].kernels[0]: unknown base "5.0"'],
    [first({ kernels: ['7.0', '7.0'] }), 'talk.stops[0].kernels: a kernel twice'],
    [first({ scenario: 'gone' }), 'talk.stops[0].scenario: unknown scenario "gone", one of'],
    [first({ text: 'x'.repeat(20_001) }), 'talk.stops[0].text: 20001 characters, at most 20000'],
    [first({ note: 1 }), 'talk.stops[0].note: unknown key'],
    [{ ...good, stops: Array.from({ length: 501 }, () => stops[1]) }, 'talk.stops: 501 stops, at most 500'],
    [{ ...good, program: { ...program, code: {} } }, 'talk.program.code.l1: missing'],
    [{ ...good, program: undefined }, 'talk.program: missing'],
    [{ ...good, format: 'svmscope/talk@2' }, 'talk.format: unknown format "svmscope/talk@2"'],
    [null, 'program: not an object: null'],
  ])('%#', (value, message) => {
    expect(problem(value)).toContain(message);
  });

  test('no JSON, and too much of it', () => {
    expect(parseFileText('{')).toMatchObject({ ok: false, error: { path: 'line 1, column 2' } });
    expect(parseFileText(' '.repeat(1_000_001))).toMatchObject({ ok: false });
  });
});

test('saved and opened again a talk stands at its first stop, with its own program', () => {
  const parsed = parseFileText(JSON.stringify(good));
  if (!parsed.ok) throw new Error('no talk');
  const session = openFile(parsed.value, ['7.1']);
  expect(session).toMatchObject({ kernels: ['7.0+v1'], scenario: undefined, stop: 0 });
  expect(standingOf(session)).toMatchObject({ index: 0, here: true });
  const text = talkFileText(session, present(standingOf(session), 'a talk').talk);
  expect(parseFileText(text)).toEqual(parsed);
});

test('a talk whose first stop is of a ready-made program opens there and keeps its own', () => {
  const parsed = parseFileText(JSON.stringify({ ...good, stops: stops.toReversed() }));
  if (!parsed.ok) throw new Error('no talk');
  const session = openFile(parsed.value, ['7.1']);
  expect(session).toMatchObject({ scenario: 'gif-and-svme', kernels: ['6.12', '7.0'] });
  expect(session.talk).toMatchObject({ program: clearsSvme });
  expect(talkFileText(session, parsed.value.talk!)).toContain(clearsSvme.title);
});

test('the list discussion can be saved and opened', () => {
  const tour = present(tours[0], 'a tour');
  const session: Session = { ...startSession(clearsSvme, ['7.0']), talk: { kind: 'tour', id: tour.id } };
  const parsed = parseFileText(talkFileText(session, tour));
  expect(parsed).toMatchObject({ ok: true, value: { talk: { stops: tour.stops } } });
});
