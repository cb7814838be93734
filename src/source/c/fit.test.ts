import { expect, test } from 'vitest';

import { drain } from '#base/drain.ts';
import { kernelOf } from '#kvm/kernels.testing.ts';
import { fitKernels, fitWords } from './fit.ts';
import { readFile } from './functions.ts';
import { filesOf, sourceOf } from './model.testing.ts';
import { OpenedSource } from './opened.ts';

test.each(['6.12', '6.12+merged', '6.12+gif', '7.0', '7.0+v1', '7.0+v2', '7.0+merged', '7.1'])(
  'the source of %s looks like it, and like no other',
  (id) => {
    const fits = drain(fitKernels(sourceOf(kernelOf(id))));
    expect(fits.filter(({ places }) => places === fits[0]?.places).map(({ kernel }) => kernel)).toEqual([id]);
    expect(fits[0]?.places).toBe(0);
    expect(fitWords(fits, id)).toBe(`This looks like ${id}.`);
  },
);

test('files in which kernels are the same do not tell them apart, and that is said', () => {
  const regs = [...filesOf(kernelOf('7.0'))].filter(([name]) => name.endsWith('smm.c'));
  const fits = drain(fitKernels(new OpenedSource(regs.map(([name, text]) => readFile(name, text)))));
  expect(new Set(fits.map(({ places }) => places))).toEqual(new Set([0]));
  expect(fitWords(fits, '7.0')).toMatch(/^This looks like 6\.12, .*: these files do not tell them apart\.$/);
});

test('how the kernel that is shown differs is said', () => {
  const fits = drain(fitKernels(sourceOf(kernelOf('7.0+merged'))));
  expect(fitWords(fits, '7.0')).toMatch(
    /^This looks like 7\.0\+merged\. 7\.0 differs in \d more places?, in svm_set_efer\(\)\.$/,
  );
});
