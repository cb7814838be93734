import { exitTraceName, exitTraceNames } from '#isa/exit-codes.ts';

/**
 * Names of exits that are not the kernel's own. trace-cmd's plugin for KVM has a table of its own, after the constants
 * of the kernel's header: EXIT_MSR for `msr`. Source: plugin_kvm.c of libtraceevent.
 */
const ofTraceCmd: Readonly<Record<string, string>> = {
  EXCP_BASE: 'DE excp',
  INTR: 'interrupt',
  IDTR_READ: 'read_idtr',
  GDTR_READ: 'read_gdtr',
  LDTR_READ: 'read_ldtr',
  TR_READ: 'read_rt',
  IDTR_WRITE: 'write_idtr',
  GDTR_WRITE: 'write_gdtr',
  LDTR_WRITE: 'write_ldtr',
  TR_WRITE: 'write_rt',
  IOIO: 'io',
  VMMCALL: 'hypercall',
  MWAIT_COND: '0x8c',
  ERR: 'invalid_guest_state',
};

const names: ReadonlySet<string> = new Set(Object.values(exitTraceNames));

/** A reason as the kernel prints it, from how a tool printed it. What no table knows stays as it is. */
export function exitReason(printed: string): string {
  const unknown = /^UNKNOWN \((\d{1,10})\)$/.exec(printed)?.[1];
  if (unknown !== undefined) return reasonOfCode(Number(unknown));
  if (!printed.startsWith('EXIT_')) return printed;
  const own = printed.slice('EXIT_'.length);
  const kernels = ofTraceCmd[own] ?? own.toLowerCase();
  return names.has(kernels) || kernels.startsWith('0x') ? kernels : printed;
}

/** A reason as the kernel prints it, from the number in the event. */
export const reasonOfCode = (code: number): string => exitTraceName(code >= 0xffffffff ? -1 : code);

/** Names that trace-cmd prints for the exits that the kernel has names for. */
export const traceCmdReasons: readonly string[] = [
  ...Object.keys(ofTraceCmd),
  ...[...names].filter((name) => /^\w+$/.test(name)).map((name) => name.toUpperCase()),
].map((name) => `EXIT_${name}`);
