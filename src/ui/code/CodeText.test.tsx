import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, test } from 'vitest';

import { CodeText } from './CodeText.tsx';
import { Words } from './Words.tsx';

const textOf = (html: string): string =>
  html
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll('&gt;', '>')
    .replaceAll('&lt;', '<')
    .replaceAll('&amp;', '&');

const written = (text: string, name = false): string =>
  renderToStaticMarkup(<CodeText text={text} name={name} />);

describe('code in a narrow column', () => {
  test.each([
    'is_guest_mode(vcpu) && vcpu->wants_to_run',
    '(old_efer & EFER_SVME) != (efer & EFER_SVME)',
    'svm->vmcb->control.exit_info_1',
    'kvm_emulate_wrmsr()',
    '',
  ])('keeps every character of %s', (text) => {
    expect(textOf(written(text))).toBe(text);
    expect(textOf(written(text, true))).toBe(text);
  });

  test('breaks after the bracket of a call and before a member, never inside an arrow', () => {
    expect(written('f(a->b_c)')).toBe('f(<wbr/>a<span class="whitespace-nowrap">-&gt;b_c</span>)');
    expect(written('a.b')).toBe('a.<wbr/>b');
    expect(written('!(a)')).toBe('!(a)');
  });

  test('breaks a name between its words', () => {
    expect(written('svm_set_efer()', true)).toBe('svm_<wbr/>set_<wbr/>efer()');
  });
});

describe('a sentence', () => {
  test('has what stands between backquotes and every function as code', () => {
    const html = renderToStaticMarkup(<Words text="They part in f(): 7.1 tests `a && b`, true." />);
    expect(textOf(html)).toBe('They part in f(): 7.1 tests a && b, true.');
    expect(html.match(/<code/g)).toHaveLength(2);
  });
});
