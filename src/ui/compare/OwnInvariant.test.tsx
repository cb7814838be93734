import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, test } from 'vitest';

import { ownInvariant } from '#explore/expression.ts';
import { ownList } from './own-completion.ts';
import { ownExamples } from './own-examples.ts';
import { OwnInvariant } from './OwnInvariant.tsx';

const nothing = (): void => undefined;
const drawn = (value: string, busy = false): string =>
  renderToStaticMarkup(<OwnInvariant value={value} onChange={nothing} onCheck={nothing} busy={busy} />);

describe('an own invariant', () => {
  test('can be checked once it is an expression', () => {
    expect(drawn('svme == set')).not.toContain('aria-disabled');
    expect(drawn('svme == set', true)).toContain('aria-disabled="true"');
    expect(drawn('')).toContain('aria-disabled="true"');
    expect(drawn('svme')).toContain('aria-disabled="true"');
  });

  test('is not called wrong before anything is written', () => {
    expect(drawn('  ')).toContain('aria-invalid="false"');
  });

  test('has what is wrong underlined, and said with its column', () => {
    const html = drawn('stray && guestMode == l3');
    expect(html).toContain('aria-invalid="true"');
    expect(html).toMatch(/<span class="underline [^"]*">l3<\/span>/);
    expect(html).toMatch(/column (?:<!-- -->)?23/);
    expect(html).toContain('one of l1 l2');
  });

  test.each(ownExamples)('has an example that can be checked: $text', ({ text }) => {
    expect(ownInvariant(text).ok).toBe(true);
  });
});

describe('the list', () => {
  test('opens unasked where a word is begun, or one is needed', () => {
    expect(ownList('gu', 2, false)?.offers[0]?.text).toBe('guestMode == ');
    expect(ownList('guestMode == ', 13, false)?.offers.map(({ text }) => text)).toEqual(['l1', 'l2']);
    expect(ownList('', 0, false)).toBeUndefined();
    expect(ownList('stray -> ', 9, false)).toBeUndefined();
  });

  test('opens elsewhere when it is asked for', () => {
    expect(ownList('', 0, true)?.active).toBe(0);
    expect(ownList('stray', 5, true)).toBeUndefined();
  });
});
