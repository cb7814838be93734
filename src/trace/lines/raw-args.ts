import type { EventArgs } from '../seen.ts';
import type { ArgsRead } from './line.ts';
import { reasonOfCode } from './reasons.ts';

/**
 * Fields of events as `trace-cmd report -R` prints them, and perf where it cannot follow a format: `guest_rip=0x1000`.
 * Numbers without 0x are decimal or hexadecimal as the event's own format has it.
 */
class Fields {
  private readonly values: ReadonlyMap<string, string>;

  constructor(text: string) {
    this.values = new Map(
      [...text.matchAll(/(?:^| )(\w{1,40})=(\S*)/g)].map(([, key, value]) => [key!, value!]),
    );
  }

  text(...keys: readonly string[]): string | undefined {
    for (const key of keys) if (this.values.has(key)) return this.values.get(key);
    return undefined;
  }

  /** Throws where the field is missing or is no number, for `rawArgs` to catch. */
  decimal(...keys: readonly string[]): number {
    const value = this.text(...keys) ?? '';
    if (!/^-?\d{1,20}$/.test(value)) return Number(this.hex(...keys));
    return Number(value);
  }

  /** None is below zero. */
  count(...keys: readonly string[]): number {
    const value = this.decimal(...keys);
    if (value < 0) throw new MissingField(keys[0]);
    return value;
  }

  hex(...keys: readonly string[]): bigint {
    const digits = /^(?:0x)?([0-9a-f]{1,16})$/.exec(this.text(...keys) ?? '')?.[1];
    if (digits === undefined) throw new MissingField(keys[0]);
    return BigInt(`0x${digits}`);
  }

  /** 32 bits in hexadecimal without 0x; older tools print them in decimal, and then they may be longer. */
  word(...keys: readonly string[]): number {
    const value = this.text(...keys) ?? '';
    return /^\d{9,10}$/.test(value) ? Number(value) : Number(this.hex(...keys));
  }
}

class MissingField extends Error {}

/** Reasons of `kvm_userspace_exit`, from 0. Source: `kvm_trace_exit_reason` in `include/trace/events/kvm.h`. */
const userspaceReasons = (
  'UNKNOWN EXCEPTION IO HYPERCALL DEBUG HLT MMIO IRQ_WINDOW_OPEN SHUTDOWN FAIL_ENTRY INTR SET_TPR TPR_ACCESS ' +
  'S390_SIEIC S390_RESET DCR NMI INTERNAL_ERROR OSI PAPR_HCALL S390_UCONTROL WATCHDOG S390_TSCH EPR SYSTEM_EVENT ' +
  'S390_STSI IOAPIC_EOI HYPERV ARM_NISV X86_RDMSR X86_WRMSR'
).split(' ');

function userspaceReason(fields: Fields): string {
  const errno = fields.decimal('errno');
  if (errno < 0) return errno === -4 ? 'restart' : 'error';
  const number = fields.decimal('reason');
  const name = userspaceReasons[number];
  return name === undefined ? `0x${number.toString(16)}` : `KVM_EXIT_${name}`;
}

/** Exits of the other vendor have numbers of their own. */
function reasonOf(fields: Fields, ...keys: readonly string[]): string {
  const code = fields.decimal(...keys);
  return fields.text('isa') === '1' ? `0x${code.toString(16)}` : reasonOfCode(code);
}

const exit = (fields: Fields): EventArgs => ({
  of: 'exit',
  reason: reasonOf(fields, 'exit_reason', 'exit_code'),
  rip: fields.hex('guest_rip', 'rip'),
  info1: fields.hex('info1', 'exit_info1'),
  info2: fields.hex('info2', 'exit_info2'),
  requests: fields.text('requests') === undefined ? undefined : fields.hex('requests'),
});

const vmenter = (fields: Fields): EventArgs => ({
  of: 'vmenter',
  rip: fields.hex('rip'),
  vmcb12: fields.hex('vmcb'),
  nestedRip: fields.hex('nested_rip'),
  npt: fields.decimal('tdp_enabled', 'npt') !== 0,
});

const byName: ReadonlyMap<string, (fields: Fields) => EventArgs> = new Map<
  string,
  (fields: Fields) => EventArgs
>([
  [
    'kvm_entry',
    (fields) => ({
      of: 'entry',
      rip: fields.hex('rip'),
      immediateExit: fields.text('immediate_exit') !== undefined && fields.decimal('immediate_exit') !== 0,
    }),
  ],
  ['kvm_exit', exit],
  ['kvm_nested_vmexit', exit],
  ['kvm_nested_vmenter', vmenter],
  ['kvm_nested_vmrun', vmenter],
  [
    'kvm_nested_intercepts',
    (fields) => ({
      of: 'intercepts',
      words: ['cr_read', 'cr_write', 'exceptions', 'intercept1', 'intercept2', 'intercept3'].map((key) =>
        Number(fields.hex(key)),
      ),
    }),
  ],
  [
    'kvm_nested_vmexit_inject',
    (fields) => ({
      of: 'inject',
      reason: reasonOf(fields, 'exit_code', 'exit_reason'),
      info1: fields.hex('exit_info1', 'info1'),
      info2: fields.hex('exit_info2', 'info2'),
    }),
  ],
  [
    'kvm_msr',
    (fields) => ({
      of: 'msr',
      write: fields.decimal('write') !== 0,
      msr: fields.word('ecx'),
      value: fields.hex('data'),
      gp: fields.decimal('exception') !== 0,
    }),
  ],
  [
    'kvm_inj_exception',
    (fields) => ({
      of: 'exception',
      vector: fields.decimal('exception'),
      reinjected: fields.text('reinjected') !== undefined && fields.decimal('reinjected') !== 0,
    }),
  ],
  ['kvm_userspace_exit', (fields) => ({ of: 'userspace', reason: userspaceReason(fields) })],
  ['kvm_smm_transition', (fields) => ({ of: 'smm', entering: fields.decimal('entering') !== 0 })],
]);

/** Whether an event's text is a list of its fields. */
export const isRaw = (text: string): boolean => /^ ?\w{1,40}=/.test(text);

/** What the fields of an event say; undefined where one is missing, or the event is not read here. */
export function rawArgs(name: string, text: string): ArgsRead | undefined {
  const read = byName.get(name);
  if (!read) return undefined;
  try {
    const fields = new Fields(text);
    return {
      args: read(fields),
      vcpu: fields.text('vcpu_id') === undefined ? undefined : fields.count('vcpu_id'),
    };
  } catch (error) {
    if (error instanceof MissingField) return undefined;
    throw error;
  }
}
