import { expect, test } from 'vitest';

import { jsonFault, linePosition } from './json-scan.ts';

test.each([
  ['{"a":[1,-2.5e3,true,false,null,"x\\n\\u00e9"],"b":{}}'],
  [' \t\r\n[ ] '],
  ['"lonely"'],
  [`${'['.repeat(64)}${']'.repeat(64)}`],
])('%j has no fault', (text) => {
  expect(jsonFault(text)).toBeUndefined();
});

test.each([
  ['[1,]', 3, 'expected a value, not "]"'],
  ['[1 2]', 3, 'expected "," or "]", not "2"'],
  ['{"a" 1}', 5, 'expected ":", not "1"'],
  ['{"a":1 "b":2}', 7, 'expected "," or "}", not "\\""'],
  ["{'a':1}", 1, 'expected a key in double quotes, not "\'"'],
  ['{"a":1,"\\u0061":2}', 7, 'key "a" a second time in one object'],
  ['{"a":', 5, 'expected a value, the text ends'],
  ['["a', 1, 'text without its closing quote'],
  ['["a\nb"]', 3, '"\\n" must be escaped in text'],
  ['["\\x"]', 2, 'a backslash that escapes nothing'],
  ['01', 1, 'expected the end of the text, not "1"'],
  ['// no', 0, 'expected a value, not "/"'],
  ['\u{1F600}', 0, 'expected a value, not "\u{1F600}"'],
  [`${'['.repeat(65)}${']'.repeat(65)}`, 64, 'more than 64 levels deep'],
])('%j has its fault where it stands', (text, at, message) => {
  expect(jsonFault(text)).toEqual({ at, message });
});

test.each([
  ['', 0, 1, 1],
  ['ab\ncd', 4, 2, 2],
  ['ab\r\ncd', 4, 2, 1],
  ['ab\rcd', 3, 2, 1],
  ['\n\n', 2, 3, 1],
])('in %j character %i is in line %i, column %i', (text, at, line, column) => {
  expect(linePosition(text, at)).toEqual({ line, column });
});
