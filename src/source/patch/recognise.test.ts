import { expect, test } from 'vitest';

import { patches } from '#kvm/kernels.ts';
import type { Letter } from './letter.ts';
import {
  avicDiff,
  fileOf,
  gifDiff,
  hookDiff,
  lateFaultDiff,
  mail,
  recalcDiff,
  subjects,
  tripleFaultDiff,
  turnedHookDiff,
  v1Diff,
  wholeV1Diff,
} from './mails.testing.ts';
import { openPatches } from './open.ts';
import { recognise } from './recognise.ts';

async function letterOf(text: string): Promise<Letter> {
  const set = await openPatches([fileOf('x.patch', text)]);
  if (!set.ok) throw new Error(set.error);
  return set.value.series[0]!.letters[0]!;
}

const told = async (text: string): Promise<string> => recognise(await letterOf(text)).words;
const idOf = (id: string): string => patches.find((patch) => patch.id === id)!.messageId!;

const v2 = tripleFaultDiff('is_guest_mode(vcpu)');
const merged = tripleFaultDiff('is_guest_mode(vcpu) && vcpu->wants_to_run');
const hookSubject = '[PATCH] Triple fault around kvm_emulate_wrmsr() in msr_interception()';
const shared = `[PATCH] ${subjects.tripleFault}`;

test.each([
  ['v2', shared, v2, ''],
  ['merged', shared, merged, ''],
  ['v1', `[PATCH 2/3] ${subjects.v1}`, v1Diff, ' in svm_set_efer_svme()'],
  ['v1', `[PATCH 2/3] ${subjects.v1}`, wholeV1Diff, ' in svm_set_efer_svme()'],
  ['gif', `[PATCH v3 1/4] ${subjects.gif}`, gifDiff, ''],
  ['recalc', `[PATCH] ${subjects.recalc}`, recalcDiff, ' in svm_set_efer()'],
  ['hook', hookSubject, hookDiff, ''],
  ['hook', hookSubject, turnedHookDiff, ''],
])('%s is recognised by its subject and by what it changes', async (id, subject, diff, where) => {
  expect(await told(mail({ subject, diff }))).toBe(
    `recognised as ${id} by its subject and by what it changes${where}`,
  );
});

test.each([
  ['the test not turned', 'if (!to_svm', 'if (to_svm'],
  ['another value given back', 'return r;', 'return 1;'],
  ['the write left out', '+\tr = kvm_emulate_wrmsr(vcpu);', '+'],
  ['the read called twice', 'r = kvm_emulate_wrmsr', 'r = kvm_emulate_rdmsr'],
  ['the old test kept as well', '-\tif (to', ' \tif (to'],
])('with %s a copy of hook is not claimed', async (_, before, after) => {
  const diff = turnedHookDiff
    .replace(before, after)
    .replace('-68,9 +68,15', after.startsWith(' ') ? '-68,9 +68,16' : '-68,9 +68,15');
  expect(diff).not.toBe(turnedHookDiff);
  expect(await told(mail({ subject: hookSubject, diff }))).toMatch(
    /^not recognised: it bears the subject of hook but makes/,
  );
});

test('a change in another function beside that of v1 is not v1', async () => {
  const diff = v1Diff + tripleFaultDiff('is_guest_mode(vcpu)').slice(v1Diff.indexOf('@@'));
  expect(await told(mail({ subject: subjects.v1, diff }))).toMatch(/^not recognised/);
});

test('without lines around it a change cannot be compared, and that is said', async () => {
  const diff = v2.replace(/@@ -210,5 \+210,9 @@/, '@@ -212,0 +213,4 @@').replaceAll(/^ .*\n/gm, '');
  expect(await told(mail({ subject: shared, diff }))).toBe(
    'not recognised: it bears the subject of v2 and merged but shows too few lines around its change to compare it',
  );
});

test('a message id and a commit say more than a subject', async () => {
  expect(await told(mail({ id: idOf('v2'), diff: v2 }))).toBe(
    'recognised as v2 by its message id and by what it changes',
  );
  const commit = 'From cdc69269b18a0123456789012345678901234567 Mon Sep 17 00:00:00 2001\n';
  expect(await told(commit + mail({ diff: merged }))).toBe(
    'recognised as merged by its commit and by what it changes',
  );
});

test('a bare diff is recognised by what it changes', async () => {
  expect(await told(merged)).toBe('recognised as merged by what it changes; it has no subject');
});

test('a diff that an answer proposes is recognised by the message id of the answer', async () => {
  const set = await openPatches([
    fileOf('x.eml', mail({ subject: `Re: ${shared}`, id: idOf('merged'), body: `Like this:\n\n${merged}` })),
  ]);
  if (!set.ok) throw new Error(set.error);
  expect(recognise(set.value.replies[0]!).words).toBe(
    'recognised as merged by its message id and by what it changes',
  );
});

test.each([
  ['another condition', tripleFaultDiff('is_guest_mode(vcpu) && vcpu->foo')],
  ['the condition turned round', tripleFaultDiff('!is_guest_mode(vcpu)')],
  ['another request', v2.replace('TRIPLE_FAULT', 'EVENT')],
  ['a line more', v2.replace('+210,9', '+210,10').replace('+\n', '+\t\t\tsvm->made_up = 1;\n+\n')],
  ['a later place', lateFaultDiff],
  ['not below the condition', v2.replace('+\t\t\t\tkvm_make', '+\t\t\tkvm_make')],
  ['another function', v2.replace('int svm_set_efer(', 'int svm_set_other(')],
  ['another file beside it', v2 + avicDiff],
])('with %s a copy of v2 is not claimed', async (_, diff) => {
  expect(await told(mail({ subject: shared, diff }))).toBe(
    'not recognised: it bears the subject of v2 and merged but makes another change',
  );
  expect(await told(mail({ id: idOf('v2'), diff }))).toBe(
    'not recognised: it bears the message id of v2 but makes another change',
  );
  expect(await told(diff)).toMatch(/^not recognised/);
});

test('a copy of gif that clears GIF instead is not claimed', async () => {
  const diff = gifDiff.replace('+\t\tsvm_set_gif(svm, true)', '+\t\tsvm_set_gif(svm, false)');
  expect(await told(mail({ subject: subjects.gif, diff }))).toMatch(/^not recognised/);
});

test('the message id of one with the change of another is not claimed', async () => {
  expect(await told(mail({ subject: shared, id: idOf('v2'), diff: merged }))).toMatch(/^not recognised/);
});

test('the change of a known one under another subject is said, not claimed', async () => {
  expect(await told(mail({ diff: v2 }))).toBe(
    'not recognised: it changes what v2 does, under another subject',
  );
});
