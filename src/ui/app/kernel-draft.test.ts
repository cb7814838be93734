import { expect, test } from 'vitest';

import { kernel, patches } from '#kvm/kernels.ts';
import { kernelLimit } from '#session/session.ts';
import { presets, whyNotPatch, withBase, withPatch } from './kernel-draft.ts';

const patch = (id: string) => patches.find((one) => one.id === id)!;

test('patches stand in their order, and one answer takes the place of another', () => {
  const drafted = ['recalc', 'v1', 'v2'].reduce((draft, id) => withPatch(draft, patch(id)), '7.0');
  expect(drafted).toBe('7.0+v2+recalc');
  expect(withPatch(drafted, patch('v2'))).toBe('7.0+recalc');
});

test('a base drops the patches that do not apply to it', () => {
  expect(withBase('6.12+gif+v1', '7.0')).toBe('7.0+v1');
  expect(whyNotPatch('7.0', patch('gif'))).toMatch(/applies to 6\.12/);
});

test('every set fits and can be built', () => {
  for (const { ids } of presets) {
    expect(ids.length).toBeLessThanOrEqual(kernelLimit);
    expect(ids.map((id) => kernel(id).ok)).not.toContain(false);
  }
});
