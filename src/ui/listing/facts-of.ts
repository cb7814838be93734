import { eferNames } from '#isa/efer.ts';
import { exitTraceName } from '#isa/exit-codes.ts';
import { pointerIndex, pointerStream } from '#machine/code-pointer.ts';
import { readFact, region, type RegionName, type VcpuSnapshot } from '#machine/facts.ts';
import type { View } from '#session/derive.ts';
import { exitCodeAge } from '#session/exit-code.ts';
import type { Session } from '#session/session.ts';

/** A figure to show: its value now and before the operation at the cursor. */
export interface Fact {
  readonly name: string;
  readonly value: string;
  readonly before: string;
  /** A word on the value, where it alone would mislead. */
  readonly remark?: string;
}

export interface FactGroup {
  readonly title: string;
  readonly facts: readonly Fact[];
}

const pointer = (value: number): string =>
  value === 0 ? 'none' : `${pointerStream(value)}[${pointerIndex(value)}]`;

const stateName = (snapshot: VcpuSnapshot, name: RegionName): string =>
  region(name).states[readFact(snapshot, name)] ?? '';

const requests = {
  tripleFault: 'TRIPLE_FAULT',
  getNestedStatePages: 'GET_NESTED_STATE_PAGES',
  event: 'EVENT',
  recalcIntercepts: 'RECALC_INTERCEPTS',
} as const satisfies Partial<Record<RegionName, string>>;

function requestsOf(snapshot: VcpuSnapshot): string {
  const pending = Object.entries(requests).filter(
    ([name]) => stateName(snapshot, name as keyof typeof requests) === 'pending',
  );
  return pending.map(([, title]) => title).join(' ') || 'none';
}

function exitCodeOf({ context }: VcpuSnapshot): string {
  const code = context.exitCode12 | 0;
  return code === -1 ? '-1 invalid' : `0x${context.exitCode12.toString(16)} ${exitTraceName(code)}`;
}

const efer12 = ({ context }: VcpuSnapshot): string =>
  context.efer12Given === 0 ? 'as L1 has it' : eferNames(context.efer12 | 0).join(' ') || '0';

const bit = (value: number): string => String(value);

/** The figures of a kernel's vCPU at the cursor. */
export function factsOf(session: Session, view: View): readonly FactGroup[] {
  const { snapshot, before } = view;
  const fact = (name: string, read: (snapshot: VcpuSnapshot) => string): Fact => ({
    name,
    value: read(snapshot),
    before: read(before),
  });
  const { age, written } = exitCodeAge(session, view.kernel);
  const code = fact('exit_code', exitCodeOf);
  return [
    {
      title: 'vCPU',
      facts: [
        fact('guest mode', (at) => (stateName(at, 'guestMode') === 'l2' ? '1, L2' : '0, L1')),
        fact('vmcb', (at) => stateName(at, 'vmcb')),
        fact('nested', (at) => (stateName(at, 'nested') === 'allocated' ? 'initialized' : 'none')),
        fact('GIF', (at) => (stateName(at, 'gif') === 'set' ? '1' : '0')),
        fact('SMM', (at) => (stateName(at, 'smm') === 'inside' ? '1' : '0')),
        fact('rip', (at) => pointer(at.context.rip)),
        fact('requests', requestsOf),
      ],
    },
    {
      title: 'vmcb12 in memory',
      facts: [
        fact('efer', efer12),
        fact('rip', (at) => pointer(at.context.rip12)),
        {
          ...code,
          // Before the first exit the field holds nothing worth a number.
          ...(!written && { value: 'none', before: 'none' }),
          ...(age === 'stale' && { remark: 'stale:' }),
        },
        fact('np', (at) => bit(at.context.np12)),
        fact('asid', (at) => bit(at.context.asid12)),
      ],
    },
    {
      title: 'KVM',
      facts: [
        fact('vmcb01 rip', (at) => pointer(at.context.rip01)),
        fact('vmcb01 next_rip', (at) => pointer(at.context.nextRip01)),
        fact('wants_to_run', (at) => bit(at.context.wantsToRun)),
      ],
    },
  ];
}
