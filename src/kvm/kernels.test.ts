import { describe, expect, test } from 'vitest';

import { present } from '#base/assert.ts';
import { allKernelIds, baseIds, kernel, kernelList, patches, recordedKernelIds } from './kernels.ts';
import { everyKernelId, kernelOf, outline } from './kernels.testing.ts';

/** What a bad id is answered with. */
function complaint(id: string): string {
  const built = kernel(id);
  return built.ok ? `${built.value.id} is fine` : built.error;
}

describe('a kernel id', () => {
  test.each([
    ['', 'unknown base "", one of 6.12 7.0 7.1'],
    ['6.11', 'unknown base "6.11", one of 6.12 7.0 7.1'],
    ['+v1', 'unknown base "", one of 6.12 7.0 7.1'],
    [' 7.0', 'unknown base " 7.0", one of 6.12 7.0 7.1'],
    ['toString', 'unknown base "toString", one of 6.12 7.0 7.1'],
    ['7.0+v3', 'unknown patch "v3", one of gif v1 v2 hook merged recalc'],
    ['7.0+', 'unknown patch "", one of gif v1 v2 hook merged recalc'],
    ['7.0+V1', 'unknown patch "V1", one of gif v1 v2 hook merged recalc'],
    ['7.0+gif', '7.0+gif: gif applies to 6.12, not to 7.0'],
    ['7.1+gif', '7.1+gif: gif applies to 6.12, not to 7.0'],
    ['7.0+v1+v2', '7.0+v1+v2: v1 and v2 exclude each other'],
    ['6.12+hook+merged', '6.12+hook+merged: hook and merged exclude each other'],
    ['6.12+v1+v1', '6.12+v1+v1: v1 and v1 exclude each other'],
    ['6.12+v1+gif', '6.12+v1+gif: gif comes before v1'],
    ['7.0+recalc+merged', '7.0+recalc+merged: merged comes before recalc'],
    ['7.1+v2', '7.1+v2: v2 comes before recalc'],
    ['7.1+recalc', '7.1+recalc: recalc and recalc exclude each other'],
  ])('%j is refused', (id, words) => {
    expect(complaint(id)).toBe(words);
  });

  test('of any base with one patch of each kind, in order, is fine', () => {
    expect(everyKernelId.filter((id) => complaint(id) !== `${id} is fine`)).toEqual([]);
  });

  test('names a kernel that is built once', () => {
    expect(kernelOf('6.12+gif+v2')).toBe(kernelOf('6.12+gif+v2'));
  });

  test('every patch applies to 6.12, and every one but gif to 7.0', () => {
    expect(patches.filter(({ bases }) => bases.includes('6.12')).map(({ id }) => id)).toEqual(
      patches.map(({ id }) => id),
    );
    expect(patches.filter(({ bases }) => !bases.includes('7.0')).map(({ id }) => id)).toEqual(['gif']);
  });
});

const idsOf = (text: string): readonly string[] | string => {
  const list = kernelList(text);
  return list.ok ? list.value.map(({ id }) => id) : list.error;
};

describe('a list of kernels', () => {
  test('all means five kernels, all of them known', () => {
    expect(idsOf('all')).toEqual(['7.0', '7.0+v1', '7.0+v2', '7.0+hook', '7.1']);
    expect(allKernelIds).toEqual(idsOf('all'));
    expect(idsOf(recordedKernelIds.join(','))).toEqual(recordedKernelIds);
    expect(idsOf(baseIds.join(','))).toEqual(baseIds);
  });

  test('keeps the order asked for, each once', () => {
    expect(idsOf('7.1,6.12,7.0,6.12')).toEqual(['7.1', '6.12', '7.0']);
    expect(idsOf('7.1,all')).toEqual(['7.1', '7.0', '7.0+v1', '7.0+v2', '7.0+hook']);
  });

  test.each(['7.0,', '7.0,nonsense', ',', 'all,6.12+'])('%j is refused as a whole', (text) => {
    expect(idsOf(text)).toMatch(/^unknown (base|patch)/);
  });
});

describe('7.1', () => {
  test('is 7.0+merged+recalc, function by function', () => {
    const [release, patched] = [kernelOf('7.1').functions, kernelOf('7.0+merged+recalc').functions];
    expect(Object.keys(release)).toEqual(Object.keys(patched));
    for (const [name, fn] of Object.entries(release)) expect(fn, `of ${name}`).toEqual(patched[name]);
  });

  test('differs from 7.0 where its two patches say so, and nowhere else', () => {
    const [before, after] = [kernelOf('7.0').functions, kernelOf('7.1').functions];
    const differing = Object.values(after).filter(
      (fn) => before[fn.name] === undefined || outline(before[fn.name]!).join() !== outline(fn).join(),
    );
    expect(differing.map(({ name }) => name).toSorted()).toEqual([
      'init_vmcb',
      'svm_recalc_instruction_intercepts',
      'svm_set_efer',
      'vcpu_enter_guest',
    ]);
  });

  test('bears its own name and version, on the functions of 7.0', () => {
    const { id, base } = kernelOf('7.1');
    expect([id, base.id, base.tree.version]).toEqual(['7.1', '7.1', 'v7.1']);
    expect(base.functions).toBe(kernelOf('7.0').base.functions);
  });
});

describe('a patch', () => {
  test('has its own id, and says who, when, what and how it ended', () => {
    expect(new Set(patches.map(({ id }) => id)).size).toBe(patches.length);
    for (const patch of patches) {
      expect(patch.date, `of ${patch.id}`).toMatch(/^202[56]-\d\d-\d\d$/);
      expect(patch.commit ?? patch.messageId ?? patch.mail, `of ${patch.id}`).toBeDefined();
      expect(patch.commit ?? '0123456789ab', `of ${patch.id}`).toMatch(/^[0-9a-f]{12}$/);
      for (const text of [patch.subject, patch.author, patch.status, patch.summary])
        expect(text.trim().length, `of ${patch.id}`).toBeGreaterThan(0);
    }
  });

  test.each([
    ['6.12+gif', ['svm_leave_nested', 'svm_set_efer']],
    ['6.12+v1', ['svm_set_efer', 'svm_set_efer_svme']],
    ['6.12+v2', ['svm_set_efer']],
    ['6.12+hook', ['msr_interception']],
    ['6.12+merged', ['svm_set_efer']],
  ])('%s touches %j and no other function', (id, expected) => {
    const { base, functions } = kernelOf(id);
    const touched = Object.values(functions).filter((fn) => base.functions[fn.name] !== fn);
    expect(touched.map(({ name }) => name).toSorted()).toEqual(expected);
    expect(present(base, id).functions['svm_set_efer_svme']).toBeUndefined();
  });
});
