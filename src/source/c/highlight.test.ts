import { expect, test } from 'vitest';

import { readFile } from './functions.ts';
import { highlighted } from './highlight.ts';

test.each(['\n', '\r\n'])('the pieces of every line are the line, whatever ends it: %j', (end) => {
  const text = [
    'static int f(u64 a) /* one',
    ' * two <b>',
    ' */',
    '{',
    '#ifdef X',
    '\treturn a ? "s" : 0x1f; // end',
    '#endif',
    '}',
  ].join(end);
  const file = readFile('a.c', text);
  const lines = highlighted(file, file.functions[0]!);
  expect(lines.map((pieces) => pieces.map((piece) => piece.text).join(''))).toEqual(file.lines);
  expect(lines[1]).toEqual([{ text: ' * two <b>', style: 'comment' }]);
  expect(lines[4]).toEqual([{ text: '#ifdef X', style: 'macro' }]);
  expect(lines[5]).toContainEqual({ text: 'return', style: 'keyword' });
  expect(lines[5]).toContainEqual({ text: '"s"', style: 'string' });
});
