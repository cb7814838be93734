import { exitCode } from './exit-codes.ts';

/** What the processor checks before an instruction does its work. */
export interface InstructionRule {
  /** The #VMEXIT code where the instruction is intercepted. */
  readonly exit: number;
  /** CPL other than 0 is #GP, and that comes before the intercept. */
  readonly privileged: boolean;
  /** The exit stores the next instruction's address in nRIP where the processor has NRIPS. */
  readonly savesNextRip: boolean;
  readonly title: string;
}

/**
 * Instructions that matter to nested SVM.
 * Source: AMD APM, Volume 2, "Instruction Intercepts"; Volume 3, the instructions' own pages. The order of #GP
 * before the SVM-instruction intercept is that of the recordings (WRMSR at CPL 3 exits as `GP excp`).
 */
export const instructions = {
  WRMSR: { exit: exitCode.MSR, privileged: true, savesNextRip: true, title: 'Write model-specific register' },
  RDMSR: { exit: exitCode.MSR, privileged: true, savesNextRip: true, title: 'Read model-specific register' },
  VMRUN: { exit: exitCode.VMRUN, privileged: true, savesNextRip: true, title: 'Run virtual machine' },
  VMMCALL: { exit: exitCode.VMMCALL, privileged: false, savesNextRip: true, title: 'Call the VMM' },
  VMLOAD: { exit: exitCode.VMLOAD, privileged: true, savesNextRip: true, title: 'Load state from VMCB' },
  VMSAVE: { exit: exitCode.VMSAVE, privileged: true, savesNextRip: true, title: 'Save state to VMCB' },
  STGI: { exit: exitCode.STGI, privileged: true, savesNextRip: true, title: 'Set global interrupt flag' },
  CLGI: { exit: exitCode.CLGI, privileged: true, savesNextRip: true, title: 'Clear global interrupt flag' },
  SKINIT: { exit: exitCode.SKINIT, privileged: false, savesNextRip: true, title: 'Secure init and jump' },
  INVLPGA: {
    exit: exitCode.INVLPGA,
    privileged: true,
    savesNextRip: true,
    title: 'Invalidate TLB entry of an ASID',
  },
  CPUID: { exit: exitCode.CPUID, privileged: false, savesNextRip: true, title: 'Processor identification' },
  HLT: { exit: exitCode.HLT, privileged: true, savesNextRip: true, title: 'Halt' },
  EXIT: {
    exit: exitCode.IOIO,
    privileged: false,
    savesNextRip: true,
    title: 'Port write that userspace handles',
  },
} as const satisfies Record<string, InstructionRule>;

export type InstructionName = keyof typeof instructions;

export const instructionNames = Object.keys(instructions) as readonly InstructionName[];
