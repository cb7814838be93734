import { interceptNames, type InterceptName } from '#isa/intercepts.ts';

/** The options of the host that decide about intercepts of L0. */
export interface L0Options {
  readonly npt: boolean;
  readonly vgif: boolean;
  readonly vls: boolean;
  readonly vmwareBackdoor: boolean;
}

const always: readonly InterceptName[] = [
  'CR0_READ',
  'CR3_READ',
  'CR4_READ',
  'CR0_WRITE',
  'CR3_WRITE',
  'CR4_WRITE',
  'CR8_WRITE',
  ...interceptNames.filter((name) => /^DR\d_/.test(name)),
  'EXC_DB',
  'EXC_UD',
  'EXC_PF',
  'EXC_AC',
  'EXC_MC',
  'INTR',
  'NMI',
  'SMI',
  'SELECTIVE_CR0',
  'RDPMC',
  'CPUID',
  'RSM',
  'INVD',
  'PAUSE',
  'HLT',
  'INVLPG',
  'INVLPGA',
  'IOIO_PROT',
  'MSR_PROT',
  'TASK_SWITCH',
  'SHUTDOWN',
  'VMRUN',
  'VMMCALL',
  'VMLOAD',
  'VMSAVE',
  'STGI',
  'CLGI',
  'SKINIT',
  'WBINVD',
  'MONITOR',
  'MWAIT',
  'XSETBV',
  'RDPRU',
];

const withNpt: readonly InterceptName[] = ['CR3_READ', 'CR3_WRITE', 'INVLPG', 'EXC_PF'];
const withVgif: readonly InterceptName[] = ['STGI', 'CLGI'];
const withVls: readonly InterceptName[] = ['VMLOAD', 'VMSAVE'];

/**
 * What KVM intercepts for itself in vmcb01 while the guest has EFER.SVME set.
 * Source: init_vmcb() of svm.c, Linux 6.12.117, with no instruction left to the guest by KVM_CAP_X86_DISABLE_EXITS.
 */
export function l0Intercepts({ npt, vgif, vls, vmwareBackdoor }: L0Options): ReadonlySet<InterceptName> {
  const cleared = new Set([...(npt ? withNpt : []), ...(vgif ? withVgif : []), ...(vls ? withVls : [])]);
  const names = vmwareBackdoor ? [...always, 'EXC_GP' as const] : always;
  return new Set(names.filter((name) => !cleared.has(name)));
}

/**
 * What exits while L2 runs, whatever L1 wants: vmcb02 starts from vmcb01, and without virtual VMLOAD and VMSAVE for L2
 * these two are always in it.
 * Source: recalc_intercepts() of nested.c, Linux 6.12.117.
 */
export function l0InterceptsOfL2(options: L0Options): ReadonlySet<InterceptName> {
  return new Set([...l0Intercepts(options), ...withVls]);
}
