import { eferMask } from '#isa/efer.ts';
import type { Finding } from '../questions.ts';
import type { SeenEvent } from '../seen.ts';
import { msrNumbers } from './event-words.ts';

/** What is known of a vCPU on the way to L2's code running as L1. */
interface Trail {
  readonly exit: SeenEvent;
  readonly index: number;
  /** L2 cleared SVME without L1 seeing it; then where the guest was entered. */
  cleared: boolean;
  entry: bigint | undefined;
  /** The next exit, of which a kvm_nested_vmexit would say that L2 is still there. */
  next: { readonly event: SeenEvent; readonly index: number } | undefined;
}

const svme = BigInt(eferMask('SVME'));
const hex = (value: bigint): string => `0x${value.toString(16)}`;

/** Events that end the story: L1 or userspace has the vCPU by rights. */
const ends: ReadonlySet<string> = new Set([
  'kvm_nested_vmexit_inject',
  'kvm_nested_vmenter',
  'kvm_userspace_exit',
  'kvm_smm_transition',
]);

/**
 * Finds L2's code, or what is left of it, running as L1: L2 clears EFER.SVME, L1 does not intercept it, and the guest
 * goes on outside of guest mode without a #VMEXIT to L1. It reads events alone, without any model of a kernel.
 * `kvm_nested_vmexit` fires on every exit while L2 is active, so one exit without it shows the end of guest mode.
 */
export class Fingerprint {
  private readonly trails = new Map<number, Trail>();
  /** Behind L1's last VMRUN. */
  private readonly l1Rips = new Map<number, bigint>();
  private readonly found: (finding: Finding) => void;

  constructor(found: (finding: Finding) => void) {
    this.found = found;
  }

  /** Something is missing: no story reaches over it. */
  lost(): void {
    this.trails.clear();
  }

  push(event: SeenEvent, index: number): void {
    const { vcpu, args, name } = event;
    if (vcpu === undefined) return;
    const trail = this.trails.get(vcpu);
    if (trail?.next && name !== 'kvm_nested_vmexit') this.show(vcpu, trail);
    if (trail?.next || ends.has(name)) this.trails.delete(vcpu);
    if (args.of === 'vmenter') this.l1Rips.set(vcpu, args.rip);
    else if (args.of === 'exit') this.exited(event, index, vcpu, trail);
    else if (args.of === 'msr' && trail && !trail.cleared && trail.entry === undefined)
      trail.cleared = args.write && !args.gp && args.msr === msrNumbers.EFER && (args.value & svme) === 0n;
    else if (args.of === 'entry' && trail) this.entered(vcpu, trail, args.rip);
  }

  private entered(vcpu: number, trail: Trail, rip: bigint): void {
    if (trail.cleared) trail.entry = rip;
    else this.trails.delete(vcpu);
  }

  private exited(event: SeenEvent, index: number, vcpu: number, trail: Trail | undefined): void {
    if (event.name === 'kvm_nested_vmexit') {
      const isWrite = event.args.of === 'exit' && event.args.reason === 'msr' && event.args.info1 === 1n;
      if (isWrite)
        this.trails.set(vcpu, { exit: event, index, cleared: false, entry: undefined, next: undefined });
      return;
    }
    if (trail?.cleared && trail.entry !== undefined && !trail.next) trail.next = { event, index };
    else this.trails.delete(vcpu);
    if (trail?.next) this.trails.set(vcpu, trail);
  }

  private show(vcpu: number, { exit, index, entry, next }: Trail): void {
    if (exit.args.of !== 'exit' || entry === undefined || !next) return;
    const l1 = this.l1Rips.get(vcpu);
    const how =
      entry === l1
        ? `L1 goes on behind its VMRUN at ${hex(entry)} with what L2 left in the registers, without a #VMEXIT`
        : `its code goes on at ${hex(entry)} as L1's, without a #VMEXIT`;
    this.found({
      kind: 'l2-runs-as-l1',
      vcpu,
      from: index,
      to: next.index,
      lines: [exit.line, next.event.line],
      words: `L2 clears EFER.SVME at ${hex(exit.args.rip)} (line ${exit.line}), L1 does not intercept it, and ${how}: the exit in line ${next.event.line} is no nested one.`,
    });
  }
}
