import { expect, test } from 'vitest';

import { aboutRow, aboutWords } from './code-about.ts';
import { codeView } from './code-view.ts';
import { viewsAt } from './derive.ts';
import { visited } from './visited.testing.ts';

const code = codeView(viewsAt(visited(2)));
const merged = 'is_guest_mode(vcpu) && vcpu->wants_to_run';

test('a function is where it is entered, a test where it was made', () => {
  const row = aboutRow(code, { kind: 'function', fn: 'svm_set_efer' });
  expect(code.rows[row!]).toMatchObject({ kind: 'function', callee: 'svm_set_efer' });
  const made = aboutRow(code, { kind: 'test', fn: 'svm_set_efer', test: merged });
  expect(code.rows[made!]).toMatchObject({ kind: 'test', owner: 'svm_set_efer', text: merged });
});

test('what is not in the operation has no row, nor has an invariant', () => {
  expect(aboutRow(code, { kind: 'function', fn: 'nested_svm_vmexit' })).toBeUndefined();
  expect(aboutRow(code, { kind: 'test', fn: 'set_efer', test: merged })).toBeUndefined();
  expect(aboutRow(code, { kind: 'invariant', id: 'I14' })).toBeUndefined();
  expect(aboutRow(code, undefined)).toBeUndefined();
});

test('in words', () => {
  expect(aboutWords({ kind: 'function', fn: 'f' })).toEqual({ code: 'f()', words: '' });
  expect(aboutWords({ kind: 'test', fn: 'f', test: 'x' })).toEqual({ code: 'x', words: 'in f()' });
  expect(aboutWords({ kind: 'invariant', id: 'I6' }).words).toBe('in guest mode the EFER.SVME of L2 is set');
});
