import type { RegisterName } from './registers.ts';

/**
 * What KVM or the processor can do to a vCPU: the events of the chart. Everything bigger is a sequence of these.
 */
export const effectTypes = [
  'VMENTRY',
  'VMEXIT',
  'IOCTL',
  'EXIT_TO_USERSPACE',
  'SHUT_DOWN',
  'HALT',
  'ENTER_GUEST_MODE',
  'LEAVE_GUEST_MODE',
  'SWITCH_TO_VMCB01',
  'SWITCH_TO_VMCB02',
  'SET_SVME',
  'CLEAR_SVME',
  'ALLOCATE_NESTED',
  'FREE_NESTED',
  'SET_GIF',
  'CLEAR_GIF',
  'ENTER_SMM',
  'LEAVE_SMM',
  'RESET',
  'REQUEST_TRIPLE_FAULT',
  'CLEAR_TRIPLE_FAULT',
  'REQUEST_NESTED_STATE_PAGES',
  'CLEAR_NESTED_STATE_PAGES',
  'SERVE_NESTED_STATE_PAGES',
  'REQUEST_EVENT',
  'CLEAR_EVENT',
  'REQUEST_SMI',
  'CLEAR_SMI',
  'REQUEST_RECALC_INTERCEPTS',
  'CLEAR_RECALC_INTERCEPTS',
] as const;

export type EffectType = (typeof effectTypes)[number];

/** A state change of a region, or a register taking a value. */
export type VcpuEvent =
  | { readonly type: EffectType }
  | { readonly type: 'WRITE'; readonly register: RegisterName; readonly value: number };
