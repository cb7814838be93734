import { expect, test } from 'vitest';
import { parsePath } from '#program/conformance/compare.ts';
import { pathRows } from './recorded-path.ts';

const vocabulary = { a: 'compared', b: 'compared', c: 'compared', h: 'hidden' };

const shown = (path: string, recorded: string): readonly string[] =>
  pathRows(parsePath(path), recorded.split(' '), vocabulary).map(
    ({ kind, model, recorded: right }) => `${kind} ${model?.fn ?? '-'} ${right?.fn ?? '-'}`,
  );

test('words stand beside each other, and what the recording cannot show stands alone', () => {
  expect(shown('a .x ..b .h ..c c', 'a .b c')).toEqual([
    'same a a',
    'outside x -',
    'same b b',
    'outside h -',
    'outside c -',
    'same c c',
  ]);
});

test('a word that only one side has, or has at another depth, is marked', () => {
  expect(shown('a .b', 'a b c')).toEqual(['same a a', 'model b -', 'recorded - b', 'recorded - c']);
  expect(shown('', 'a')).toEqual(['recorded - a']);
  expect(shown('a .x', 'c')).toEqual(['model a -', 'outside x -', 'recorded - c']);
});
