import { defaults, type CodeOp, type Program } from '#program/types.ts';
import { startSession, type Session } from '#session/session.ts';
import { stepForward } from '#session/steps.ts';

/** A ready-made program with what it shows. */
export interface Scenario {
  readonly id: string;
  readonly title: string;
  /** One sentence that the visitor should believe afterwards. */
  readonly claim: string;
  readonly program: Program;
  /** `notes[n]` is what to see once n operations were made. Code stands between backquotes. */
  readonly notes: readonly string[];
  /** Kernels that show it best. */
  readonly kernels: readonly string[];
  /** Operations already made when it opens. */
  readonly startAt: number;
}

/** L1 with SVME set, as every scenario with an L2 starts. */
const svmGuest: Program['guest'] = { ...defaults.guest, efer: ['LME', 'LMA', 'NX', 'SVME'] };

/** L2's EFER write that the discussion is about. */
export const clearSvme: CodeOp = { do: 'WRMSR', msr: 'EFER', clear: ['SVME'] };
export const setSvme: CodeOp = { do: 'WRMSR', msr: 'EFER', set: ['SVME'] };

/** A program of which only what differs from the defaults is given. */
export function programOf(
  title: string,
  code: { readonly l1: readonly CodeOp[]; readonly l2?: readonly CodeOp[] },
  parts: Partial<Omit<Program, 'title' | 'code'>> = {},
): Program {
  return {
    title,
    host: defaults.host,
    guest: svmGuest,
    vmcb12: defaults.vmcb12,
    userspace: defaults.userspace,
    ...parts,
    code: { l1: code.l1, l2: code.l2 ?? [], smm: defaults.smm },
  };
}

/** A session that stands where the scenario opens. */
export function openScenario(scenario: Scenario): Session {
  let session = startSession(scenario.program, scenario.kernels, scenario.id);
  for (let made = 0; made < scenario.startAt; made += 1) session = stepForward(session);
  return session;
}
