import { describe, expect, test } from 'vitest';

import { names } from './expression-names.ts';
import { expressionOffers, parseExpression } from './expression.ts';
import { told } from './expression.testing.ts';

/** Whole expressions, with a word of every kind. */
const complete = [
  'is_guest_mode(vcpu) -> svme == set',
  'tripleFault == idle || guestMode == l1',
  'next_context == 1 -> stray == 0',
  '!is_smm(vcpu) && (vcpu->arch.efer & EFER_SVME)',
  'vmcb12_is_intercept(INTERCEPT_SHUTDOWN) | svm->nested.initialized',
  'vmcb12_is_intercept(&svm->nested.ctl, INTERCEPT_VMRUN)',
  'svm->vmcb != svm->vmcb01.ptr && rip == 0',
  'exitReason == KVM_EXIT_IO && efer != 0x500',
] as const;

const wordBefore = /[\w.>-]*$/;
const goesOn = /^[\w.>-]*\s*(?:[=!]=|\()/;

/** The text with offers taken, the first each time, until it is whole. */
function finished(text: string, caret: number, turns = 3): string {
  if (turns === 0 || parseExpression(text).ok) return text;
  const { from, to, offers } = expressionOffers(text, caret);
  const offer = offers[0]?.text ?? '';
  return finished(text.slice(0, from) + offer + text.slice(to), from + offer.length, turns - 1);
}

const offered = (text: string): readonly string[] =>
  expressionOffers(text, text.length).offers.map((offer) => offer.text);

describe('offers', () => {
  test.each(complete)('at any place of %j leave it whole', (text) => {
    expect(told(text)).toBe('right');
    let taken = 0;
    for (let caret = 0; caret <= text.length; caret += 1) {
      // Another region in place of one has other states, another function takes something else.
      if (goesOn.test(text.slice(text.slice(0, caret).search(wordBefore)))) continue;
      const { from, to, offers } = expressionOffers(text, caret);
      for (const offer of offers) {
        const next = text.slice(0, from) + offer.text + text.slice(to);
        expect(told(finished(next, from + offer.text.length)), `${offer.text} at ${caret}`).toBe('right');
        taken += 1;
      }
    }
    expect(taken).toBeGreaterThan(7);
  });

  test('complete what is begun', () => {
    expect(offered('guestM')).toEqual(['guestMode == ', 'gotGuestMode']);
    expect(offered('is_gu')).toEqual(['is_guest_mode(vcpu)']);
    expect(offered('stray -> is_s')).toEqual(['is_smm(vcpu)']);
    expect(offered('svm->nested.in')).toEqual(['svm->nested.initialized']);
    expect(offered('vmcb12_')).toEqual(['vmcb12_is_intercept(']);
    expect(offered('stuf')).toEqual(['stuffed_fault']);
  });

  test('after a region and == or != are its states', () => {
    expect(offered('guestMode == ')).toEqual(['l1', 'l2']);
    expect(offered('stray && gif!=')).toEqual(['set', 'clear']);
    expect(offered('run == s')).toEqual(['shutdown']);
    expect(expressionOffers('run == ', 7).needed).toBe(true);
  });

  test('in the parentheses of a function are what it takes', () => {
    expect(offered('is_guest_mode(')).toEqual(['vcpu)']);
    expect(offered('vmcb12_is_intercept(INTERCEPT_SHU')).toEqual(['INTERCEPT_SHUTDOWN)']);
    expect(offered('vmcb12_is_intercept(&svm->nested.ctl, msr')).toEqual(['INTERCEPT_MSR_PROT)']);
    expect(offered('is_smm(vcpu) && (is_sm')).toEqual(['is_smm(vcpu)']);
  });

  test('begin with what begins so, and after & with bits', () => {
    expect(offered('next').slice(0, 2)).toEqual(['next_code', 'next_context']);
    expect(offered('efer').length).toBe(0);
    expect(offered('ef').slice(0, 2)).toEqual(['eferWriteFilter', 'efer']);
    expect(offered('efe')).not.toContain('smramEfer');
    expect(offered('vcpu->arch.efer & ')[0]).toBe('EFER_SCE');
  });

  test('say what each means', () => {
    expect(expressionOffers('tripleF', 7).offers).toEqual([
      { text: 'tripleFault == ', about: 'idle, pending' },
    ]);
    expect(expressionOffers('hsaveE', 6).offers[0]?.about).toBe('EFER of L1 in the host save area');
    expect(names.filter(({ about }) => about === '')).toEqual([]);
  });

  test('take the place of the whole word', () => {
    const region = expressionOffers('guestMode == l2', 3);
    expect(region).toMatchObject({ from: 0, to: 9 });
    expect(region.offers[0]?.text).toBe('guestMode');
    const call = expressionOffers('1 && is_gu(vcpu)', 10);
    expect(call).toMatchObject({ from: 5, to: 10 });
    expect(call.offers.map(({ text }) => text)).toEqual(['is_guest_mode']);
  });

  test.each(['stray', 'guestMode == l2', 'stray ', '12', '(1)', 'is_smm(vcpu)', 'stray <', 'stray,'])(
    'are none at the end of %j',
    (text) => {
      expect(offered(text)).toEqual([]);
    },
  );

  test('are none inside a sign, and never more than twelve', () => {
    expect(expressionOffers('1 && 1', 3).offers).toEqual([]);
    expect(offered('')).toHaveLength(12);
  });
});
