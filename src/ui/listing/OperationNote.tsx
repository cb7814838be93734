import { instructions, type InstructionName } from '#isa/instructions.ts';
import { exitTraceName } from '#isa/exit-codes.ts';
import { labelOf } from '#session/possible.ts';
import type { Op } from '#program/types.ts';

interface Props {
  readonly op: Op;
}

const isInstruction = (name: string): name is InstructionName => name in instructions;

const calls: Readonly<Record<string, string>> = {
  VMCB12: 'L1 edits vmcb12 in its own memory; no exit.',
  SMRAM: 'The SMM handler edits the saved state that RSM will load.',
  CPL: 'Changes the privilege level.',
  RSM: 'Leaves SMM; outside SMM it raises #UD.',
  TRIPLE_FAULT: 'Faults until the processor, or KVM for it, gives up: shutdown.',
  END: 'The run stops here.',
  KVM_RUN: 'Userspace lets the vCPU run; an immediate one returns before the guest is entered.',
  KVM_SET_SREGS: 'Userspace writes the special registers, EFER among them.',
  KVM_SET_MSRS: 'Userspace writes an MSR: a host-initiated write, with fewer checks than the guest\u2019s.',
  KVM_GET_NESTED_STATE: 'Userspace reads the nested state, to save it.',
  KVM_SET_NESTED_STATE: 'Userspace loads a nested state, or leaves guest mode.',
  KVM_SMI: 'Userspace queues an SMI.',
  KVM_SET_VCPU_EVENTS: 'Userspace writes pending events.',
  CLOSE: 'The vCPU is freed.',
};

const hex = (value: number): string => `0x${value.toString(16)}`;

/** Say what an operation of the listing does. */
export function OperationNote({ op }: Props) {
  const rule = isInstruction(op.do) ? instructions[op.do] : undefined;
  return (
    <p className="border-t border-line px-2 py-1 text-xs text-ink-2">
      <code className="font-mono text-ink">{labelOf(op)}</code>{' '}
      {rule
        ? `${rule.title}. Where intercepted it exits with code ${hex(rule.exit)} (${exitTraceName(rule.exit)})${rule.privileged ? '; at CPL 3 it is #GP' : ''}.`
        : calls[op.do]}
    </p>
  );
}
