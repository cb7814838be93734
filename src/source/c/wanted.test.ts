import { expect, test } from 'vitest';

import { isInTree, isWanted } from './wanted.ts';

test.each([
  ['linux/arch/x86/kvm/svm/svm.c', true],
  ['kvm/x86.c', true],
  ['mine/nested.c', true],
  ['svm/svm.h', true],
  ['linux/virt/kvm/kvm_main.c', true],
  ['linux/arch/x86/include/asm/kvm_host.h', true],
  ['linux/include/linux/mm.h', false],
  ['linux/arch/x86/kvm/Makefile', false],
  ['mine/other.c', false],
])('%s is wanted: %s', (path, wanted) => {
  expect(isWanted(path)).toBe(wanted);
});

test.each([
  ['linux/arch/x86/kvm/svm/svm.c', true],
  ['linux/arch/x86/kvm/vmx/vmx.c', false],
  ['linux/tools/arch/x86/kvm/svm.c', false],
])('%s is on the way: %s', (path, on) => {
  expect(isInTree(path)).toBe(on);
});
