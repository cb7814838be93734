import type { Plain } from './pack.ts';

/**
 * What a packed value need not spell out: words, operations and settings that runs are made of. Links of version 2 name
 * them by their place in these lists, so the lists NEVER CHANGE, whatever becomes of the model: a new word is spelt
 * out in the links that use it, which costs a few characters. Better lists are a new version of links, beside these.
 * The first 122 entries take one byte, the others two.
 */

const keys = (text: string): readonly string[] => text.split(' ');

/** Keys of objects that come together. */
export const knownShapes: readonly (readonly string[])[] = [
  keys('program scenario kernels history at micro ways names talk stop look'),
  keys('focus tab density'),
  keys('title host guest vmcb12 code userspace'),
  keys('title host guest vmcb12 userspace code'),
  keys('npt vgif vls nrips vmwareBackdoor gpErratum allocNestedFails irqchip eferWriteFilter'),
  keys('cpuidSvm efer gif hsave'),
  keys('intercepts msrpm nestedPaging'),
  keys('intercepts msrpm efer nestedPaging'),
  keys('EFER'),
  keys('read write'),
  keys('l1 l2 smm'),
  keys('do'),
  keys('do msr clear'),
  keys('do msr set'),
  keys('do msr value'),
  keys('do msr'),
  keys('do efer'),
  keys('do flags'),
  keys('do intercepts'),
  keys('do intercepts msrpm'),
  keys('do rip'),
  keys('do efer rip'),
  keys('do asid'),
  keys('do on'),
  keys('do syncSregs'),
  keys('set'),
  keys('clear'),
  keys('efer'),
  keys('host'),
  keys('guest'),
  keys('vmcb12'),
  keys('intercepts'),
  keys('nrips'),
  keys('kind id'),
  keys('kind talk'),
  keys('title stops'),
  keys('at text'),
  keys('at title text'),
];

const bits = ['LME', 'LMA', 'NX'] as const;
const svme = ['SVME'] as const;

const operations: readonly Plain[] = [
  { do: 'KVM_RUN' },
  { do: 'VMRUN' },
  { do: 'VMMCALL' },
  { do: 'EXIT' },
  { do: 'END' },
  { do: 'WRMSR', msr: 'EFER', clear: svme },
  { do: 'WRMSR', msr: 'EFER', set: svme },
  { do: 'RDMSR', msr: 'EFER' },
  { do: 'VMLOAD' },
  { do: 'VMSAVE' },
  { do: 'STGI' },
  { do: 'CLGI' },
  { do: 'SKINIT' },
  { do: 'INVLPGA' },
  { do: 'CPUID' },
  { do: 'HLT' },
  { do: 'RSM' },
  { do: 'CPL', cpl: 3 },
  { do: 'CPL', cpl: 0 },
  { do: 'TRIPLE_FAULT' },
  { do: 'TRIPLE_FAULT', via: 'hardware' },
  { do: 'KVM_RUN', immediateExit: true },
  { do: 'KVM_RUN', syncSregs: { efer: { clear: svme } } },
  { do: 'KVM_SET_SREGS', efer: { clear: svme } },
  { do: 'KVM_SET_SREGS', efer: { set: svme } },
  { do: 'KVM_SET_MSRS', efer: { clear: svme } },
  { do: 'KVM_SET_MSRS', efer: { set: svme } },
  { do: 'KVM_GET_NESTED_STATE' },
  { do: 'KVM_SET_NESTED_STATE', flags: [] },
  { do: 'KVM_SET_NESTED_STATE', flags: ['GIF_SET'] },
  { do: 'KVM_SET_NESTED_STATE', flags: ['GUEST_MODE', 'GIF_SET'] },
  { do: 'KVM_SET_NESTED_STATE', restore: true },
  { do: 'KVM_SMI' },
  { do: 'KVM_SET_VCPU_EVENTS', latchedInit: true },
  { do: 'KVM_SET_VCPU_EVENTS', tripleFault: true },
  { do: 'KVM_SET_VCPU_EVENTS', tripleFault: false },
  { do: 'KVM_SET_VCPU_EVENTS', smm: true },
  { do: 'KVM_SET_VCPU_EVENTS', smm: false },
  { do: 'CLOSE' },
  { do: 'VMCB12', rip: 'next' },
];

