import { defaults, type Program } from '#program/types.ts';
import { startSession, type Session } from './session.ts';
import { stepForward } from './steps.ts';

/** L2 clears EFER.SVME, L1 does not intercept it. */
export const clearsSvme: Program = {
  title: 'L2 clears EFER.SVME',
  host: defaults.host,
  guest: { ...defaults.guest, efer: ['LME', 'LMA', 'NX', 'SVME'] },
  vmcb12: defaults.vmcb12,
  code: {
    l1: [{ do: 'VMRUN' }, { do: 'END' }],
    l2: [{ do: 'WRMSR', msr: 'EFER', clear: ['SVME'] }, { do: 'VMMCALL' }],
    smm: defaults.smm,
  },
  userspace: [{ do: 'KVM_RUN' }],
};

/** A session that has gone so many operations on. */
export function visited(
  steps: number,
  program = clearsSvme,
  kernels: readonly string[] = ['7.0', '7.1'],
): Session {
  let session = startSession(program, kernels);
  for (let made = 0; made < steps; made += 1) session = stepForward(session);
  return session;
}
