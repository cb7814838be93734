import { exitTraceName, exitCode, exitTraceNames } from '#isa/exit-codes.ts';
import { instructionNames, instructions } from '#isa/instructions.ts';
import { standard } from '#explore/bounds.ts';
import { exitHandlers } from '#kvm/functions/exit.ts';
import { ioctlEntries } from '#program/conformance/from-trace.ts';
import type { MsrName, Op, UserspaceOp, CodeOp } from '#program/types.ts';
import { isUserspaceOp } from '#session/possible.ts';
import type { SeenEvent } from '../seen.ts';
import type { Episode } from './episode.ts';
import { msrNamed } from './event-words.ts';

/** Something that an episode may have been. */
export type Candidate =
  /**
   * `first`: userspace did this before, and events of it were recorded. `moved`: it has set RIP meanwhile, so that
   * nothing is left to skip of the port access before.
   */
  | {
      readonly kind: 'operation';
      readonly op: Op;
      readonly first?: readonly UserspaceOp[];
      readonly moved?: true;
    }
  /** An exit for which the model has a handler and no instruction: the guest's own exceptions. */
  | { readonly kind: 'exit'; readonly code: number }
  /**
   * An exit of which the model knows no more than that it is one; then `inject`, a #VMEXIT to L1, or an SMI that the
   * guest sent to itself.
   */
  | {
      readonly kind: 'own';
      readonly inject: number | undefined;
      readonly smi: boolean;
      readonly toUserspace: boolean;
    }
  /** KVM_RUN returned before it entered the guest. */
  | { readonly kind: 'back' };

const codes: ReadonlyMap<string, number> = new Map(
  Object.keys(exitTraceNames).map((code) => [exitTraceNames[Number(code)]!, Number(code)]),
);

/** The code of an exit by the name that its tracepoint prints. */
function exitCodeOf(reason: string): number | undefined {
  return codes.get(reason) ?? (/^0x[0-9a-f]{1,8}$/.test(reason) ? Number(reason) : undefined);
}

/** Instructions by the reason of the exit that they make; MSR accesses and port accesses have arguments of their own. */
const byReason: ReadonlyMap<string, readonly CodeOp[]> = new Map<string, readonly CodeOp[]>([
  ...instructionNames.flatMap((name): readonly [string, readonly CodeOp[]][] =>
    name === 'WRMSR' || name === 'RDMSR' || name === 'EXIT'
      ? []
      : [[exitTraceName(instructions[name].exit), [{ do: name }]]],
  ),
  [exitTraceName(exitCode.RSM), [{ do: 'RSM' }]],
  [exitTraceName(exitCode.SHUTDOWN), [{ do: 'TRIPLE_FAULT', via: 'hardware' }]],
  [exitTraceName(exitCode.EXCP_BASE + 6), [{ do: 'TRIPLE_FAULT' }]],
  // #GP for CPL 3 comes before the intercept; of which instruction counts for those that KVM emulates then.
  [
    exitTraceName(exitCode.EXCP_BASE + 13),
    [{ do: 'VMRUN' }, { do: 'VMLOAD' }, { do: 'VMSAVE' }, { do: 'WRMSR', msr: 'EFER' }],
  ],
]);

const msrEvent = (events: readonly SeenEvent[]) =>
  events.map(({ args }) => args).find((args) => args.of === 'msr');

function msrAccess({ exit, events }: Episode): readonly CodeOp[] {
  const access = msrEvent(events);
  const write = access?.write ?? exit?.info1 === 1n;
  const msr: MsrName | undefined = access ? msrNamed(access.msr) : 'EFER';
  if (!msr) return [];
  if (!write) return [{ do: 'RDMSR', msr }];
  return [access ? { do: 'WRMSR', msr, value: `0x${access.value.toString(16)}` } : { do: 'WRMSR', msr }];
}

/** EXITINFO1 of a port access: the instruction has a string operand. Source: AMD APM, Volume 2, "I/O intercept". */
const stringAccess = 4n;

function portAccess({ exit, end }: Episode): readonly CodeOp[] {
  const plain = exit && (exit.info1 & stringAccess) === 0n;
  return plain && end !== 'entry' ? [{ do: 'EXIT' }] : [];
}

function operationsOf(episode: Episode): readonly CodeOp[] {
  const reason = episode.exit?.reason ?? '';
  if (reason === exitTraceName(exitCode.MSR)) return msrAccess(episode);
  if (reason === exitTraceName(exitCode.IOIO)) return portAccess(episode);
  return byReason.get(reason) ?? [];
}

/** Handlers of the model that do all their work whatever the instruction was. */
const handled: ReadonlySet<string> = new Set(
  [6, 13].map((vector) => exitTraceName(exitCode.EXCP_BASE + vector)),
);

