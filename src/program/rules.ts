import { assertNever } from '#base/assert.ts';
import { streams } from '#machine/code-pointer.ts';
import { pathText, quote, type ProgramProblem } from './problem.ts';
import type { CodeOp, EferChange, Program, UserspaceOp, Vmcb12Op } from './types.ts';

/** What one part of a program demands of another. */

type Problems = Generator<ProgramProblem, void>;
type Path = readonly (string | number)[];
type Wrmsr = Extract<CodeOp, { readonly do: 'WRMSR' }>;
type SetNestedState = Extract<UserspaceOp, { readonly do: 'KVM_SET_NESTED_STATE' }>;
type SetVcpuEvents = Extract<UserspaceOp, { readonly do: 'KVM_SET_VCPU_EVENTS' }>;

const problem = (path: Path, message: string): ProgramProblem => ({ path: pathText(path), message });

/** Every rule that the program breaks. */
export function* brokenRules(program: Program): Problems {
  yield* repeatedNames(program.guest.efer, ['guest', 'efer']);
  yield* repeatedNames(program.vmcb12.intercepts, ['vmcb12', 'intercepts']);
  yield* repeatedNames(program.vmcb12.efer, ['vmcb12', 'efer']);
  for (const stream of streams)
    for (const [index, op] of program.code[stream].entries())
      yield* brokenByCode(op, ['code', stream, index], program.code.l2.length);
  yield* brokenByUserspace(program.userspace);
}

function* repeatedNames(names: readonly string[] = [], path: Path): Problems {
  for (const [index, name] of names.entries())
    if (names.indexOf(name) < index)
      yield problem([...path, index], `${quote(name)} a second time, each name once`);
}

function* brokenByCode(op: CodeOp, path: Path, l2Length: number): Problems {
  if (op.do === 'WRMSR') yield* brokenByWrmsr(op, path);
  if (op.do === 'VMCB12') yield* brokenByVmcb12(op, path, l2Length);
  if (op.do === 'SMRAM') yield* brokenByChange(op.efer, [...path, 'efer']);
}

function* brokenByWrmsr(op: Wrmsr, path: Path): Problems {
  const change = (['set', 'clear'] as const).find((key) => op[key] !== undefined);
  if (op.msr !== 'EFER') {
    if (change !== undefined) yield problem([...path, change], `only with EFER, ${op.msr} takes value`);
    if (op.value === undefined) yield problem([...path, 'value'], 'missing, hexadecimal such as 0x1000');
  } else if (change === undefined && op.value === undefined) {
    yield problem(path, 'WRMSR without a value, needs set and/or clear, or value');
  } else if (change !== undefined && op.value !== undefined) {
    yield problem([...path, 'value'], `beside ${change}, needs set and/or clear, or value`);
  }
  yield* brokenByChange(op, path);
}

function* brokenByChange({ set = [], clear }: EferChange, path: Path): Problems {
  yield* repeatedNames(set, [...path, 'set']);
  yield* repeatedNames(clear, [...path, 'clear']);
  for (const [index, name] of (clear ?? []).entries())
    if (set.includes(name))
      yield problem([...path, 'clear', index], `${quote(name)} is in set too, allowed in one of them`);
}

function* brokenByVmcb12({ efer, rip }: Vmcb12Op, path: Path, l2Length: number): Problems {
  yield* repeatedNames(efer, [...path, 'efer']);
  if (typeof rip === 'number' && rip > l2Length)
    yield problem([...path, 'rip'], `${rip} is past the end of l2, "next" or from 0 to ${l2Length}`);
}

function* brokenByUserspace(userspace: readonly UserspaceOp[]): Problems {
  const firstGet = userspace.findIndex((op) => op.do === 'KVM_GET_NESTED_STATE');
  for (const [index, op] of userspace.entries()) {
    const got = firstGet !== -1 && firstGet < index;
    yield* brokenByIoctl(op, ['userspace', index], got);
  }
}

function* brokenByIoctl(op: UserspaceOp, path: Path, got: boolean): Problems {
  switch (op.do) {
    case 'KVM_RUN':
      return yield* brokenByChange(op.syncSregs?.efer ?? {}, [...path, 'syncSregs', 'efer']);
    case 'KVM_SET_SREGS':
    case 'KVM_SET_MSRS':
      return yield* brokenByChange(op.efer, [...path, 'efer']);
    case 'KVM_SET_NESTED_STATE':
      return yield* brokenByNestedState(op, path, got);
    case 'KVM_SET_VCPU_EVENTS':
      return yield* brokenByEvents(op, path);
    case 'KVM_GET_NESTED_STATE':
    case 'KVM_SMI':
    case 'CLOSE':
      return;
    default:
      assertNever(op);
  }
}

function* brokenByNestedState({ flags, restore }: SetNestedState, path: Path, got: boolean): Problems {
  if (flags === undefined && restore !== true)
    yield problem(path, 'KVM_SET_NESTED_STATE without a state, needs flags, or restore: true');
  if (flags !== undefined && restore === true)
    yield problem([...path, 'restore'], 'beside flags, needs flags, or restore: true');
  if (restore === true && !got)
    yield problem([...path, 'restore'], 'needs a KVM_GET_NESTED_STATE earlier in the list');
  yield* repeatedNames(flags, [...path, 'flags']);
}

function* brokenByEvents({ latchedInit, tripleFault, smm }: SetVcpuEvents, path: Path): Problems {
  if ((latchedInit ?? tripleFault ?? smm) === undefined)
    yield problem(path, 'KVM_SET_VCPU_EVENTS without an event, needs one of latchedInit tripleFault smm');
}
