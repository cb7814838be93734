import { expect, test } from 'vitest';

import { reduced } from '#explore/bounds.ts';
import { diff } from '#explore/diff.ts';
import { Space } from '#explore/space.ts';
import { drain } from '#base/drain.ts';
import { kernel, patches } from '#kvm/kernels.ts';
import { kernelsAround, lightOf } from './behaviour.ts';
import { readDiff } from './diff-read.ts';
import { gifDiff, tripleFaultDiff } from './mails.testing.ts';
import { tieHunk, type Tie } from './ties.ts';

function tiesOf(text: string): readonly (readonly Tie[])[] {
  const read = readDiff(text);
  if (!read.ok) throw new Error(read.error);
  return read.value.files.map((file) => tieHunk(file, file.hunks[0]!).ties);
}

test('the kernels without and with a patch are the newest that it applies to', () => {
  expect(Object.fromEntries(patches.map((patch) => [patch.id, kernelsAround(patch)]))).toEqual({
    gif: ['6.12', '6.12+gif'],
    v1: ['7.0', '7.0+v1'],
    v2: ['7.0', '7.0+v2'],
    hook: ['7.0', '7.0+hook'],
    merged: ['7.0', '7.0+merged'],
    recalc: ['7.0+merged', '7.1'],
  });
});

test('a behaviour lights up for the hunk at which the kernels part, not for another', () => {
  const pair = ['7.0', '7.0+v2'] as const;
  const kernels = pair.map((id) => {
    const built = kernel(id);
    if (!built.ok) throw new Error(built.error);
    return built.value;
  });
  const { groups } = drain(diff(new Space(kernels, reduced), kernels[0]!, kernels[1]!));
  const lit = (text: string) => tiesOf(text).map((ties) => groups.map((group) => lightOf(group, pair, ties)));
  expect(groups.length).toBeGreaterThan(0);
  expect(lit(tripleFaultDiff('is_guest_mode(vcpu)'))[0]).toContain('cause');
  expect(lit(gifDiff)[1]).not.toContain('cause');
});