const settings: readonly Plain[] = [
  {
    npt: true,
    vgif: true,
    vls: true,
    nrips: true,
    vmwareBackdoor: false,
    gpErratum: false,
    allocNestedFails: false,
    irqchip: false,
    eferWriteFilter: false,
  },
  { cpuidSvm: true, efer: bits, gif: true, hsave: true },
  { cpuidSvm: true, efer: [...bits, 'SVME'], gif: true, hsave: true },
  { intercepts: ['VMRUN', 'VMMCALL'], msrpm: { EFER: { read: false, write: false } }, nestedPaging: true },
  { EFER: { read: false, write: false } },
  [{ do: 'RSM' }],
  [{ do: 'KVM_RUN' }],
  [],
  {},
  svme,
  [...bits, 'SVME'],
  ['7.0', '7.1'],
  ['7.0', '7.0+v1', '7.0+v2', '7.1'],
];

const oftenWords = keys(
  'SVME SCE NX LME LMA TCE WRMSR VMCB12 KVM_RUN EFER 7.0 7.1 7.0+v1 7.0+v2 decisions program MSR_PROT SHUTDOWN',
);

const otherWords = keys(
  `
  all functions differences chart lanes code state 7.0+hook 6.12 6.12+v1 6.12+v2 6.12+merged 6.12+gif
  LMSLE FFXSR AUTOIBRS VM_HSAVE_PA VM_CR RDMSR SMRAM VMRUN VMMCALL 0x0 0x1000 0x1d01 0xd01
  GUEST_MODE RUN_PENDING GIF_SET KVM_SET_SREGS KVM_SET_MSRS KVM_GET_NESTED_STATE KVM_SET_NESTED_STATE KVM_SMI
  KVM_SET_VCPU_EVENTS CLOSE TRIPLE_FAULT exceptions hardware next tour own function test invariant
  title host guest vmcb12 userspace npt vgif vls nrips vmwareBackdoor gpErratum allocNestedFails irqchip
  eferWriteFilter cpuidSvm efer gif hsave intercepts msrpm nestedPaging read write l1 l2 smm do msr set clear value
  via cpl asid rip on immediateExit syncSregs flags restore latchedInit tripleFault
  kind id talk stops at text scenario kernels show source author date messageId about fn
  panels blank predict covered presenting focus tab density
  KVM_EXIT_UNKNOWN KVM_EXIT_IO KVM_EXIT_HLT KVM_EXIT_SHUTDOWN KVM_EXIT_FAIL_ENTRY KVM_EXIT_INTR
  KVM_EXIT_INTERNAL_ERROR KVM_EXIT_X86_RDMSR KVM_EXIT_X86_WRMSR
  l2-clears-svme l2-clears-svme-intercepted l2-clears-svme-bitmap-clear l2-clears-svme-no-nrips
  l2-clears-then-sets l1-sets-and-clears gif-and-svme vmrun-svme-clear allocation-fails userspace-sregs
  userspace-sync-regs userspace-filtered-write shutdown-intercept
  CR0_READ CR3_READ CR4_READ CR8_READ CR0_WRITE CR3_WRITE CR4_WRITE CR8_WRITE DR0_READ DR1_READ
  DR2_READ DR3_READ DR4_READ DR5_READ DR6_READ DR7_READ DR0_WRITE DR1_WRITE DR2_WRITE DR3_WRITE
  DR4_WRITE DR5_WRITE DR6_WRITE DR7_WRITE EXC_DE EXC_DB EXC_BP EXC_OF EXC_BR EXC_UD EXC_NM EXC_DF
  EXC_TS EXC_NP EXC_SS EXC_GP EXC_PF EXC_MF EXC_AC EXC_MC EXC_XF INTR NMI SMI INIT VINTR SELECTIVE_CR0
  STORE_IDTR STORE_GDTR STORE_LDTR STORE_TR LOAD_IDTR LOAD_GDTR LOAD_LDTR LOAD_TR RDTSC RDPMC PUSHF
  POPF CPUID RSM IRET INTn INVD PAUSE HLT INVLPG INVLPGA IOIO_PROT MSR_PROT TASK_SWITCH FERR_FREEZE
  SHUTDOWN VMRUN VMMCALL VMLOAD VMSAVE STGI CLGI SKINIT RDTSCP ICEBP WBINVD MONITOR MWAIT MWAIT_COND
  XSETBV RDPRU TRAP_EFER_WRITE TRAP_CR0_WRITE TRAP_CR1_WRITE TRAP_CR2_WRITE TRAP_CR3_WRITE
  TRAP_CR4_WRITE TRAP_CR5_WRITE TRAP_CR6_WRITE TRAP_CR7_WRITE TRAP_CR8_WRITE INVLPGB INVLPGB_ILLEGAL
  INVPCID MCOMMIT TLBSYNC
`
    .trim()
    .replaceAll(/\s+/g, ' '),
);

/** Values that come often; each once. */
export const knownValues: readonly Plain[] = [
  ...operations,
  ...settings,
  ...Array.from({ length: 12 }, (_, number) => number),
  ...new Set([...oftenWords, ...otherWords]),
];
