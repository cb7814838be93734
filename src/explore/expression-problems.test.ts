import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { seededRandom } from '#base/random.ts';
import { evaluate } from '#machine/expr.ts';
import { names } from './expression-names.ts';
import { expressionOffers, parseExpression } from './expression.ts';
import { scope, told, valueOf } from './expression.testing.ts';

const deep = (count: number): string => `${'('.repeat(count)}1${')'.repeat(count)}`;
const operand = 'a name, a number or (';

describe('what is wrong', () => {
  test.each([
    ['', '0+0 nothing is written, needs an expression such as svme == set'],
    [' \n', '0+0 nothing is written, needs an expression such as svme == set'],
    ['1 '.repeat(251), '500+2 more than 500 characters'],
    [deep(51), '50+1 more than 50 levels deep'],
    [`${'!'.repeat(51)}1`, '50+1 more than 50 levels deep'],
    ['1 &&', `2+2 nothing after "&&", needs ${operand}`],
    ['!', `0+1 nothing after "!", needs ${operand}`],
    ['(', `0+1 nothing after "(", needs ${operand}`],
    ['1 -> ', `2+2 nothing after "->", needs ${operand}`],
    ['&& 1', `0+2 "&&" in place of a value, needs ${operand}`],
    ['1 && || 1', `5+2 "||" in place of a value, needs ${operand}`],
    ['()', `1+1 ")" in place of a value, needs ${operand}`],
    ['(1', '0+1 "(" is not closed, needs a ")" at its end'],
    ['(1 2)', '3+1 unexpected "2", one of && || == != & | -> )'],
    ['1)', '1+1 ")" closes nothing, needs a "(" before it'],
    ['stray 1', '6+1 unexpected "1", one of && || == != & | ->'],
    ['stray(1)', '5+1 unexpected "(", one of && || == != & | ->'],
    ['stray, 1', '5+1 unexpected ",", one of && || == != & | ->'],
    ['svme', '0+4 svme without a comparison, needs == or != and one of clear set'],
    ['1 && guestMode -> 1', '5+9 guestMode without a comparison, needs == or != and one of l1 l2'],
    ['(gif) == set', '1+3 gif without a comparison, needs == or != and one of set clear'],
    ['rip', '0+3 rip without a comparison, needs == or != and only 0'],
    ['guestMode == l3', '13+2 unknown state "l3" of guestMode, one of l1 l2'],
    ['guestMode == 1', '13+1 unknown state "1" of guestMode, one of l1 l2'],
    ['guestMode != (l1)', '13+1 unknown state "(" of guestMode, one of l1 l2'],
    ['guestMode ==', '10+2 nothing after "==", needs a state of guestMode, one of l1 l2'],
    ['run == svme', '7+4 unknown state "svme" of run, one of guest kvm userspace halted shutdown'],
    ['rip == 5', '7+1 unknown value "5" of rip, only 0'],
    ['1 == 4294967296', '5+10 "4294967296" is over 32 bits, at most 0xffffffff'],
    ['0x100000000', '0+11 "0x100000000" is over 32 bits, at most 0xffffffff'],
    ['12ab', '0+4 not a decimal number, nor 0x and hexadecimal digits: "12ab"'],
    ['010', '0+3 not a decimal number, nor 0x and hexadecimal digits: "010"'],
    ['0x', '0+2 not a decimal number, nor 0x and hexadecimal digits: "0x"'],
    ['1 && l2', '5+2 "l2" does not stand alone, only as in guestMode == l2'],
    ['vcpu', '0+4 "vcpu" does not stand alone, only as in is_guest_mode(vcpu)'],
    [
      'INTERCEPT_HLT',
      '0+13 "INTERCEPT_HLT" does not stand alone, only as in vmcb12_is_intercept(INTERCEPT_HLT)',
    ],
    ['is_guest_mode', '0+13 is_guest_mode without its argument, needs is_guest_mode(vcpu)'],
    ['is_guest_mode(', '13+1 nothing after "(", needs its argument, as in is_guest_mode(vcpu)'],
    ['is_guest_mode(svm)', '14+3 unknown argument "svm" of is_guest_mode, only vcpu'],
    ['is_guest_mode(vcpu', '13+1 "(" is not closed, needs a ")" at its end'],
    ['is_guest_mode(vcpu 1)', '19+1 unexpected "1", only )'],
    ['svme = set', '5+1 "=" assigns, compare with =='],
    ['stray => 1', '6+2 "=>" is no operator, a implies b is a -> b'],
    ['stray < 1', '6+1 unknown sign "<", one of ! && || == != & | -> ( )'],
    ['1 && \u{1f600}', '5+2 unknown sign "\u{1f600}", one of ! && || == != & | -> ( )'],
    ['efer & EFER_NX == 0', '5+1 "&" beside a comparison, which C does first, needs parentheses'],
    ['svme == set | 1', '12+1 "|" beside a comparison, which C does first, needs parentheses'],
    ['!efer & EFER_NX', '6+1 "&" after "!", which C does first, needs parentheses'],
    ['!stray == 0', '7+2 "==" after "!", which C does first, needs parentheses'],
    ['!svme == set', '0+1 "!" before a comparison, needs parentheses around that'],
    ['1 == 2 == 3', '7+2 "==" beside a comparison, which C does first, needs parentheses'],
    ['stray == svme == set', '6+2 "==" beside a comparison, which C does first, needs parentheses'],
  ])('%j', (text, expected) => {
    expect(told(text)).toBe(expected);
  });

  test.each([
    ['guestmode == l2', '0+9 unknown name "guestmode"', ' guestMode '],
    [
      '1 && svm->nested.intialized',
      '5+22 unknown name "svm->nested.intialized"',
      ' svm->nested.initialized ',
    ],
    ['svm->vmcb03.ptr', '0+15 unknown name "svm->vmcb03.ptr"', ' svm->vmcb '],
    ['EFER_SVM', '0+8 unknown name "EFER_SVM"', ' EFER_SVME '],
    ['next_contex', '0+11 unknown name "next_contex"', ' next_context '],
    ['warned', '0+6 unknown name "warned"', 'did you mean '],
    ['__proto__', '0+9 unknown name "__proto__"', 'did you mean '],
    ['vmcb12_is_intercept(SHUTDWN)', '20+7 unknown argument "SHUTDWN"', 'did you mean INTERCEPT_SHUTDOWN '],
  ])('%j has a nearest name', (text, start, nearest) => {
    expect(told(text).slice(0, start.length)).toBe(start);
    expect(told(text)).toContain(nearest);
  });

  test.each([
    ['svme', ['clear', 'set']],
    ['guestMode == l3', ['l1', 'l2']],
    ['is_smm(svm)', ['vcpu']],
    ['(1', undefined],
    ['l2', ['guestMode == l2']],
    ['(1 1', ['&&', '||', '==', '!=', '&', '|', '->', ')']],
  ])('%j comes with what is allowed, where that is a list', (text, allowed) => {
    const read = parseExpression(text);
    expect(read.ok ? 'right' : read.error.allowed).toEqual(allowed);
  });

  test('is nothing at the limits', () => {
    expect(told(deep(50))).toBe('right');
    expect(told(`${'!'.repeat(50)}1`)).toBe('right');
    for (const sign of ['&&', '||', '->']) expect(told(Array(166).fill('1').join(sign))).toBe('right');
    expect(valueOf(Array(250).fill('3').join('&'))).toBe(3);
    expect(told('1'.padEnd(500))).toBe('right');
  });
});