function ownExits(episode: Episode): readonly Candidate[] {
  const injected = episode.events.map(({ args }) => args).findLast((args) => args.of === 'inject');
  const toUserspace = episode.end === 'userspace';
  const inject = injected && exitCodeOf(injected.reason);
  if (injected && inject === undefined) return [];
  const smi = episode.events.some(({ args }) => args.of === 'smm' && args.entering);
  const ways: Candidate[] = [{ kind: 'own', inject, smi, toUserspace: false }];
  return toUserspace ? [{ kind: 'own', inject, smi, toUserspace: true }, ...ways] : ways;
}

const asCandidate = (op: Op): Candidate => ({ kind: 'operation', op });

/** What the model speaks of: such an exit is never taken for one of the host's. */
function isSpokenOf(episode: Episode, operations: readonly CodeOp[]): boolean {
  const code = exitCodeOf(episode.exit?.reason ?? '');
  return operations.length > 0 && code !== undefined && exitHandlers[code] !== undefined;
}

const shutdown = 'KVM_EXIT_SHUTDOWN';

function returnedWith({ events }: Episode): string | undefined {
  const args = events.at(-1)?.args;
  return args?.of === 'userspace' ? args.reason : undefined;
}

/** `kvm_smm_transition` fires in KVM_SET_VCPU_EVENTS too: each that stands first may be of one. */
function runAfterSmm({ events }: Episode): readonly Candidate[] {
  const first: UserspaceOp[] = [];
  const ways: Candidate[] = [];
  for (const { args } of events) {
    if (args.of !== 'smm') break;
    first.push({ do: 'KVM_SET_VCPU_EVENTS', smm: args.entering });
    ways.push({ kind: 'operation', op: { do: 'KVM_RUN' }, first: [...first] });
  }
  return ways;
}

function runs(episode: Episode): readonly Candidate[] {
  return [...runsAlone(episode), ...runAfterSmm(episode)];
}

function runsAlone(episode: Episode): readonly Candidate[] {
  const run = asCandidate({ do: 'KVM_RUN' });
  // Only functions show whether an instruction is skipped.
  const moved: readonly Candidate[] = episode.path
    ? [{ kind: 'operation', op: { do: 'KVM_RUN' }, moved: true }]
    : [];
  if (episode.end !== 'userspace' || returnedWith(episode) === shutdown) return [run, ...moved];
  if (returnedWith(episode) === 'restart') return [run, asCandidate({ do: 'KVM_RUN', immediateExit: true })];
  return [run, ...moved, { kind: 'back' }];
}

/** Operations of userspace that the explorer tries, each once: what it can have done unseen. */
export const unseenOperations: readonly UserspaceOp[] = [
  ...new Map(
    standard.parts
      .flatMap(({ operations }) => operations)
      .filter(isUserspaceOp)
      .filter((op) => op.do !== 'CLOSE' && !(op.do === 'KVM_RUN' && !op.syncSregs))
      .map((op) => [JSON.stringify(op), op]),
  ).values(),
];

const flagSets = [0, 1, 2, 3, 4, 5, 6, 7].map((bits) =>
  (['GUEST_MODE', 'RUN_PENDING', 'GIF_SET'] as const).filter((_, index) => bits & (1 << index)),
);

/** What an ioctl that was seen can have been asked to do. */
const seenOperations: readonly UserspaceOp[] = [
  ...unseenOperations,
  { do: 'KVM_SET_SREGS', efer: {} },
  { do: 'KVM_SET_MSRS', efer: {} },
  { do: 'KVM_SET_MSRS', efer: { set: ['SVME'] } },
  ...flagSets.map((flags): UserspaceOp => ({ do: 'KVM_SET_NESTED_STATE', flags })),
  { do: 'KVM_SET_VCPU_EVENTS' },
];

/** All that an episode may have been, the likeliest first. */
export function candidatesOf(episode: Episode): readonly Candidate[] {
  if (episode.kind === 'run') return runs(episode);
  if (episode.kind === 'ioctl')
    return seenOperations.filter((op) => ioctlEntries[op.do] === episode.entered).map(asCandidate);
  const operations = operationsOf(episode);
  const reason = episode.exit?.reason ?? '';
  const exits: readonly Candidate[] = handled.has(reason)
    ? [{ kind: 'exit', code: exitCodeOf(reason)! }]
    : [];
  // An exception that is not injected was an instruction that KVM emulates.
  const isEmulated = exits.length > 0 && !episode.events.some(({ args }) => args.of === 'exception');
  const own = isSpokenOf(episode, operations) && !isEmulated ? [] : ownExits(episode);
  return [...operations.map(asCandidate), ...exits, ...own];
}
