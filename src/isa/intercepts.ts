/**
 * Intercepts of the VMCB control area. For every word the bit number equals the #VMEXIT code.
 * Source: AMD APM, Volume 2, "VMCB Layout"; arch/x86/include/asm/svm.h of Linux 6.12.
 */
export const interceptBits = {
  CR0_READ: 0,
  CR3_READ: 3,
  CR4_READ: 4,
  CR8_READ: 8,
  CR0_WRITE: 16,
  CR3_WRITE: 19,
  CR4_WRITE: 20,
  CR8_WRITE: 24,
  DR0_READ: 32,
  DR1_READ: 33,
  DR2_READ: 34,
  DR3_READ: 35,
  DR4_READ: 36,
  DR5_READ: 37,
  DR6_READ: 38,
  DR7_READ: 39,
  DR0_WRITE: 48,
  DR1_WRITE: 49,
  DR2_WRITE: 50,
  DR3_WRITE: 51,
  DR4_WRITE: 52,
  DR5_WRITE: 53,
  DR6_WRITE: 54,
  DR7_WRITE: 55,
  EXC_DE: 64,
  EXC_DB: 65,
  EXC_BP: 67,
  EXC_OF: 68,
  EXC_BR: 69,
  EXC_UD: 70,
  EXC_NM: 71,
  EXC_DF: 72,
  EXC_TS: 74,
  EXC_NP: 75,
  EXC_SS: 76,
  EXC_GP: 77,
  EXC_PF: 78,
  EXC_MF: 80,
  EXC_AC: 81,
  EXC_MC: 82,
  EXC_XF: 83,
  INTR: 96,
  NMI: 97,
  SMI: 98,
  INIT: 99,
  VINTR: 100,
  SELECTIVE_CR0: 101,
  STORE_IDTR: 102,
  STORE_GDTR: 103,
  STORE_LDTR: 104,
  STORE_TR: 105,
  LOAD_IDTR: 106,
  LOAD_GDTR: 107,
  LOAD_LDTR: 108,
  LOAD_TR: 109,
  RDTSC: 110,
  RDPMC: 111,
  PUSHF: 112,
  POPF: 113,
  CPUID: 114,
  RSM: 115,
  IRET: 116,
  INTn: 117,
  INVD: 118,
  PAUSE: 119,
  HLT: 120,
  INVLPG: 121,
  INVLPGA: 122,
  IOIO_PROT: 123,
  MSR_PROT: 124,
  TASK_SWITCH: 125,
  FERR_FREEZE: 126,
  SHUTDOWN: 127,
  VMRUN: 128,
  VMMCALL: 129,
  VMLOAD: 130,
  VMSAVE: 131,
  STGI: 132,
  CLGI: 133,
  SKINIT: 134,
  RDTSCP: 135,
  ICEBP: 136,
  WBINVD: 137,
  MONITOR: 138,
  MWAIT: 139,
  MWAIT_COND: 140,
  XSETBV: 141,
  RDPRU: 142,
  TRAP_EFER_WRITE: 143,
  TRAP_CR0_WRITE: 144,
  TRAP_CR1_WRITE: 145,
  TRAP_CR2_WRITE: 146,
  TRAP_CR3_WRITE: 147,
  TRAP_CR4_WRITE: 148,
  TRAP_CR5_WRITE: 149,
  TRAP_CR6_WRITE: 150,
  TRAP_CR7_WRITE: 151,
  TRAP_CR8_WRITE: 152,
  INVLPGB: 160,
  INVLPGB_ILLEGAL: 161,
  INVPCID: 162,
  MCOMMIT: 163,
  TLBSYNC: 164,
} as const;

export type InterceptName = keyof typeof interceptBits;

export const interceptNames = Object.keys(interceptBits) as readonly InterceptName[];

/** The VMCB's six 32-bit intercept words, as a person would look for them. */
export const interceptWords = [
  { title: 'Control registers', offset: 0x00 },
  { title: 'Debug registers', offset: 0x04 },
  { title: 'Exceptions', offset: 0x08 },
  { title: 'Instructions and events', offset: 0x0c },
  { title: 'SVM instructions and traps', offset: 0x10 },
  { title: 'Later additions', offset: 0x14 },
] as const;

/** Which of the six words an intercept stands in. */
export function interceptWord(name: InterceptName): number {
  return interceptBits[name] >>> 5;
}

/** The intercept's bit within its word, as an unsigned mask. */
export function interceptMask(name: InterceptName): number {
  return (1 << (interceptBits[name] & 31)) >>> 0;
}

/** The six words with exactly the named intercepts set. */
export function packIntercepts(names: readonly InterceptName[]): readonly number[] {
  const words = interceptWords.map(() => 0);
  for (const name of names) {
    const word = interceptWord(name);
    words[word] = (words[word]! | interceptMask(name)) >>> 0;
  }
  return words;
}

/** The names of the intercepts that are set in six words. */
export function unpackIntercepts(words: readonly number[]): readonly InterceptName[] {
  return interceptNames.filter((name) => ((words[interceptWord(name)] ?? 0) & interceptMask(name)) !== 0);
}
