import { expect, test } from 'vitest';

import { l0Intercepts, l0InterceptsOfL2 } from './l0-intercepts.ts';

const host = { npt: true, vgif: true, vls: true, vmwareBackdoor: false };

test('EFER writes always come to L0, INIT never', () => {
  const names = l0Intercepts({ npt: false, vgif: false, vls: false, vmwareBackdoor: true });
  expect(names.has('MSR_PROT')).toBe(true);
  expect(names.has('INIT')).toBe(false);
});

test.each([
  ['npt', 'CR3_WRITE'],
  ['npt', 'EXC_PF'],
  ['vgif', 'STGI'],
  ['vls', 'VMLOAD'],
] as const)('%s leaves %s to the processor', (option, name) => {
  expect(l0Intercepts({ ...host, [option]: true }).has(name)).toBe(false);
  expect(l0Intercepts({ ...host, [option]: false }).has(name)).toBe(true);
});

test('#GP is intercepted for the VMware backdoor', () => {
  expect(l0Intercepts(host).has('EXC_GP')).toBe(false);
  expect(l0Intercepts({ ...host, vmwareBackdoor: true }).has('EXC_GP')).toBe(true);
});

test('VMLOAD and VMSAVE of L2 exit also where L1 has them virtualised', () => {
  expect(l0InterceptsOfL2(host).has('VMLOAD')).toBe(true);
  expect(l0InterceptsOfL2(host).has('STGI')).toBe(false);
});
