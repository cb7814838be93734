import fc from 'fast-check';
import { expect, test } from 'vitest';

import { hanging, toAscii, wrap } from './wrap.ts';

test('signs are spelled, accents dropped, the rest is a question mark', () => {
  expect(toAscii('L2\u2019s \u2026 \u2192 caf\u00e9 \u{1f600}\n')).toBe("L2's ... -> cafe ? ");
});

test.each([
  ['7.0+merged+recalc', 12, ['7.0+merged', '+recalc']],
  ['LME,LMA,NX,SVME', 8, ['LME,LMA,', 'NX,SVME']],
  ['aaaaaaaaaa', 4, ['aaaa', 'aaaa', 'aa']],
  ['one two  three', 7, ['one two', 'three']],
  ['', 7, ['']],
])('%j in %i columns', (text, width, lines) => {
  expect(wrap(text, width)).toEqual(lines);
});

const anyText = fc
  .array(fc.string({ unit: fc.constantFrom('a', 'b', '+', ',', ' ') }))
  .map((all) => all.join(' '));

test('no line is wider than asked, and nothing is lost', () => {
  fc.assert(
    fc.property(anyText, fc.integer({ min: 4, max: 30 }), (text, width) => {
      for (const lines of [wrap(text, width), hanging(text, width, 2)]) {
        expect(lines.filter((line) => line.length > width)).toEqual([]);
        expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
      }
    }),
  );
});
