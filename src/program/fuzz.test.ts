import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { anyProgram } from './arbitrary.testing.ts';
import { programToJson } from './format.ts';
import { jsonFault } from './json-scan.ts';
import { parseProgram, problemLine } from './parse.ts';

const format = 'svmscope/program@1';

/** The outcome is one line, or a program that reads the same once more. */
function expectLineOrProgram(value: unknown): void {
  const parsed = parseProgram(value);
  const line = parsed.ok ? 'ok' : problemLine(parsed.error);
  expect(line).toMatch(/^\P{C}{2,400}$/u);
  const again = parsed.ok ? parseProgram(programToJson(parsed.value)) : parsed;
  expect(again).toEqual(parsed);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Replace, remove or add something at a place of the document. */
function damage(value: unknown, [first = 0, ...rest]: readonly number[], key: string, junk: unknown): void {
  if (typeof value !== 'object' || value === null) return;
  const keys = Object.keys(value);
  const chosen = keys[first % (keys.length + 1)] ?? (Array.isArray(value) ? String(keys.length) : key);
  const holder = value as Record<string, unknown>;
  const below = holder[chosen];
  if (rest.length > 0 && typeof below === 'object' && below !== null) damage(below, rest, key, junk);
  else if (first % 5 === 0 && !Array.isArray(value)) delete holder[chosen];
  else
    Object.defineProperty(holder, chosen, {
      value: junk,
      enumerable: true,
      configurable: true,
      writable: true,
    });
}

describe('whatever comes in', () => {
  test('nothing is thrown at any value', () => {
    fc.assert(fc.property(fc.anything(), expectLineOrProgram), { seed: 1, numRuns: 2000 });
    fc.assert(
      fc.property(fc.jsonValue(), (code) => expectLineOrProgram({ format, title: 'junk', code })),
      { seed: 2, numRuns: 2000 },
    );
  });

  test('nothing is half-loaded of a program with a fault', () => {
    const junk = fc.oneof(
      fc.jsonValue(),
      fc.constantFrom(-0, 0, 1, 'next', 'SVME', 'END', true, [], {}, null),
    );
    const places = fc.array(fc.nat(), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(anyProgram, places, fc.string(), junk, (start, place, key, value) => {
        const document = JSON.parse(JSON.stringify(programToJson(start))) as unknown;
        damage(document, place, key, value);
        expectLineOrProgram(document);
      }),
      { seed: 3, numRuns: 2000 },
    );
  });

  test('a text is JSON here exactly when JSON.parse() takes it', () => {
    const pieces = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"',
      '"a"',
      '\\',
      '\\u00e9',
      '-',
      '0',
      '1',
      '.5',
      'e+3',
      'true',
      'null',
      ' ',
      '\n',
      '\t',
      '\u00a0',
    );
    const texts = fc.oneof(
      fc.array(pieces).map((found) => found.join('')),
      fc.json({ maxDepth: 5 }),
      fc.string(),
    );
    fc.assert(
      fc.property(texts, (text) => {
        const fault = jsonFault(text);
        const repeated = fault?.message.includes('a second time') === true;
        expect(fault === undefined).toBe(isJson(text) && !repeated);
      }),
      { seed: 4, numRuns: 5000 },
    );
  });
});