const pieces = [
  ...names.map(({ text }) => text),
  ...'&& || == != & | -> ! ( ) , ( ) -> == = < . ->. svm-> l2 set vcpu svm INTERCEPT_HLT'.split(' '),
  ...'0 1 0x 0x1000 4294967296 9e9 1.5 __proto__ toString'.split(' '),
  ' ',
  '\n',
  '\0',
  '\u2028',
  '\ud800',
  '\u{1f600}',
];

/** A value; or a problem that stands in the text and can be shown. */
function sense(text: string): string {
  const read = parseExpression(text);
  if (read.ok) return Number.isInteger(evaluate(read.value, scope({}))) ? 'right' : 'no value';
  const { at, length, message } = read.error;
  const stands = at + length <= text.length && (length > 0 || text.trim() === '');
  return stands && /^\P{C}{2,400}$/u.test(message) ? 'wrong' : `${at}+${length} ${message}`;
}

/** Offers stand around the caret, wherever it is. */
function offersStand(text: string): boolean {
  return Array.from({ length: text.length + 1 }, (_, caret) => caret)
    .filter((caret) => caret % (1 + (text.length >> 4)) === 0)
    .every((caret) => {
      const { from, to, offers } = expressionOffers(text, caret);
      return from <= caret && caret <= to && to <= text.length && offers.length <= 12;
    });
}

describe('whatever is typed', () => {
  test('nothing is thrown, and every problem stands in the text', () => {
    const random = seededRandom(12);
    const found = Array.from({ length: 2000 }, () => {
      const gap = random.pick(['', ' ']);
      const text = Array.from({ length: random.next(12) }, () => random.pick(pieces)).join(gap);
      expect(offersStand(text)).toBe(true);
      return sense(text);
    });
    expect([...new Set(found)].toSorted()).toEqual(['right', 'wrong']);
  });

  test('and any text at all', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(sense(text)).toMatch(/^(?:right|wrong)$/);
        expect(offersStand(text)).toBe(true);
      }),
      { seed: 13, numRuns: 2000 },
    );
  });
});
