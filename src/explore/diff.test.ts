import { describe, expect, test } from 'vitest';

import { kernelOf } from '#kvm/kernels.testing.ts';
import { run } from '#program/runner.ts';
import { standard } from './bounds.ts';
import { diff, type DiffGroup } from './diff.ts';
import { drain } from '#base/drain.ts';
import { Space } from './space.ts';
import { diffWords, whenWords } from './words.ts';

const between = (left: string, right: string) => {
  const kernels = [...new Set([left, right])].map(kernelOf);
  return drain(diff(new Space(kernels, standard), kernelOf(left), kernelOf(right)));
};

const causes = (left: string, right: string): readonly string[] =>
  between(left, right)
    .groups.filter(({ kinds }) => kinds.report > 0)
    .map(({ cause: { fn, test: node } }) => `${fn}: ${node}`);

describe('7.1 against 7.0', () => {
  const found = between('7.0', '7.1');

  test('says in words how much differs', () => {
    expect(diffWords(found)).toMatch(
      /^7\.1 differs from 7\.0 in [\d,]+ of [\d,]+ transitions; [\d,]+ of them change what comes of the operation, the others only what is behind it\.$/,
    );
    expect(found.differing).toBe(found.groups.reduce((sum, { count }) => sum + count, 0));
    expect(found.differing).toBeLessThan(found.transitions);
  });

  test('finds the triple fault of merged, and when it is raised', () => {
    const group = found.groups.find(
      ({ cause }) => cause.test === 'is_guest_mode(vcpu) && vcpu->wants_to_run',
    )!;
    expect(group.cause.fn).toBe('svm_set_efer');
    expect(whenWords(group)).toContain('in guest mode');
    expect(group.operations).toEqual(['WRMSR EFER SVME=0', 'KVM_RUN sync regs EFER SVME=0']);
    expect(group.witness.step).toBe(1);
    expect(group.cameTo[1]).toContain('KVM_EXIT_SHUTDOWN');
  });

  test('finds what recalc changes for the guest, and tells it from what no report shows', () => {
    const visible = found.groups.filter(({ kinds }) => kinds.report > 0).map(({ cause }) => cause.fn);
    expect(visible).toEqual(
      expect.arrayContaining([
        'processor: CLGI',
        'processor: STGI',
        'processor: VMLOAD',
        'processor: VMSAVE',
      ]),
    );
    const request = found.groups.find(({ cause }) => cause.test.includes('KVM_REQ_RECALC_INTERCEPTS'))!;
    expect(request.kinds).toMatchObject({ report: 0, path: 0 });
  });
});

/** What a report says of each step of a witness on a kernel; with the path, where only that differs. */
function saidOf(id: string, { witness, kinds }: DiffGroup): readonly string[] {
  const withPath = kinds.report === 0 && kinds.register === 0;
  return run(kernelOf(id), witness.program).steps.map(({ path, outcome, after }) =>
    JSON.stringify([outcome, after, withPath ? path : null]),
  );
}

describe('a witness', () => {
  test.each([
    ['7.0', '7.1'],
    ['7.0', '7.0+v1'],
    ['7.0+v1', '7.0+v2'],
    ['6.12', '6.12+gif'],
    ['6.12', '7.0'],
  ])('of %s and %s shows the difference at its step, and no earlier', { timeout: 30_000 }, (left, right) => {
    const { groups } = between(left, right);
    const shown = groups.filter(({ kinds }) => kinds.report > 0 || kinds.register === 0);
    const found = shown.map((group) => {
      const [one, other] = [saidOf(left, group), saidOf(right, group)];
      const last = one.length - 1;
      // The same functions are entered differently from the start on, where a base spells them otherwise.
      return group.kinds.report > 0
        ? one.findIndex((said, at) => said !== other[at])
        : one[last] === other[last]
          ? -1
          : group.witness.step;
    });
    expect(found).toEqual(shown.map(({ witness }) => witness.step));
    expect(groups.every(({ witness, cameTo }) => witness.step >= 0 && cameTo.every(Boolean))).toBe(true);
  });
});

test('v2 and merged differ only where userspace writes', () => {
  const found = between('7.0+v2', '7.0+merged');
  expect(found.groups).toHaveLength(1);
  expect(found.groups[0]!.operations.every((label) => label.startsWith('KVM_SET_'))).toBe(true);
});

test('hook and merged differ in sync regs alone', () => {
  const [group, ...others] = between('7.0+hook', '7.0+merged').groups;
  expect(others).toEqual([]);
  expect(group!.operations).toEqual(['KVM_RUN sync regs EFER SVME=0']);
});

test('gif changes GIF, and nothing else', () => {
  expect(causes('6.12', '6.12+gif')).toEqual([
    'svm_set_efer: svm_set_gif()',
    'svm_leave_nested: svm_set_gif()',
  ]);
});

test('a kernel does not differ from itself, nor one from its other name', () => {
  expect(between('7.1', '7.1')).toMatchObject({ differing: 0, groups: [] });
  expect(between('7.1', '7.0+merged+recalc')).toMatchObject({ differing: 0, groups: [] });
  expect(diffWords(between('7.1', '7.1'))).toMatch(/^7\.1 does in all [\d,]+ transitions what 7\.1 does\.$/);
});

test('the count is the same both ways', () => {
  const [one, other] = [between('7.0', '7.0+v1'), between('7.0+v1', '7.0')];
  expect([other.transitions, other.differing]).toEqual([one.transitions, one.differing]);
});
