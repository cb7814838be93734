/**
 * The bits of EFER, MSR 0xc0000080.
 * Source: AMD APM, Volume 2, "Extended Feature Enable Register (EFER)"; asm/msr-index.h of Linux 6.12.
 */
export const eferBits = {
  SCE: { bit: 0, title: 'System call extensions' },
  LME: { bit: 8, title: 'Long mode enable' },
  LMA: { bit: 10, title: 'Long mode active; software cannot write it' },
  NX: { bit: 11, title: 'No-execute enable' },
  SVME: { bit: 12, title: 'Secure virtual machine enable' },
  LMSLE: { bit: 13, title: 'Long mode segment limit enable' },
  FFXSR: { bit: 14, title: 'Fast FXSAVE/FXRSTOR' },
  TCE: { bit: 15, title: 'Translation cache extension' },
  AUTOIBRS: { bit: 21, title: 'Automatic IBRS' },
} as const satisfies Record<string, { readonly bit: number; readonly title: string }>;

export type EferBit = keyof typeof eferBits;

export const eferBitNames = Object.keys(eferBits) as readonly EferBit[];

/** The number with just this bit set. */
export function eferMask(name: EferBit): number {
  return 1 << eferBits[name].bit;
}

/** The number that the named bits make together. */
export function eferValue(names: readonly EferBit[]): number {
  return names.reduce((value, name) => value | eferMask(name), 0);
}

/** The names of the bits that are set, lowest first. */
export function eferNames(value: number): readonly EferBit[] {
  return eferBitNames.filter((name) => (value & eferMask(name)) !== 0);
}
