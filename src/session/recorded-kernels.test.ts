import { expect, test } from 'vitest';
import { kernel } from '#kvm/kernels.ts';
import { nearestKernels, nearKernelWords, recordedKernels } from './recorded-kernels.ts';
import { recordings } from './recordings.testing.ts';

const recorded = recordedKernels(recordings.cases);

function nearest(id: string): readonly string[] {
  const built = kernel(id);
  if (!built.ok) throw new Error(built.error);
  return nearestKernels(built.value, recorded).map((near) => `${near.id}: ${nearKernelWords(near)}`);
}

test('the nearest recorded kernels are told by their patches', () => {
  expect(nearest('7.0')).toEqual(['6.12+gif: the same patches, on Linux 6.12.117']);
  expect(nearest('7.0+v2')).toEqual([
    '6.12+v2: without gif, on Linux 6.12.117',
    '6.12+gif: without v2, on Linux 6.12.117',
  ]);
  expect(nearest('7.1')).toEqual([
    '6.12+merged: without gif and recalc, on Linux 6.12.117',
    '6.12+gif: without merged and recalc, on Linux 6.12.117',
  ]);
  expect(nearest('6.12+hook')).toEqual(['6.12: without hook, on Linux 6.12.117']);
});
