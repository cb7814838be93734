import { describe, expect, test } from 'vitest';

import { completionAt, listingNames, readOps, type ListingName } from './notation.ts';

/** What the list offers where the bar stands. */
function offered(list: ListingName, line: string): readonly string[] {
  const found = completionAt(list, line.replace('|', ''), line.indexOf('|'));
  return found?.offers.map(({ text }) => text) ?? [];
}

describe('the list offers', () => {
  test.each<readonly [ListingName, string, readonly string[]]>([
    ['l1', 'VMC|', ['VMCB12']],
    ['l2', 'VMC|', []],
    ['l1', 'vmr|', ['VMRUN']],
    ['l1', 'WRMSR |', ['EFER', 'VM_HSAVE_PA', 'VM_CR']],
    ['l1', 'WRMSR EFER sv|', ['SVME=0', 'SVME=1']],
    ['l1', 'WRMSR EFER SVME=0 sv|', []],
    ['l1', 'WRMSR VM_CR |', []],
    ['l1', 'WRMSR EFER 0x1 |', []],
    ['l1', 'VMCB12 +msr|', ['+MSR_PROT']],
    ['l1', 'VMCB12 -MSR|', ['-MSR_PROT']],
    ['l1', 'VMCB12 efer=LME,L|', ['efer=LME,LMA', 'efer=LME,LMSLE']],
    ['l1', 'VMCB12 np|', ['np=1', 'np=0', '+EXC_NP']],
    ['l2', 'CPL |', ['0', '3']],
    ['userspace', 'KVM_RUN |', ['immediate', 'sync', 'on']],
    ['userspace', 'KVM_RUN on KVM_EXIT_I|', ['KVM_EXIT_IO', 'KVM_EXIT_INTR', 'KVM_EXIT_INTERNAL_ERROR']],
    ['userspace', 'KVM_RUN sync immediate SVM|', ['SVME=0', 'SVME=1']],
    ['userspace', 'KVM_SET_NESTED_STATE r|', ['RUN_PENDING', 'restore']],
    ['userspace', 'KVM_SET_NESTED_STATE GIF_SET g|', ['GUEST_MODE']],
    ['l1', 'WRMSR EFER s|', ['SVME=0', 'SVME=1', 'SCE=0', 'SCE=1']],
  ])('in %s at %s', (list, line, expected) => {
    const texts = offered(list, line);
    expect(texts).toEqual(expected);
  });

  test.each([['VMRUN|'], ['VM|RUN'], ['# VMR|'], ['VMRUN |'], ['xyz |'], ['xyz|']])(
    'nothing at %s',
    (line) => {
      expect(offered('l1', line)).toEqual([]);
    },
  );

  test('every operation at the start of a line', () => {
    expect(offered('smm', '|')).toContain('SMRAM');
    expect(offered('l1', '|')).not.toContain('SMRAM');
  });

  test('and says whether more must follow', () => {
    const unfinished = completionAt('l1', 'WRMSR EFE', 9)?.offers.map((offer) => offer.unfinished);
    expect(unfinished).toEqual([true]);
    expect(completionAt('l1', 'RDMSR EFE', 9)?.offers[0]?.unfinished).toBe(false);
  });

  test('only what can be read, in every program', () => {
    const ends = [...listingNames].flatMap((list) =>
      offered(list, '|').flatMap((name) => offered(list, `${name} |`).map((word) => ({ list, name, word }))),
    );
    const broken = ends.filter(({ list, name, word }) =>
      readOps(list, `${name} ${word}`).problems.some(({ message }) => /unknown/.test(message)),
    );
    expect(broken).toEqual([]);
  });
});
